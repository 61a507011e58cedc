import type { PcmChunk } from '../audio/contract.js';
import type { EngineContext } from '../engineContext.js';
import { TandemError } from '../errors.js';
import type { Language } from '../speech-to-text/contract.js';
import { unlessStopped } from '../waiting.js';
import type { PcmSpeechOutput, SpeakOptions } from './contract.js';
import type { EngineOptions } from './options.js';
import { inClauses } from './sherpa/clauses.js';
import { voiceFiles } from './sherpa/voiceFiles.js';
import { VoiceProcess } from './sherpa/voiceProcess.js';

/**
 * Piper and Kokoro voices by sherpa-onnx, in a process of its own: sherpa-onnx ends the process it runs in where a voice is not what it
 * expects. The sound comes clause by clause. A clause can't be interrupted while it is made: after a stop it is made to its end and
 * thrown away, and what comes next waits for it.
 */
export class Sherpa implements PcmSpeechOutput {
  readonly kind = 'pcm';
  readonly label: string;
  readonly capabilities: { readonly languages: readonly Language[] };
  readonly #start: () => Promise<VoiceProcess>;
  readonly #closing = new AbortController();
  #voice: VoiceProcess;
  #starting: Promise<VoiceProcess> | undefined;

  private constructor(options: EngineOptions<'sherpa'>, voice: VoiceProcess, start: () => Promise<VoiceProcess>) {
    this.label = `sherpa-onnx ${options.model}`;
    this.capabilities = { languages: options.languages };
    this.#voice = voice;
    this.#start = start;
  }

  /** Throws `model-missing`, `voice-incomplete`, `voice-unusable` or `speaker-unknown`. */
  static async load(options: EngineOptions<'sherpa'>, context: EngineContext): Promise<Sherpa> {
    const files = await voiceFiles(await context.modelFile(options.model));
    const start = () => VoiceProcess.start({ files, threads: options.threads, speaker: options.speaker, speed: options.speed });
    const voice = await start();
    if (options.speaker >= voice.speakers) {
      await voice.close();
      throw new TandemError({
        code: 'speaker-unknown',
        stage: 'speech-output',
        message: `The voice ${options.model} has ${voice.speakers === 1 ? 'one speaker' : `${voice.speakers} speakers`}, but the profile asks for number ${options.speaker}.`,
        remedy: `Set speechOutput.speaker to a number from 0 to ${voice.speakers - 1}.`,
        recoverable: false,
      });
    }
    return new Sherpa(options, voice, start);
  }

  async *synthesize(sentence: string, { signal }: SpeakOptions): AsyncGenerator<PcmChunk, void, undefined> {
    for (const clause of inClauses(sentence)) {
      if (signal.aborted || this.#closing.signal.aborted) return;
      const voice = await this.#living();
      const samples = await unlessStopped(unlessStopped(voice.speak(clause), this.#closing.signal), signal);
      if (samples === undefined) return;
      if (samples.length > 0) yield { sampleRate: voice.sampleRate, samples };
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#starting?.catch(() => {});
    await this.#voice.close();
  }

  /** The process of the voice; a new one where it has died. */
  #living(): Promise<VoiceProcess> {
    if (!this.#voice.hasEnded()) return Promise.resolve(this.#voice);
    this.#starting ??= this.#start()
      .then((voice) => {
        this.#voice = voice;
        return voice;
      })
      .finally(() => {
        this.#starting = undefined;
      });
    return this.#starting;
  }
}
