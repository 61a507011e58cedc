import { SAMPLE_RATE } from '../../src/audio/contract.js';
import { type Clip, FIVE_MINUTES, type Material, SENTENCES, SET_A_TIMER, STOP, TIMERS } from './material.js';
import type { Random } from './random.js';

/** A recording at its time, in seconds from the beginning of the exchange. */
export interface Placed {
  readonly atS: number;
  readonly clip: Clip;
  readonly gain: number;
  /** Seconds of it in which the wake word stands; 0 where there is none. */
  readonly wakeS: number;
}

/** The ways in which people turn to a speaker, or seem to. */
const kinds = {
  question: 7,
  sentence: 7,
  silence: 2,
  timer: 4,
  'follow-up': 2,
  'barge-in': 4,
  'two-people': 3,
  impatient: 1,
  'long-talk': 0.4,
  'near-miss': 2,
} as const;

/** In the fixtures the wake word is over by then. */
const WAKE_IN_FIXTURE_S = 2;

/** One thing that somebody does; what comes much later (a timer to be stopped) is placed as well. */
export function exchange(material: Material, random: Random): readonly Placed[] {
  // Somebody whispers across the room, somebody stands right beside it.
  const gain = random.gain(-14, 4);
  const said = (text: string): Clip => {
    const clip = material.sentences.get(text);
    if (clip === undefined) throw new Error(`nobody says "${text}"`);
    return clip;
  };
  const place = (atS: number, clip: Clip, wakeS = 0): Placed => ({ atS, clip, gain, wakeS });
  const fixture = (atS: number): Placed => place(atS, random.pick(material.questions), WAKE_IN_FIXTURE_S);
  const called = (atS: number, text: string | undefined): readonly Placed[] => {
    const wake = random.pick(material.wakeWords);
    const wakeS = lengthOf(wake);
    const first = place(atS, wake, wakeS);
    return text === undefined ? [first] : [first, place(atS + wakeS + random.between(0.1, 0.8), said(text))];
  };
  const afterwards = (before: readonly Placed[]): number => Math.max(...before.map(({ atS, clip }) => atS + lengthOf(clip)));

  switch (random.weighted<keyof typeof kinds>(kinds)) {
    case 'question':
      return [fixture(0)];
    case 'sentence':
      return called(0, random.pick(SENTENCES));
    case 'silence':
      return called(0, undefined);
    case 'timer': {
      const { text, minutes } = random.pick(TIMERS);
      const set = called(0, text);
      // Every other one is left to ring until it ends by itself.
      return random.chance(0.5) ? set : [...set, ...called(minutes * 60 + 12, STOP)];
    }
    case 'follow-up': {
      const asked = called(0, SET_A_TIMER);
      return [...asked, place(afterwards(asked) + random.between(3.5, 5.5), said(FIVE_MINUTES))];
    }
    case 'barge-in': {
      const first = random.chance(0.5) ? [fixture(0)] : called(0, random.pick(SENTENCES));
      const next = random.chance(0.5) ? STOP : random.pick(SENTENCES);
      return [...first, ...called(afterwards(first) + random.between(1.2, 4), next)];
    }
    case 'two-people': {
      const first = fixture(0);
      const other = random.pick(material.talk);
      return [first, { ...place(random.between(0, 3), other), gain: gain * random.gain(-12, 0) }];
    }
    case 'impatient':
      return [...called(0, undefined), ...called(random.between(1.5, 3.5), random.pick(SENTENCES))];
    case 'long-talk':
      return [place(0, material.longTalk, WAKE_IN_FIXTURE_S)];
    case 'near-miss':
      return [place(0, random.pick(material.nearMisses.length > 0 ? material.nearMisses : material.talk))];
  }
}

export function lengthOf({ samples }: Clip): number {
  return samples.length / SAMPLE_RATE;
}
