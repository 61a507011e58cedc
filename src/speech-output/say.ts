import type { SelfPlayingSpeechOutput, SpeakOptions, SpeechOutput } from './contract.js';
import { Festival } from './festival.js';
import type { EngineOptions } from './options.js';
import { SayProcesses } from './sayProcesses.js';

/**
 * The npm package `say`. On Linux festival makes the sound and we play it, elsewhere the system's voice plays by itself. English. Throws
 * `festival-missing`, `festival-voice-missing` or `voice-unknown`.
 */
export async function loadSay(options: EngineOptions<'say'>): Promise<SpeechOutput> {
  return process.platform === 'linux' ? await Festival.load(options) : new SystemVoice(options);
}

/** The voice of macOS: it plays at the system's volume, on the system's output. */
class SystemVoice implements SelfPlayingSpeechOutput {
  readonly kind = 'plays-itself';
  readonly label = 'say';
  readonly capabilities = { languages: ['en'] } as const;
  readonly #options: EngineOptions<'say'>;
  readonly #processes = new SayProcesses();

  constructor(options: EngineOptions<'say'>) {
    this.#options = options;
  }

  async speak(sentence: string, { signal }: SpeakOptions): Promise<void> {
    await this.#processes.speak(sentence, this.#options.voice ?? null, this.#options.speed, signal);
  }

  async close(): Promise<void> {
    await this.#processes.close();
  }
}
