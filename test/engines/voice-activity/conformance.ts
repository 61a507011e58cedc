import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VoiceActivityEngine, VoiceScore } from '../../../src/voice-activity/contract.js';
import { expectSameAtAnyChunkSize } from '../../support/anyChunkSize.js';

/** What every engine must do that tells speech from everything else. `load` gives a fresh one. */
export interface ConformanceSubject {
  readonly load: () => Promise<VoiceActivityEngine>;
  /** A sentence with silence before and after it: where it begins and ends, in samples. */
  readonly sound: Int16Array;
  readonly speech: readonly [from: number, to: number];
}

const SECOND = 16_000;

export function conformsToVoiceActivity(name: string, { load, sound, speech: [from, to] }: ConformanceSubject): void {
  describe(`${name} as voice activity`, () => {
    let engine: VoiceActivityEngine;
    beforeAll(async () => {
      engine = await load();
    });
    afterAll(() => engine.close());
    const hear = async (samples: Int16Array) => {
      engine.reset();
      return await engine.process(samples);
    };
    const mean = (scores: readonly VoiceScore[]) => scores.reduce((sum, { probability }) => sum + probability, 0) / scores.length;

    test('hears the voice where it is, and not elsewhere', async () => {
      const scores = await hear(sound);
      expect(mean(scores.filter(({ endSample }) => endSample > from + SECOND / 8 && endSample < to))).toBeGreaterThan(0.7);
      expect(mean(scores.filter(({ endSample }) => endSample < from - SECOND / 16))).toBeLessThan(0.2);
      expect(mean(scores.filter(({ endSample }) => endSample > to + SECOND / 2))).toBeLessThan(0.2);
    });

    test('hears none in silence, and gives nothing for no samples', async () => {
      expect(Math.max(...(await hear(new Int16Array(3 * SECOND))).map(({ probability }) => probability))).toBeLessThan(0.3);
      expect(await hear(new Int16Array(0))).toEqual([]);
    });

    test('its stretches follow each other without a gap, and cover what was heard but the last part of one', async () => {
      let last = 0;
      let stretch = 0;
      for (const { probability, samples, endSample } of await hear(sound)) {
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(endSample - samples).toBe(last);
        last = endSample;
        stretch = samples;
      }
      expect(sound.length - last).toBeLessThan(stretch);
    });

    test('gives the same scores at any chunk size', () => expectSameAtAnyChunkSize(engine, sound));

    test('a reset forgets what was heard; two of them do not disturb each other; closing twice is once', async () => {
      const first = await hear(sound);
      const second = await load();
      const [again, other] = await Promise.all([hear(sound), second.process(sound)]);
      expect(again).toEqual(first);
      expect(other).toEqual(first);
      await second.close();
      await second.close();
      expect(await hear(sound)).toEqual(first);
    });
  });
}
