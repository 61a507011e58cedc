import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { msToSamples } from '../../../src/audio/contract.js';
import { toBytes } from '../../../src/audio/pcm.js';
import { Capture, type CaptureStart } from '../../../src/voice-activity/capture.js';
import { endpointingOptions } from '../../../src/voice-activity/options.js';
import { FakeVoiceActivity } from '../../../src/voice-activity/testing/fakeVoiceActivity.js';

/** Sound whose every sample in `spoken` (ms) is its own number from 1 on, so that a lost or doubled one shows; else 0. */
function soundOf(lengthMs: number, ...spoken: readonly (readonly [number, number])[]): Int16Array {
  const sound = new Int16Array(msToSamples(lengthMs));
  for (const [from, to] of spoken) for (let at = msToSamples(from); at < msToSamples(to); at++) sound[at] = (at % 30_000) + 1;
  return sound;
}

/** Quicker than `toEqual`, sample by sample. */
function expectSame(samples: Int16Array, others: Int16Array): void {
  expect(Buffer.compare(toBytes(samples), toBytes(others))).toBe(0);
}

function capture(options: object = {}, start: Partial<CaptureStart> = {}): Capture {
  const endpointing = endpointingOptions.parse(options);
  return new Capture({
    voice: new FakeVoiceActivity(),
    endpointing,
    threshold: 0.5,
    fromSample: 0,
    firstSample: 0,
    afterWakeWord: false,
    ...start,
  });
}

describe('the samples of an utterance', () => {
  test('are those of the stream, with pre-roll and a little after', async () => {
    const sound = soundOf(4000, [1000, 2000]);
    const subject = capture();
    const events = await subject.feed(sound);
    expect(events.map(({ kind }) => kind)).toEqual(['speech-start', 'speech-end']);
    const { samples, fromSample, toSample } = subject.utterance();
    expectSame(samples, sound.slice(fromSample, toSample));
    expect(fromSample).toBeLessThanOrEqual(msToSamples(700));
    expect(toSample).toBeGreaterThanOrEqual(msToSamples(2180));
  });

  test('keep their place in a stream that began long before', async () => {
    const sound = soundOf(5000, [0, 2000]);
    const firstSample = 1_000_000;
    const fromSample = firstSample + msToSamples(500);
    const subject = capture({}, { firstSample, fromSample, afterWakeWord: true });
    const [start] = await subject.feed(sound);
    expect(start).toEqual({ kind: 'speech-start', sample: fromSample });
    const utterance = subject.utterance();
    expect(utterance.fromSample).toBe(fromSample);
    expectSame(utterance.samples, sound.slice(fromSample - firstSample, utterance.toSample - firstSample));
    expect(subject.position).toBe(firstSample + sound.length);
  });

  test('are the same at any chunk size', async () => {
    const sound = soundOf(3500, [400, 600], [1000, 2200]);
    const whole = capture();
    const events = await whole.feed(sound);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1 }), async (cuts) => {
        const pieces = capture();
        const inPieces = [];
        for (let at = 0, cut = 0; at < sound.length; cut++) {
          const count = cuts[cut % cuts.length] ?? 1;
          inPieces.push(...(await pieces.feed(sound.subarray(at, at + count))));
          at += count;
        }
        expect(inPieces).toEqual(events);
        expectSame(pieces.utterance().samples, whole.utterance().samples);
        expect(pieces.utterance().fromSample).toBe(whole.utterance().fromSample);
      }),
      { numRuns: 20 },
    );
  });

  test('go on after a pause when it is extended', async () => {
    const sound = soundOf(6000, [500, 1500], [2600, 3600]);
    const subject = capture();
    await subject.feed(sound.subarray(0, msToSamples(2300)));
    expect(subject.state).toBe('done');
    subject.extend();
    await subject.feed(sound.subarray(msToSamples(2300)));
    const { samples, fromSample, toSample } = subject.utterance();
    expectSame(samples, sound.slice(fromSample, toSample));
    expect(toSample).toBeGreaterThan(msToSamples(3600));
  });
});

describe('memory', () => {
  test('of a minute of silence nothing but the pre-roll is kept', async () => {
    const subject = capture({ nothingSaidMs: 60_000 });
    const minute = new Int16Array(msToSamples(59_000));
    await subject.feed(minute);
    expect(subject.utterance().samples.length).toBeLessThanOrEqual(msToSamples(400));
    expect(subject.kept).toBeLessThan(msToSamples(600));
  });

  test('60 s of talk give the longest utterance, and no more is kept', async () => {
    const sound = soundOf(60_000, [0, 60_000]);
    const subject = capture({ maxMs: 5000 });
    const events = await subject.feed(sound);
    expect(events.at(-1)?.kind).toBe('too-long');
    const { samples } = subject.utterance();
    expect(samples.length).toBeGreaterThan(msToSamples(4900));
    expect(samples.length).toBeLessThan(msToSamples(5100));
    expect(subject.kept).toBeLessThan(msToSamples(11_000));
  });
});
