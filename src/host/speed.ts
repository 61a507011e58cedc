import type { Generation } from '../language-model/contract.js';

/** How much a new measurement counts against those before. */
const weight = 0.3;

/** How fast this host has been lately, and how long a new request would wait. */
export class Speed {
  #tokensPerSecond: number | undefined;
  #answerMs: number | undefined;

  /** Undefined before the first answer. */
  get tokensPerSecond(): number | undefined {
    return this.#tokensPerSecond;
  }

  /** A warm-up says how fast the model is, not how long answers are. */
  warmedUp(tokensPerSecond: number | undefined): void {
    this.#tokensPerSecond ??= tokensPerSecond;
  }

  /** `tookMs`: from start to end, without waiting. What was cut short says nothing of how long an answer takes. */
  add(generation: Generation, tookMs: number): void {
    if (generation.tokensPerSecond !== undefined) this.#tokensPerSecond = mix(this.#tokensPerSecond, generation.tokensPerSecond);
    if (generation.stopReason !== 'aborted') this.#answerMs = mix(this.#answerMs, tookMs);
  }

  /** Of those that run, half is taken to be done. Undefined before the first answer. */
  waitMs(running: number, queued: number, atOnce: number): number | undefined {
    if (running < atOnce) return 0;
    return this.#answerMs === undefined ? undefined : Math.round(((running / 2 + queued) * this.#answerMs) / atOnce);
  }
}

function mix(before: number | undefined, now: number): number {
  return before === undefined ? now : before + weight * (now - before);
}
