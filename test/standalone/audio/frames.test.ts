import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../../src/audio/contract.js';
import { FrameQueue } from '../../../src/audio/frameQueue.js';
import { Framer } from '../../../src/audio/framer.js';
import { concatenate } from '../../../src/audio/pcm.js';
import { sameSamples } from '../../support/tone.js';

describe('framer', () => {
  it('gives the same frames however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 12 }), (lengths) => {
        const total = lengths.reduce((sum, length) => sum + length, 0);
        const stream = Int16Array.from({ length: total }, (_, at) => at % 30_011);
        const framer = new Framer();
        const frames: Int16Array[] = [];
        let at = 0;
        for (const length of lengths) {
          frames.push(...framer.push(stream.subarray(at, at + length)));
          at += length;
        }
        const last = framer.flush();
        if (last !== undefined) frames.push(last);
        expect(frames.length).toBe(Math.ceil(total / FRAME_SAMPLES));
        const padded = new Int16Array(frames.length * FRAME_SAMPLES);
        padded.set(stream);
        expect(sameSamples(concatenate(frames), padded)).toBe(true);
        expect(framer.flush()).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });
});

const frame = (value: number) => new Int16Array(FRAME_SAMPLES).fill(value);

async function values(queue: FrameQueue): Promise<number[]> {
  const seen: number[] = [];
  for await (const each of queue.frames()) seen.push(each[0] ?? Number.NaN);
  return seen;
}

describe('frame queue', () => {
  it('hands frames on as they come, to one who waits too', async () => {
    const queue = new FrameQueue();
    queue.push(frame(1));
    const frames = queue.frames();
    expect((await frames.next()).value).toEqual(frame(1));
    const waiting = frames.next();
    queue.push(frame(2));
    expect((await waiting).value).toEqual(frame(2));
    const last = frames.next();
    queue.end();
    expect((await last).done).toBe(true);
  });

  it('keeps the newest two seconds, and counts what it drops', async () => {
    const queue = new FrameQueue();
    for (let number = 0; number < 1_000; number++) queue.push(frame(number));
    expect(queue.droppedSamples).toBe(950 * FRAME_SAMPLES);
    queue.end(new Error('gone'));
    const seen: number[] = [];
    await expect(
      (async () => {
        for await (const each of queue.frames()) seen.push(each[0] ?? Number.NaN);
      })(),
    ).rejects.toThrow('gone');
    expect(seen).toEqual(Array.from({ length: 50 }, (_, at) => 950 + at));
  });

  it('is empty after it was ended on purpose, and takes no more', async () => {
    const queue = new FrameQueue();
    queue.push(frame(1));
    queue.end();
    queue.end(new Error('too late'));
    queue.push(frame(2));
    expect(await values(queue)).toEqual([]);
  });
});
