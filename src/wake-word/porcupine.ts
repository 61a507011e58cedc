import { basename } from 'node:path';
import type { Porcupine as Picovoice } from '@picovoice/porcupine-node';
import { SAMPLE_RATE } from '../audio/contract.js';
import type { EngineContext } from '../engineContext.js';
import type { WakeScore, WakeWordEngine } from './contract.js';
import type { PorcupineOptions } from './options.js';
import { keyMissing, keywordUnknown, startError } from './porcupineErrors.js';

/** Picovoice's Porcupine. It decides by itself, by sensitivity, and asks Picovoice's servers about the AccessKey when it starts. */
export class Porcupine implements WakeWordEngine {
  readonly label: string;
  readonly capabilities: { readonly words: readonly string[]; readonly decidesItself: boolean };
  readonly #picovoice: Picovoice;
  readonly #frame: Int16Array;
  /** Samples in `#frame` that wait for the rest of their frame. */
  #waiting = 0;
  #position = 0;
  #closed = false;

  private constructor(picovoice: Picovoice, words: readonly string[]) {
    this.label = `Porcupine (${words.join(', ')})`;
    this.capabilities = { words, decidesItself: true };
    this.#picovoice = picovoice;
    this.#frame = new Int16Array(picovoice.frameLength);
  }

  /** Throws `TandemError`: see `porcupineErrors.ts`. */
  static async load(
    options: Pick<PorcupineOptions, 'keywords' | 'sensitivity'>,
    context: Pick<EngineContext, 'secret' | 'modelFile'>,
  ): Promise<Porcupine> {
    const accessKey = (await context.secret('PICOVOICE_ACCESS_KEY'))?.trim();
    if (accessKey === undefined || accessKey === '') throw keyMissing();
    const { Porcupine: Engine, BuiltinKeyword } = await import('@picovoice/porcupine-node').catch((error: unknown) => {
      throw startError(error);
    });
    const builtIn: readonly string[] = Object.values(BuiltinKeyword);
    const keywords: string[] = [];
    for (const keyword of options.keywords) {
      const named = keyword.replaceAll('_', ' ').toLowerCase();
      if (builtIn.includes(named)) keywords.push(named);
      else if (keyword.endsWith('.ppn')) keywords.push(await context.modelFile(keyword));
      else throw keywordUnknown(keyword, builtIn);
    }
    try {
      const picovoice = new Engine(
        accessKey,
        keywords,
        keywords.map(() => options.sensitivity),
      );
      return new Porcupine(picovoice, keywords.map(wordOf));
    } catch (error) {
      throw startError(error);
    }
  }

  async process(samples: Int16Array): Promise<readonly WakeScore[]> {
    const scores: WakeScore[] = [];
    for (let at = 0; at < samples.length; ) {
      const part = samples.subarray(at, at + this.#frame.length - this.#waiting);
      this.#frame.set(part, this.#waiting);
      this.#waiting += part.length;
      at += part.length;
      if (this.#waiting < this.#frame.length) break;
      this.#waiting = 0;
      this.#position += this.#frame.length;
      const found = this.#picovoice.process(this.#frame);
      for (const [index, word] of this.capabilities.words.entries()) {
        scores.push({ word, score: index === found ? 1 : 0, endSample: this.#position });
      }
    }
    return scores;
  }

  /** Porcupine's own memory has no reset: a second of silence takes its place. */
  reset(): void {
    this.#waiting = 0;
    this.#position = 0;
    this.#frame.fill(0);
    for (let heard = 0; heard < SAMPLE_RATE; heard += this.#frame.length) this.#picovoice.process(this.#frame);
  }

  async close(): Promise<void> {
    if (!this.#closed) this.#picovoice.release();
    this.#closed = true;
  }
}

/** `hey google` is `hey_google`, `/…/smart-mirror_en_raspberry-pi_v3_0_0.ppn` is `smart-mirror`. */
function wordOf(keyword: string): string {
  return keyword.endsWith('.ppn') ? basename(keyword, '.ppn').replace(/_[a-z]{2}_.*$/, '') : keyword.replaceAll(' ', '_');
}
