import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplySequence } from '../../../src/handoff/device/replySequence.js';
import type { Reply } from '../../../src/handoff/schemas.js';

const text = (seq: number, host = 'big'): Reply => ({ v: 1, seq, host, kind: 'text', text: `${seq}` });

function taken(sequence: ReplySequence, replies: readonly Reply[]): number[] {
  return replies.flatMap((reply) => sequence.take(reply).ready.map(({ seq }) => seq));
}

describe('a sequence of replies', () => {
  it('in any order, with any of them repeated, comes out once and in order', () => {
    const deliveries = fc.integer({ min: 1, max: 40 }).chain((count) =>
      fc
        .array(fc.nat({ max: count - 1 }))
        .chain((again) => fc.shuffledSubarray([...Array(count).keys(), ...again], { minLength: count + again.length }))
        .map((order) => ({ count, order })),
    );
    fc.assert(
      fc.property(deliveries, fc.constantFrom('big', undefined), ({ count, order }, target) => {
        const sequence = new ReplySequence(target);
        expect(
          taken(
            sequence,
            order.map((seq) => text(seq)),
          ),
        ).toEqual([...Array(count).keys()]);
        expect(sequence.hasGap).toBe(false);
        expect(sequence.next).toBe(count);
      }),
    );
  });

  it('with some missing stops before the first, and goes on when it comes', () => {
    const sequence = new ReplySequence('big');
    expect(
      taken(
        sequence,
        [0, 1, 3, 4].map((seq) => text(seq)),
      ),
    ).toEqual([0, 1]);
    expect([sequence.next, sequence.hasGap]).toEqual([2, true]);
    expect(taken(sequence, [text(2)])).toEqual([2, 3, 4]);
    expect([sequence.next, sequence.hasGap]).toEqual([5, false]);
  });

  it('of several hosts is that of the first one that begins', () => {
    const sequence = new ReplySequence();
    const verdicts = [text(1, 'b'), text(1, 'a'), text(0, 'a'), text(0, 'b'), text(2, 'b'), text(2, 'a')].map(
      (reply) => sequence.take(reply).verdict,
    );
    expect(verdicts).toEqual(['early', 'early', 'taken', 'stranger', 'stranger', 'taken']);
  });

  it('never keeps more than a bounded number waiting', () => {
    const sequence = new ReplySequence('big');
    for (let seq = 2; seq < 5_000; seq += 1) sequence.take(text(seq));
    expect(taken(sequence, [text(0), text(1)]).length).toBeLessThan(300);
  });
});
