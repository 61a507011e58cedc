import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FRAME_MS, FRAME_SAMPLES } from '../../../src/audio/contract.js';
import { FileSource, type FileSourceOptions } from '../../../src/audio/fileSource.js';
import { concatenate } from '../../../src/audio/pcm.js';
import { writeWav } from '../../../src/audio/wav/writer.js';
import { eventually } from '../../support/eventually.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { tone } from '../../support/tone.js';

const folder = temporaryFolder();
const path = join(folder, 'tone.wav');
const sound = tone(500, 1_030);
await writeWav(path, sound);

async function heard(options: FileSourceOptions): Promise<Int16Array[]> {
  const source = await FileSource.load(path, options);
  const frames: Int16Array[] = [];
  for await (const frame of source.frames(new AbortController().signal)) frames.push(frame);
  await source.close();
  return frames;
}

afterEach(() => vi.useRealTimers());

describe('file source', () => {
  it('gives the file in frames, the last one filled up with silence', async () => {
    const frames = await heard({ pace: 'fast' });
    expect(frames.every((frame) => frame.length === FRAME_SAMPLES)).toBe(true);
    expect(frames.length).toBe(Math.ceil(sound.length / FRAME_SAMPLES));
    expect(concatenate(frames).subarray(0, sound.length)).toEqual(sound);
    expect(
      concatenate(frames)
        .subarray(sound.length)
        .every((sample) => sample === 0),
    ).toBe(true);
  });

  it('goes on with silence as long as it is wanted', async () => {
    let asked = 0;
    const frames = await heard({ pace: 'fast', moreSilence: () => ++asked <= 30 });
    const inFile = Math.ceil(sound.length / FRAME_SAMPLES);
    expect(frames.length).toBe(inFile + 30);
    expect(concatenate(frames.slice(inFile)).every((sample) => sample === 0)).toBe(true);
  });

  it('gives each frame when a microphone would have, without drifting, and catches up after a wait', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const source = await FileSource.load(path, { pace: 'real-time', moreSilence: () => true });
    const stop = new AbortController();
    const start = performance.now();
    const times: number[] = [];
    const listening = (async () => {
      for await (const _ of source.frames(stop.signal)) times.push(performance.now() - start);
    })();
    // Timers that are 3.3 ms late each time and once a whole second, and a wall clock that is set back.
    for (let step = 0; step < 300; step++) {
      if (step === 200) vi.setSystemTime(0);
      await vi.advanceTimersByTimeAsync(step === 200 ? 1_000 : 43.3);
      await new Promise((resolve) => setImmediate(resolve));
    }
    stop.abort();
    await listening;
    const elapsed = 299 * 43.3 + 1_000;
    expect(times.length).toBeGreaterThan(elapsed / FRAME_MS - 3);
    expect(times.length).toBeLessThanOrEqual(elapsed / FRAME_MS);
    for (const [at, time] of times.entries()) expect(time).toBeGreaterThanOrEqual((at + 1) * FRAME_MS - 1);
    await source.close();
  });

  it.each(['fast', 'real-time'] as const)('ends at once when it is stopped (%s)', async (pace) => {
    const source = await FileSource.load(path, { pace, moreSilence: () => true });
    const stop = new AbortController();
    let frames = 0;
    const listening = (async () => {
      for await (const _ of source.frames(stop.signal)) frames++;
    })();
    await eventually('two frames', () => frames >= 2);
    stop.abort();
    await listening;
    const then = frames;
    await source.close();
    expect(frames).toBe(then);
  });

  it('refuses a file that is no good before anything is heard', async () => {
    await expect(FileSource.load(join(folder, 'none.wav'), { pace: 'fast' })).rejects.toMatchObject({ code: 'wav-missing' });
  });
});
