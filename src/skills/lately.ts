import { systemClock } from './alerts/systemClock.js';
import type { SkillHome, SkillMatch, SkillRequest, Undo } from './contract.js';

/** What was just done or has just rung is what the next words are about. */
const WITHIN_MS = 60_000;

/** What the skills have done and said last. */
export class Lately {
  private request: Date | undefined;
  /** What this request may take back, and what the next one may. */
  private undo: Undo | undefined;
  private next: { readonly undo: Undo; readonly at: number } | undefined;
  private rung: { readonly skill: string; readonly at: number } | undefined;

  /** What the request right before this one did; later ones can't take it back. */
  undoFor({ now }: SkillRequest): Undo | undefined {
    if (now !== this.request) {
      this.undo = this.next !== undefined && now.getTime() - this.next.at <= WITHIN_MS ? this.next.undo : undefined;
      this.next = undefined;
      this.request = now;
    }
    return this.undo;
  }

  /** The same, remembering how to take it back. */
  noting(match: SkillMatch, { now }: SkillRequest): SkillMatch {
    return {
      ...match,
      run: async (context) => {
        const reply = await match.run(context);
        if (reply.undo !== undefined && now === this.request) this.next = { undo: reply.undo, at: now.getTime() };
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
