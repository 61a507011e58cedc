import type { WakeScore, WakeWordEngine } from '../contract.js';

const STEP_SAMPLES = 1_280;

export interface FakeWakeWordScript {
  readonly words?: readonly string[];
  readonly decidesItself?: boolean;
  /** Score of a word for a step of 80 ms that ends at `endSample`; by default 1 where the step has any sound in it. */
  readonly score?: (word: string, endSample: number, step: Int16Array) => number;
}

/** A wake word engine that follows a script. */
export class FakeWakeWord implements WakeWordEngine {
  readonly label = 'scripted wake word';
  readonly capabilities: WakeWordEngine['capabilities'];
  closed = false;
  readonly #score: NonNullable<FakeWakeWordScript['score']>;
  #waiting: number[] = [];
  #position = 0;

  constructor({ words = ['alexa'], decidesItself = false, score }: FakeWakeWordScript = {}) {
    this.capabilities = { words, decidesItself };
    this.#score = score ?? ((_word, _end, step) => (step.some((sample) => sample !== 0) ? 1 : 0));
  }

  async process(samples: Int16Array): Promise<readonly WakeScore[]> {
    const scores: WakeScore[] = [];
    for (const sample of samples) {
      this.#waiting.push(sample);
      if (this.#waiting.length < STEP_SAMPLES) continue;
      const step = Int16Array.from(this.#waiting);
      this.#waiting = [];
      this.#position += STEP_SAMPLES;
      const endSample = this.#position;
      for (const word of this.capabilities.words) scores.push({ word, score: this.#score(word, endSample, step), endSample });
    }
    return scores;
  }

  reset(): void {
    this.#waiting = [];
    this.#position = 0;
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}
