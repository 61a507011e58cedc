import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RingBuffer } from '../../../src/audio/ringBuffer.js';

const numbers = (from: number, to: number) => Int16Array.from({ length: to - from }, (_, at) => from + at);

describe('ring buffer', () => {
  it('keeps two seconds unless told otherwise', () => {
    const ring = new RingBuffer();
    for (let second = 0; second < 3; second++) ring.push(new Int16Array(16_000).fill(second));
    expect(ring.position).toBe(48_000);
    expect(ring.oldest).toBe(16_000);
    expect(ring.since(0)[0]).toBe(1);
    expect(ring.last(16_000)[0]).toBe(2);
  });

  it('gives the last samples of the stream, however they came in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 20 }),
        fc.nat(600),
        (capacity, pushes, from) => {
          const ring = new RingBuffer(capacity);
          let total = 0;
          for (const count of pushes) {
            ring.push(numbers(total, total + count));
            total += count;
          }
          const oldest = Math.max(0, total - capacity);
          expect(ring.position).toBe(total);
          expect(ring.oldest).toBe(oldest);
          expect(ring.since(from)).toEqual(numbers(Math.min(total, Math.max(from, oldest)), total));
          expect(ring.last(from)).toEqual(numbers(Math.max(total - from, oldest), total));
        },
      ),
    );
  });

  it('gives a copy', () => {
    const ring = new RingBuffer(4);
    ring.push(numbers(0, 4));
    ring.since(0).fill(99);
    expect(ring.since(0)).toEqual(numbers(0, 4));
  });

  it('forgets', () => {
    const ring = new RingBuffer(4);
    ring.push(numbers(0, 4));
    ring.clear();
    expect(ring.last(4)).toEqual(new Int16Array(0));
    ring.push(numbers(7, 9));
    expect(ring.since(0)).toEqual(numbers(7, 9));
  });

  it('wants room for something', () => {
    expect(() => new RingBuffer(0)).toThrow(RangeError);
  });
});
