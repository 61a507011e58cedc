import { uptime } from 'node:os';
import type { SkillClock } from '../contract.js';

/** The machine's own clock. */
export const systemClock: SkillClock = {
  now: () => new Date(),
  // Unlike `performance.now()` it counts the time that the machine slept.
  passedMs: () => uptime() * 1000,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
