import type { WakeScore, WakeWordEngine } from './contract.js';

/** Passes an engine's scores on and keeps them, so that other thresholds can be tried on the same sound without hearing it again. */
export class ScoreTape implements WakeWordEngine {
  readonly label: string;
  readonly capabilities: WakeWordEngine['capabilities'];
  readonly #engine: WakeWordEngine;
  #scores: (readonly WakeScore[])[] = [];
  /** The call that is answered next from the tape; undefined while recording. */
  #next: number | undefined;

  constructor(engine: WakeWordEngine) {
    this.label = engine.label;
    this.capabilities = engine.capabilities;
    this.#engine = engine;
  }

  /** Calls of `process` from now on are answered as the recorded ones were, whatever the samples. */
  replay(): void {
    this.#next = 0;
  }

  /** The next sound. */
  record(): void {
    this.#next = undefined;
    this.#scores = [];
    this.#engine.reset();
  }

  async process(samples: Int16Array): Promise<readonly WakeScore[]> {
    if (this.#next !== undefined) return this.#scores[this.#next++] ?? [];
    const scores = await this.#engine.process(samples);
    this.#scores.push(scores);
    return scores;
  }

  reset(): void {
    if (this.#next !== undefined) this.#next = 0;
    else this.#engine.reset();
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }
}
