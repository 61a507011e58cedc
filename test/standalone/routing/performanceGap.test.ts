import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapRecovered, type Judged } from '../../../src/routing/performanceGap.js';

const one = (score: number, weakRight: boolean, strongRight: boolean): Judged => ({ score, weakRight, strongRight });

describe('the performance gap recovered', () => {
  it('of two prompts, the one that gains first: corners (0, 1/2), (1/2, 1), (1, 1), so APGR is 3/4', () => {
    const { points, areaAboveRandom } = gapRecovered([one(0.9, false, true), one(0.1, true, true)]);
    expect(areaAboveRandom).toBeCloseTo(0.25, 10);
    expect(points).toHaveLength(21);
    expect(points[0]).toEqual({ share: 0, accuracy: 0.5 });
    expect(points[5]?.accuracy).toBeCloseTo(0.75, 10);
    expect(points.at(-1)).toEqual({ share: 1, accuracy: 1 });
  });

  it('is more than 1 in all where prompts that lose come last: corners 1/3, 2/3, 1, 2/3, so APGR is 7/6', () => {
    const result = gapRecovered([one(3, false, true), one(2, false, true), one(1, true, false)]);
    expect(0.5 + (result.areaAboveRandom ?? 0)).toBeCloseTo(7 / 6, 10);
  });

  it('of scores that say nothing is that of chance', () => {
    const judged = [one(0.5, false, true), one(0.5, true, true), one(0.5, true, false), one(0.5, false, true)];
    expect(gapRecovered(judged).areaAboveRandom).toBeCloseTo(0, 10);
  });

  it('is not defined where both models are right equally often, or without prompts', () => {
    expect(gapRecovered([one(1, true, true)]).areaAboveRandom).toBeUndefined();
    expect(() => gapRecovered([])).toThrow(RangeError);
  });

  it('depends on the order of the scores alone, and turns around with it', () => {
    const anyJudged = fc.array(fc.record({ score: fc.integer({ min: -9, max: 9 }), weakRight: fc.boolean(), strongRight: fc.boolean() }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(anyJudged, (judged) => {
        const { areaAboveRandom, points } = gapRecovered(judged);
        const scaled = gapRecovered(judged.map((item) => ({ ...item, score: 3 * item.score + 1 })).toReversed());
        const turned = gapRecovered(judged.map((item) => ({ ...item, score: -item.score })));
        for (const { accuracy } of points) expect(accuracy >= -1e-9 && accuracy <= 1 + 1e-9).toBe(true);
        if (areaAboveRandom === undefined) expect(scaled.areaAboveRandom).toBeUndefined();
        else {
          expect(scaled.areaAboveRandom).toBeCloseTo(areaAboveRandom, 9);
          expect(turned.areaAboveRandom).toBeCloseTo(-areaAboveRandom, 9);
        }
      }),
    );
  });
});
