import type { SkillClock } from '../contract.js';

/** The machine's own clock. */
export const systemClock: SkillClock = {
  now: () => new Date(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
