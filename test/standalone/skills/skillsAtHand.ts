import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alert, SkillContext } from '../../../src/skills/contract.js';
import { loadSkills, SkillSet } from '../../../src/skills/create.js';
import { SteppedClock } from '../../../src/skills/testing/steppedClock.js';

/** Monday, 23 November 2026, three in the afternoon. */
export const MONDAY = new Date(2026, 10, 23, 15, 0);

/** The real skills on a folder of their own, with a clock that tests set, and a device that notes what is asked of it. */
export class SkillsAtHand {
  readonly folder: string;
  readonly clock: SteppedClock;
  readonly rung: Alert[] = [];
  readonly troubles: unknown[] = [];
  volume = 50;
  muted = false;
  stopped = 0;
  lastAnswer: string | undefined;
  private skills: SkillSet;
  private readonly silence = new Map<string, () => void>();

  private constructor(folder: string, clock: SteppedClock, skills: SkillSet) {
    this.folder = folder;
    this.clock = clock;
    this.skills = skills;
  }

  static async load(start = MONDAY, folder?: string): Promise<SkillsAtHand> {
    const data = folder ?? (await mkdtemp(join(tmpdir(), 'tandem-skills-')));
    const at = new SkillsAtHand(data, new SteppedClock(start), new SkillSet([]));
    at.skills = await loadSkills({
      dataFolder: data,
      languages: ['en', 'ko'],
      clock: at.clock,
      onTrouble: (error) => at.troubles.push(error),
      ring: async (alert) => {
        at.rung.push(alert);
        await new Promise<void>((done) => at.silence.set(alert.id, done));
      },
    });
    return at;
  }

  /** `skill:intent` that takes it. */
  takenBy(text: string): string | undefined {
    const match = this.skills.match({ text, language: languageOf(text), now: this.clock.now() });
    return match === undefined ? undefined : `${match.skill}:${match.intent}`;
  }

  /** The answer; undefined where no skill takes it. */
  async say(text: string): Promise<string | undefined> {
    const match = this.skills.match({ text, language: languageOf(text), now: this.clock.now() });
    return match === undefined ? undefined : (await match.run(this.context())).text;
  }

  /** Ends all ringing and waits until the skills have taken note. */
  async stopRinging(): Promise<void> {
    for (const done of this.silence.values()) done();
    this.silence.clear();
    await new Promise((done) => setImmediate(done));
  }

  /** As a power cut leaves it: what is on disk stays. */
  async close(): Promise<void> {
    await this.skills.close();
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private context(): SkillContext {
    return {
      signal: new AbortController().signal,
      offers: (language) => this.skills.skills.map((skill) => skill.offer[language]),
      stopEverything: () => {
        this.stopped += 1;
        for (const done of this.silence.values()) done();
        this.silence.clear();
      },
      lastAnswer: () => this.lastAnswer,
      volume: () => this.volume,
      setVolume: (percent) => {
        this.volume = percent;
      },
      setMuted: (muted) => {
        this.muted = muted;
      },
    };
  }
}

function languageOf(text: string): 'en' | 'ko' {
  return /\p{Script=Hangul}/u.test(text) ? 'ko' : 'en';
}
