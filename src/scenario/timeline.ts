import { samplesToMs } from '../audio/contract.js';
import type { LoggedEvent } from '../events/events.js';
import { type FieldMatch, type MomentMatch, nameOfState } from './moments.js';

/** Something that happened, in the order in which it happened. */
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
  readonly moments: Moment[] = [];
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
    if (event !== 'state') this.add(event, fields, audioAt);
    else {
      const name = nameOfState(logged.state);
      if (name === undefined || (name === this.lastState && this.moments.length > 0)) return;
      this.lastState = name;
      this.add(name, {});
    }
  }

  /** `audioAt`: the point of the input, ms, that it marks; left out: now. */
  add(name: string, fields: Moment['fields'], audioAt?: number): void {
    const ago = audioAt === undefined ? 0 : samplesToMs(this.clock.position()) - audioAt;
    const moment: Moment = { name, fields, time: this.clock.now() - ago, turn: this.turn };
    this.moments.push(moment);
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
