import { msToSamples } from '../audio/contract.js';
import type { Scenario, ScenarioTurn } from './schema.js';
import { type Moment, matches } from './timeline.js';

export interface PrompterParts {
  readonly turns: Scenario['turns'];
  /** Does what the turn says. */
  readonly act: (turn: ScenarioTurn, index: number) => void;
  /** Nothing of the last turn goes on: no recording, no state but asleep, no earcon. */
  readonly quiet: () => boolean;
  /** Calls back after this many ms of the scenario's time. */
  readonly after: (ms: number, run: () => void) => void;
}

/** Before a turn that says nothing of when it comes, the device has slept this long. */
const BREATH = msToSamples(960);

/** Gives people their cues: at a time, after something that happened, or when the turn before is over. */
export class Prompter {
  private readonly parts: PrompterParts;
  private next = 0;
  /** The cue was given; the turn has not begun yet. */
  private cued = false;
  private quietFrom: number | undefined;

  constructor(parts: PrompterParts) {
    this.parts = parts;
  }

  /** Every turn has begun. */
  get done(): boolean {
    return this.next >= this.parts.turns.length;
  }

  /** Turns that have begun. */
  get begun(): number {
    return this.next;
  }

  /** Before each frame; `position`: samples of input so far. */
  onFrame(position: number): void {
    const turn = this.parts.turns[this.next];
    if (turn === undefined || turn.after !== undefined) return;
    if (turn.at !== undefined) {
      if (position >= msToSamples(turn.at)) this.begin(turn);
      return;
    }
    this.quietFrom = this.parts.quiet() ? (this.quietFrom ?? position) : undefined;
    if (this.quietFrom !== undefined && position - this.quietFrom >= BREATH) this.begin(turn);
  }

  onMoment(moment: Moment): void {
    const turn = this.parts.turns[this.next];
    if (turn?.after === undefined || this.cued || !matches(moment, turn.after)) return;
    this.cued = true;
    // Never in the middle of what just happens.
    if (turn.wait === undefined) setImmediate(() => this.begin(turn));
    else this.parts.after(turn.wait, () => this.begin(turn));
  }

  private begin(turn: ScenarioTurn): void {
    const index = this.next;
    this.next += 1;
    this.cued = false;
    this.quietFrom = undefined;
    this.parts.act(turn, index);
  }
}
