import { samplesToMs } from '../audio/contract.js';
import type { LoggedEvent } from '../events/events.js';
import { type FieldMatch, type MomentMatch, nameOfState } from './moments.js';

/** Something that happened. */
export interface Moment {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** As somebody in the room would have stopped it: the input's time and, where an engine worked, what that took. ms */
  readonly time: number;
  /** The turn of the scenario that had begun last, counted from 0; -1 before the first. */
  readonly turn: number;
}

/** Where "now" is. */
export interface TimelineClock {
  /** ms, monotonic */
  now(): number;
  /** Samples of input so far. */
  position(): number;
}

/** All that happens while a scenario runs. */
export class Timeline {
  private readonly told: Moment[] = [];
  private readonly clock: TimelineClock;
  private readonly listeners: ((moment: Moment) => void)[] = [];
  private turn = -1;
  private lastState = 'asleep';

  constructor(clock: TimelineClock) {
    this.clock = clock;
  }

  /** The state that the device is in. */
  get state(): string {
    return this.lastState;
  }

  /** In the order of their times; some are known only a little later. */
  get moments(): readonly Moment[] {
    return this.told.toSorted((a, b) => a.time - b.time);
  }

  listen(listener: (moment: Moment) => void): void {
    this.listeners.push(listener);
  }

  /** A turn of the scenario begins. */
  beginTurn(turn: number, name: string, fields: Moment['fields'] = {}): void {
    this.turn = turn;
    this.add(name, fields);
  }

  event(logged: LoggedEvent): void {
    const { event, at: _at, turn: _turn, audioAt, ...fields } = logged;
    const now = this.clock.now();
    const time = audioAt === undefined ? now : now - samplesToMs(this.clock.position()) + audioAt;
    if (event === 'turn-end') this.add(event, { outcome: logged.outcome, ...logged.timings }, time);
    else if (event !== 'state') this.add(event, fields, time);
    else {
      const name = nameOfState(logged.state);
      if (name === undefined || (name === this.lastState && this.told.length > 0)) return;
      this.lastState = name;
      this.add(name, {});
    }
  }

  /** `time`: when it was, on the clock of the timeline; left out: now. */
  add(name: string, fields: Moment['fields'], time = this.clock.now()): void {
    const moment: Moment = { name, fields, time, turn: this.turn };
    this.told.push(moment);
    for (const listener of this.listeners) listener(moment);
  }
}

export function matches(moment: Moment, match: MomentMatch): boolean {
  return moment.name === match.name && Object.entries(match.fields).every(([name, wanted]) => holds(moment.fields[name], wanted));
}

export function holds(value: unknown, wanted: FieldMatch): boolean {
  if (wanted.kind === 'number') return typeof value === 'number' && value >= wanted.atLeast && value <= wanted.atMost;
  if (wanted.kind === 'word') return String(value ?? '') === wanted.is;
  const text = plain(String(value ?? ''));
  return (
    (wanted.is === undefined || text === plain(wanted.is)) &&
    wanted.contains.every((words) => text.includes(plain(words))) &&
    wanted.containsNot.every((words) => !text.includes(plain(words)))
  );
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
