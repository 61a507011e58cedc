import { describe, expect, it } from 'vitest';
import { slope } from '../../../scripts/soak/footprint.js';
import { HOUR_SAMPLES, Household, type WakeMark } from '../../../scripts/soak/household.js';
import { type Clip, FIVE_MINUTES, type Material, SENTENCES, SET_A_TIMER, STOP, TIMERS } from '../../../scripts/soak/material.js';
import { Watch } from '../../../scripts/soak/watch.js';
import { SAMPLE_RATE } from '../../../src/audio/contract.js';
import { chartInput } from '../../../src/device/chartInput.js';
import { loadDeviceProfile } from '../../../src/profile/load.js';

function clip(name: string, value: number): Clip {
  return { name, folder: 'made', samples: new Int16Array(SAMPLE_RATE).fill(value) };
}

const material: Material = {
  wakeWords: [clip('wake', 3_000)],
  questions: [clip('question', 4_000)],
  longTalk: clip('long', 2_000),
  talk: [clip('talk', 1_000)],
  nearMisses: [clip('near', 900)],
  noise: [clip('noise', 500)],
  sentences: new Map(
    [...SENTENCES, ...TIMERS.map(({ text }) => text), STOP, SET_A_TIMER, FIVE_MINUTES].map((text) => [text, clip(text, 700)]),
  ),
};

/** What stands for two minutes of sound, and its wake words. */
function twoMinutes(seed: number) {
  const marks: WakeMark[] = [];
  const household = new Household(material, seed, (mark) => marks.push(mark));
  let hash = 0;
  for (let at = 0; at < HOUR_SAMPLES / 30; at += 1_280) {
    for (const sample of household.frame().filter((_, index) => index % 160 === 0)) hash = (Math.imul(hash, 31) + sample) | 0;
  }
  return { hash, marks };
}

describe('a soaked household', () => {
  it('is the same for the same seed, and another one for another', () => {
    const first = twoMinutes(7);
    expect(twoMinutes(7)).toEqual(first);
    expect(twoMinutes(8).hash).not.toBe(first.hash);
    expect(first.marks.length).toBeGreaterThan(0);
  });
});

describe('what watches the device', async () => {
  const { limits } = chartInput((await loadDeviceProfile('starter')).profile);

  it('tells a wake word that somebody said from one that nobody said', () => {
    const watch = new Watch(
      limits,
      () => 5 * SAMPLE_RATE,
      () => 'music',
    );
    watch.expect({ from: 3 * SAMPLE_RATE, to: 5 * SAMPLE_RATE });
    for (const seconds of [4, 4.5]) watch.hear({ at: 0, event: 'wake', word: 'alexa', score: 0.9, audioAt: seconds * 1_000 });
    expect(watch.hours[0]).toMatchObject({ expected: 1, found: 1, falseWakes: 1 });
    expect(watch.falseWakes).toMatchObject([{ word: 'alexa', during: 'music' }]);
  });

  it('tells of a state that lasts, once, also where it never ends', () => {
    let seconds = 0;
    const watch = new Watch(
      limits,
      () => seconds * SAMPLE_RATE,
      () => '',
    );
    watch.hear({ at: 0, event: 'state', state: 'ringing' });
    seconds = limits.ringingMs / 1_000;
    watch.look();
    expect(watch.overstays).toEqual([]);
    for (const more of [2, 60]) {
      seconds = limits.ringingMs / 1_000 + more;
      watch.look();
    }
    watch.hear({ at: 0, event: 'state', state: 'asleep' });
    seconds += 100_000;
    watch.look();
    expect(watch.overstays).toMatchObject([{ state: 'ringing', limitS: limits.ringingMs / 1_000 }]);
    expect(watch.hours[0]?.longestAwakeS).toBeGreaterThan(limits.ringingMs / 1_000);
  });
});

describe('growth', () => {
  const at = (hour: number, rssMb: number) => ({ hour, rssMb, heapMb: 0 });

  it('is the slope of the best line', () => {
    const points = [at(3, 100), at(4, 102.5), at(5, 104.5), at(6, 107)];
    expect(slope(points, ({ rssMb }) => rssMb)).toBeCloseTo(2.3);
    expect(slope(points, ({ heapMb }) => heapMb)).toBeCloseTo(0);
  });

  it('is not known from three points', () => {
    expect(slope([at(3, 1), at(4, 2), at(5, 3)], ({ rssMb }) => rssMb)).toBeUndefined();
  });
});
