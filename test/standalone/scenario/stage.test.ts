import { expect, it } from 'vitest';
import { FRAME_MS, FRAME_SAMPLES } from '../../../src/audio/contract.js';
import { SoundLevel } from '../../../src/scenario/soundLevel.js';
import { Stage } from '../../../src/scenario/stage.js';

const loud = (frames: number): Int16Array => new Int16Array(frames * FRAME_SAMPLES).fill(1_000);
const peak = (frame: Int16Array): number => frame.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

/** The peaks of the frames; `before` is called before each. */
async function peaks(frames: number, parts: { background?: Int16Array; echo?: number }, before: (stage: Stage, frame: number) => void) {
  const stage: Stage = new Stage({
    goesOn: (position) => position < frames * FRAME_SAMPLES,
    background: parts.background,
    echo: parts.echo ?? 0,
    copy: undefined,
  });
  const found: number[] = [];
  before(stage, 0);
  for await (const frame of stage.frames(new AbortController().signal)) {
    expect(frame).toHaveLength(FRAME_SAMPLES);
    found.push(peak(frame));
    before(stage, found.length);
  }
  await stage.ended;
  return found.map((value) => Math.round(value / 100) * 100);
}

it('a recording is heard from the frame on at which it was asked for, over the quiet noise of a room', async () => {
  const cue = (stage: Stage, frame: number): void => {
    if (frame === 2) stage.play(loud(2));
  };
  expect(await peaks(6, {}, cue)).toEqual([0, 0, 1000, 1000, 0, 0]);
});

it('two recordings at once are mixed', async () => {
  const cue = (stage: Stage, frame: number): void => {
    if (frame < 2) stage.play(loud(2));
  };
  expect(await peaks(4, {}, cue)).toEqual([1000, 2000, 1000, 0]);
});

it('the loudspeaker comes back a frame later, softer', async () => {
  const cue = (stage: Stage, frame: number): void => {
    if (frame === 1) stage.loudspeaker(loud(1));
  };
  expect(await peaks(3, { echo: 0.5 }, cue)).toEqual([0, 500, 0]);
  expect(await peaks(3, { echo: 0 }, cue)).toEqual([0, 0, 0]);
});

it('a background goes on, again and again', async () => {
  const background = new Int16Array(2 * FRAME_SAMPLES);
  background.fill(1_000, FRAME_SAMPLES);
  expect(await peaks(5, { background }, () => {})).toEqual([0, 1000, 0, 1000, 0]);
});

it('knows a recording that still plays', () => {
  const stage = new Stage({ goesOn: () => true, background: undefined, echo: 0, copy: undefined });
  expect(stage.recordingPlays).toBe(false);
  stage.play(loud(1));
  expect(stage.recordingPlays).toBe(true);
});

it('sound begins at the first loud sample, and has ended where the last one was, not at a pause between words', () => {
  const told: [string, number][] = [];
  const level = new SoundLevel((what, at) => told.push([what, at]));
  const frames = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (const [index, isLoud] of frames.entries()) level.hear(isLoud === 1 ? loud(1) : new Int16Array(FRAME_SAMPLES), index * FRAME_MS);
  expect(told).toEqual([
    ['sound', FRAME_MS],
    ['silence', 6 * FRAME_MS],
  ]);
});

it('silence begins where the sound ended, however long an engine works before the next stretch', () => {
  const told: [string, number][] = [];
  const level = new SoundLevel((what, at) => told.push([what, at]));
  level.hear(loud(1), 1_000);
  level.hear(new Int16Array(10 * FRAME_SAMPLES), 1_500);
  expect(told).toEqual([
    ['sound', 1_000],
    ['silence', 1_000 + FRAME_MS],
  ]);
});
