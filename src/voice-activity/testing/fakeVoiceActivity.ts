import type { VoiceActivityEngine, VoiceScore } from '../contract.js';

const STRETCH_SAMPLES = 512;

export interface FakeVoiceActivityScript {
  /** For a stretch of 32 ms that ends at `endSample`; by default 0.99 where it has any sound in it, else 0.01. */
  readonly probability?: (stretch: Int16Array, endSample: number) => number;
}

/** A voice activity engine that follows a script. */
export class FakeVoiceActivity implements VoiceActivityEngine {
  readonly label = 'scripted voice activity';
  closed = false;
  /** Samples that it was given since it was made. */
  heard = 0;
  readonly #probability: NonNullable<FakeVoiceActivityScript['probability']>;
  #waiting: number[] = [];
  #position = 0;

  constructor({ probability }: FakeVoiceActivityScript = {}) {
    this.#probability = probability ?? ((stretch) => (stretch.some((sample) => sample !== 0) ? 0.99 : 0.01));
  }

  async process(samples: Int16Array): Promise<readonly VoiceScore[]> {
    this.heard += samples.length;
    const scores: VoiceScore[] = [];
    for (const sample of samples) {
      this.#waiting.push(sample);
      if (this.#waiting.length < STRETCH_SAMPLES) continue;
      const stretch = Int16Array.from(this.#waiting);
      this.#waiting = [];
      this.#position += STRETCH_SAMPLES;
      scores.push({ probability: this.#probability(stretch, this.#position), samples: STRETCH_SAMPLES, endSample: this.#position });
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
