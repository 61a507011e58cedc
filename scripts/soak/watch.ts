import { SAMPLE_RATE } from '../../src/audio/contract.js';
import type { LoggedEvent } from '../../src/events/events.js';
import type { ConversationLimits } from '../../statecharts/conversation/terms.js';
import { HOUR_SAMPLES, type WakeMark } from './household.js';

/** What happened in one simulated hour. */
export interface Hour {
  expected: number;
  found: number;
  falseWakes: number;
  bargeIns: number;
  turns: number;
  rings: number;
  /** Longest time outside `asleep`, seconds. */
  longestAwakeS: number;
  readonly outcomes: Map<string, number>;
  readonly errors: Map<string, number>;
}

/** A wake word that nobody said. */
export interface FalseWake {
  readonly atHour: number;
  readonly word: string;
  readonly score: number;
  /** What was heard. */
  readonly during: string;
}

/** A state that lasted longer than it may. */
export interface Overstay {
  readonly state: string;
  readonly atHour: number;
  readonly seconds: number;
  readonly limitS: number;
}

/** A wake word may begin before the place where its recording does. */
const EARLY = 0.1 * SAMPLE_RATE;
/** Limits are looked at once a frame, and a state may end with an earcon, seconds. */
const TOLERANCE_S = 1;

/** Counts what the device says of itself against what the household did. Time is that of the sound. */
export class Watch {
  readonly hours: Hour[] = [];
  readonly overstays: Overstay[] = [];
  readonly falseWakes: FalseWake[] = [];
  private readonly limits: ConversationLimits;
  private readonly position: () => number;
  private marks: WakeMark[] = [];
  private state = 'asleep';
  private since = 0;
  private awakeSince = 0;

  private readonly sounds: () => string;

  /** `position`: samples heard so far; `sounds`: what is heard, in words. */
  constructor(limits: ConversationLimits, position: () => number, sounds: () => string) {
    this.sounds = sounds;
    this.limits = limits;
    this.position = position;
  }

  expect(mark: WakeMark): void {
    this.marks.push(mark);
    this.hourOf(mark.from).expected += 1;
  }

  /** To be called now and then: a state that never ends sends no event. */
  look(): void {
    this.marks = this.marks.filter(({ to }) => to + SAMPLE_RATE > this.position());
    if (this.state !== 'asleep') this.checkState();
  }

  hear(event: LoggedEvent): void {
    const now = this.hourOf(this.position());
    if (event.event === 'wake') this.wake((event.audioAt ?? 0) * (SAMPLE_RATE / 1000), event.word, event.score);
    else if (event.event === 'state') this.enter(event.state);
    else if (event.event === 'barge-in') now.bargeIns += 1;
    else if (event.event === 'error') count(now.errors, event.code);
    else if (event.event === 'signal' && event.name === 'ringing') now.rings += 1;
    else if (event.event === 'turn-end') {
      now.turns += 1;
      count(now.outcomes, event.outcome);
    }
  }

  private wake(at: number, word: string, score: number): void {
    const hour = this.hourOf(at);
    const mark = this.marks.find(({ from, to }) => at >= from - EARLY && at <= to);
    if (mark === undefined) {
      hour.falseWakes += 1;
      this.falseWakes.push({ atHour: at / HOUR_SAMPLES, word, score, during: this.sounds() });
    } else {
      hour.found += 1;
      this.marks = this.marks.filter((one) => one !== mark);
    }
    // A second wake word begins listening again without a change of state.
    if (topLevel(this.state) === 'listening') this.since = this.position();
  }

  private enter(state: string): void {
    const again = topLevel(state) === 'listening' && state.endsWith('quiet');
    if (topLevel(state) !== topLevel(this.state) || again) {
      this.checkState();
      this.since = this.position();
    }
    if (this.state === 'asleep') this.awakeSince = this.position();
    else if (state === 'asleep') {
      const hour = this.hourOf(this.awakeSince);
      hour.longestAwakeS = Math.max(hour.longestAwakeS, (this.position() - this.awakeSince) / SAMPLE_RATE);
    }
    this.state = state;
  }

  /** Tells of each stay once. */
  private checkState(): void {
    const limitS = limitOf(topLevel(this.state), this.limits) / 1000;
    const seconds = (this.position() - this.since) / SAMPLE_RATE;
    const atHour = this.since / HOUR_SAMPLES;
    if (seconds <= limitS + TOLERANCE_S || this.overstays.at(-1)?.atHour === atHour) return;
    this.overstays.push({ state: this.state, atHour, seconds, limitS });
  }

  private hourOf(position: number): Hour {
    const index = Math.floor(Math.max(0, position) / HOUR_SAMPLES);
    while (this.hours.length <= index) this.hours.push(newHour());
    return this.hours[index] ?? newHour();
  }
}

function newHour(): Hour {
  return {
    expected: 0,
    found: 0,
    falseWakes: 0,
    bargeIns: 0,
    turns: 0,
    rings: 0,
    longestAwakeS: 0,
    outcomes: new Map(),
    errors: new Map(),
  };
}

/** `replying` of `replying.speaking`. */
function topLevel(state: string): string {
  return state.split('.')[0] ?? state;
}

/** Milliseconds; `asleep` has none. A state that is new here may take as long as all others together. */
function limitOf(state: string, limits: ConversationLimits): number {
  const known: Readonly<Record<string, number>> = {
    asleep: Number.POSITIVE_INFINITY,
    listening: limits.listeningMs,
    followUp: limits.listeningMs,
    transcribing: limits.transcribingMs,
    replying: limits.replyingMs,
    announcing: limits.announcingMs,
    ringing: limits.ringingMs,
  };
  return known[state] ?? limits.listeningMs + limits.transcribingMs + limits.replyingMs + limits.announcingMs + limits.ringingMs;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
