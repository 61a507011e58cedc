import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type PcmChunk, SAMPLE_RATE } from '../audio/contract.js';
import { readWav } from '../audio/wav/reader.js';
import type { PcmSpeechOutput, SpeakOptions } from './contract.js';
import { checkFestival, festivalSetup } from './festivalVoices.js';
import type { EngineOptions } from './options.js';
import { plainSpeech } from './plainSpeech.js';
import { SayProcesses, speechFailed } from './sayProcesses.js';

/**
 * Festival by the npm package `say`: it writes a sentence's sound into a file, which is then played as any other sound is, at the
 * device's volume and on its output. A process for each sentence.
 */
export class Festival implements PcmSpeechOutput {
  readonly kind = 'pcm';
  readonly label = 'say';
  readonly capabilities = { languages: ['en'] } as const;
  readonly #options: EngineOptions<'say'>;
  readonly #folder: string;
  readonly #processes = new SayProcesses();
  readonly #closing = new AbortController();
  #sentences = 0;

  private constructor(options: EngineOptions<'say'>, folder: string) {
    this.#options = options;
    this.#folder = folder;
  }

  /** Throws `festival-missing`, `festival-voice-missing` or `voice-unknown`. */
  static async load(options: EngineOptions<'say'>): Promise<Festival> {
    await checkFestival(options.voice);
    return new Festival(options, await mkdtemp('/tmp/tandem-say-'));
  }

  async *synthesize(sentence: string, { signal }: SpeakOptions): AsyncGenerator<PcmChunk, void, undefined> {
    const stopping = AbortSignal.any([signal, this.#closing.signal]);
    if (plainSpeech(sentence) === '' || stopping.aborted) return;
    const file = join(this.#folder, `${++this.#sentences}.wav`);
    try {
      await this.#processes.speak(sentence, festivalSetup(this.#options, file), null, stopping);
      if (stopping.aborted) return;
      const samples = await readWav(file).catch((error: unknown) => {
        throw speechFailed(error);
      });
      if (samples.length > 0 && !stopping.aborted) yield { sampleRate: SAMPLE_RATE, samples };
    } finally {
      await rm(file, { force: true });
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#processes.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
