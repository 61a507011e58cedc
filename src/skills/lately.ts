import { systemClock } from './alerts/systemClock.js';
import type { SkillHome, SkillMatch, SkillRequest, Undo } from './contract.js';

/** What was just done or has just rung is what the next words are about. */
const WITHIN_MS = 60_000;

interface Done {
  readonly skill: string;
  readonly undo: Undo | undefined;
  readonly at: number;
}

/** What the skills have done and said last. */
export class Lately {
  private request: Date | undefined;
  /** What was done right before this request, and what the next one will find. */
  private done: Done | undefined;
  private next: Done | undefined;
  private rung: { readonly skill: string; readonly at: number } | undefined;

  /** What the request right before this one did; later ones neither go on from it nor take it back. */
  before({ now }: SkillRequest): Omit<Done, 'at'> | undefined {
    if (now !== this.request) {
      this.done = this.next !== undefined && now.getTime() - this.next.at <= WITHIN_MS ? this.next : undefined;
      this.next = undefined;
      this.request = now;
    }
    return this.done;
  }

  /** The same, remembering what it was and how to take it back. */
  noting(match: SkillMatch, { now }: SkillRequest): SkillMatch {
    return {
      ...match,
      run: async (context) => {
        const reply = await match.run(context);
        if (now === this.request) this.next = { skill: match.skill, undo: reply.undo, at: now.getTime() };
        return reply;
      },
    };
  }

  /** The home for that skill, noticed when it rings: "cancel that" is about the ringing then. */
  listeningTo(home: SkillHome, skill: string): SkillHome {
    const now = () => (home.clock ?? systemClock).now().getTime();
    return {
      ...home,
      ring: async (alert) => {
        this.next = undefined;
        this.rung = { skill, at: now() };
        await home.ring(alert);
        this.rung = { skill, at: now() };
      },
    };
  }

  /** The skill that rang last: "five more minutes" is for it. */
  rang({ now }: SkillRequest): string | undefined {
    return this.rung !== undefined && now.getTime() - this.rung.at <= WITHIN_MS ? this.rung.skill : undefined;
  }
}
