import type { SkillClock } from '../contract.js';

/** A clock that stands still until it is moved; what became due meanwhile runs in its order. */
export class SteppedClock implements SkillClock {
  private nowMs: number;
  private jumpedMs = 0;
  private waiting: { at: number; readonly run: () => void }[] = [];

  constructor(start: Date) {
    this.nowMs = start.getTime();
  }

  now(): Date {
    return new Date(this.nowMs);
  }

  passedMs(): number {
    return this.nowMs - this.jumpedMs;
  }

  after(ms: number, run: () => void): () => void {
    const entry = { at: this.nowMs + Math.max(0, ms), run };
    this.waiting.push(entry);
    return () => {
      this.waiting = this.waiting.filter((one) => one !== entry);
    };
  }

  /** Is set ahead or back: whoever waits still waits as long. */
  jump(ms: number): void {
    this.nowMs += ms;
    this.jumpedMs += ms;
    for (const entry of this.waiting) entry.at += ms;
  }

  advance(ms: number): void {
    const end = this.nowMs + ms;
    for (;;) {
      const [next] = this.waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.waiting = this.waiting.filter((one) => one !== next);
      this.nowMs = Math.max(this.nowMs, next.at);
      next.run();
    }
    this.nowMs = end;
  }
}
