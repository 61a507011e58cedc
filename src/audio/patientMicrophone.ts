import type { Log } from '../engineContext.js';
import { isAborted } from '../errors.js';
import type { AudioSource } from './contract.js';
import { Microphone, type MicrophoneOptions } from './microphone.js';

/**
 * A live microphone that need not be there yet. Each `frames` looks for it until it was found once, and throws `TandemError`
 * `microphone-missing` or `microphone-lost` where it is not there; it may be called again and again.
 */
export class PatientMicrophone implements AudioSource {
  readonly label = 'microphone';
  readonly #options: MicrophoneOptions;
  readonly #log: Log | undefined;
  /** Kept once it was found: another program would take another microphone, without a word, while this one is unplugged. */
  #microphone: Microphone | undefined;
  /** Of the first look; thrown by the first `frames`. */
  #failure: unknown;

  private constructor(options: MicrophoneOptions, log: Log | undefined) {
    this.#options = options;
    this.#log = log;
  }

  static async load(options: MicrophoneOptions, log?: Log): Promise<PatientMicrophone> {
    const microphone = new PatientMicrophone(options, log);
    try {
      microphone.#microphone = await Microphone.load(options, log);
    } catch (error) {
      microphone.#failure = error;
    }
    return microphone;
  }

  async *frames(signal: AbortSignal): AsyncGenerator<Int16Array, void, undefined> {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
    try {
      this.#microphone ??= await Microphone.load(this.#options, this.#log, signal);
    } catch (error) {
      if (isAborted(error)) return;
      throw error;
    }
    yield* this.#microphone.frames(signal);
  }

  async close(): Promise<void> {
    await this.#microphone?.close();
  }
}
