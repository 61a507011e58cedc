import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FakeVoiceActivity } from '../../../src/voice-activity/testing/fakeVoiceActivity.js';
import { type DetectorPolicy, type WakeDetection, type WakeRejection, WakeWordDetector } from '../../../src/wake-word/detector.js';
import { FakeWakeWord, type FakeWakeWordScript } from '../../../src/wake-word/testing/fakeWakeWord.js';

const STEP = 1_280;
const silence = (steps: number) => new Int16Array(steps * STEP);
const sound = (steps: number) => silence(steps).fill(1_000);

const policy: DetectorPolicy = { threshold: () => 0.5, thresholdWhileSpeaking: 0.7, refractoryMs: 2000, voiceGate: 0 };

interface Setting extends FakeWakeWordScript {
  readonly policy?: Partial<DetectorPolicy>;
  readonly voice?: FakeVoiceActivity;
}

/** A detector whose engine gives these scores, a step each, and 0 afterwards. */
function detector(scores: readonly number[], { policy: own, voice, ...script }: Setting = {}) {
  const engine = new FakeWakeWord({ score: (_word, endSample) => scores[endSample / STEP - 1] ?? 0, ...script });
  const rejections: WakeRejection[] = [];
  const subject = new WakeWordDetector({
    engine,
    policy: { ...policy, ...own },
    voice,
    onRejected: (rejection) => rejections.push(rejection),
  });
  return { subject, rejections, engine };
}

const steps = (detections: readonly { endSample: number }[]) => detections.map(({ endSample }) => endSample / STEP);

describe('which scores count', () => {
  test.each<[string, number[], number[]]>([
    ['none below the threshold', [0.1, 0.45, 0.49, 0.2], []],
    ['two neighbours over it', [0, 0.6, 0.7, 0.1], [2]],
    ['one that its neighbour before supports', [0, 0.35, 0.6, 0], [3]],
    ['one that its neighbour after supports', [0, 0.1, 0.6, 0.35, 0], [3]],
    ['a flash of one step does not', [0, 0.1, 0.8, 0.1, 0], []],
    ['one that is very sure, at once', [0, 0.1, 0.95], [3]],
    ['a whole word, once', [0, 0.4, 0.9, 1, 1, 1, 0.9, 0.7, 0.4, 0.1], [3]],
  ])('%s', async (_, scores, expected) => {
    const { subject } = detector(scores);
    expect(steps(await subject.process(silence(scores.length + 2)))).toEqual(expected);
  });

  test('a flash is reported as unconfirmed', async () => {
    const { subject, rejections } = detector([0, 0.8, 0.1]);
    await subject.process(silence(4));
    expect(rejections).toEqual([{ word: 'alexa', score: 0.8, endSample: 2 * STEP, reason: 'unconfirmed' }]);
  });

  test('an engine that decides by itself needs no support', async () => {
    const { subject } = detector([0, 1, 0], { decidesItself: true, policy: { threshold: () => 1 } });
    expect(steps(await subject.process(silence(4)))).toEqual([2]);
  });

  test('while the device speaks, only a clearer score', async () => {
    const heard = [0, 0.6, 0.65, 0.6, 0];
    expect(await detector(heard).subject.process(silence(6), { speaking: true })).toEqual([]);
    expect(steps(await detector([0, 0.6, 0.75, 0.75]).subject.process(silence(6), { speaking: true }))).toEqual([3]);
  });

  test('a word of its own threshold is never made easier by the one for speaking', async () => {
    const own = { policy: { threshold: () => 0.8 } };
    expect(await detector([0.75, 0.75, 0], own).subject.process(silence(4), { speaking: true })).toEqual([]);
  });

  test('each word by its own threshold', async () => {
    const { subject } = detector([], {
      words: ['alexa', 'hey_jarvis'],
      score: (word, endSample) => (endSample > 3 * STEP ? 0 : word === 'alexa' ? 0.6 : 0.4),
      policy: { threshold: (word) => (word === 'alexa' ? 0.7 : 0.3) },
    });
    expect((await subject.process(silence(6))).map(({ word }) => word)).toEqual(['hey_jarvis']);
  });
});

describe('the refractory period', () => {
  const twice = (gap: number) => [1, 1, ...Array.from({ length: gap }, () => 0), 1, 1, 0];

  test('a second word within it does not count, and is reported once', async () => {
    const { subject, rejections } = detector(twice(20));
    expect(steps(await subject.process(silence(30)))).toEqual([1]);
    expect(rejections.map(({ reason }) => reason)).toEqual(['refractory']);
  });

  test('after it, it does', async () => {
    expect(steps(await detector(twice(25)).subject.process(silence(40)))).toEqual([1, 28]);
  });

  test('it is counted in samples of the stream, for all words together', async () => {
    const { subject } = detector([], {
      words: ['alexa', 'hey_jarvis'],
      score: (word, endSample) => (endSample === (word === 'alexa' ? STEP : 10 * STEP) ? 1 : 0),
      policy: { refractoryMs: 1000 },
    });
    expect((await subject.process(silence(40))).map(({ word }) => word)).toEqual(['alexa']);
  });
});

describe('the voice gate', () => {
  test('a score without a voice in it does not count', async () => {
    const voice = new FakeVoiceActivity();
    const { subject, rejections } = detector([...Array.from({ length: 10 }, () => 0), 1, 1, 0], { voice, policy: { voiceGate: 0.3 } });
    expect(await subject.process(silence(20))).toEqual([]);
    expect(rejections.map(({ reason }) => reason)).toEqual(['no-voice']);
  });

  test('a voice in the last second and a half is enough', async () => {
    const voice = new FakeVoiceActivity();
    const { subject } = detector([...Array.from({ length: 19 }, () => 0), 1, 1, 0], { voice, policy: { voiceGate: 0.3 } });
    await subject.process(sound(3));
    expect(steps(await subject.process(silence(20)))).toEqual([20]);
  });

  test.each([
    [0.6, 0.7, []],
    [0.6, 0.85, [11]],
    [0.95, 0.2, [11]],
    [0.95, 0.05, []],
  ])('a score of %d with a voice of %d', async (score, probability, expected) => {
    const voice = new FakeVoiceActivity({ probability: () => probability });
    const scores = [...Array.from({ length: 10 }, () => 0), score, score, 0];
    const { subject } = detector(scores, { voice, policy: { voiceGate: 0.1 } });
    const found = steps(await subject.process(silence(20)));
    expect(found).toEqual(expected);
  });

  test('it costs nothing while no score is near', async () => {
    const voice = new FakeVoiceActivity();
    const { subject } = detector([], { voice, policy: { voiceGate: 0.3 } });
    await subject.process(sound(100));
    expect(voice.heard).toBe(0);
  });

  test('0 switches it off', async () => {
    const voice = new FakeVoiceActivity();
    expect(steps(await detector([1, 1], { voice }).subject.process(silence(2)))).toEqual([1]);
    expect(voice.heard).toBe(0);
  });
});

test('it decides the same however the stream is cut into pieces', async () => {
  const score = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(score, { maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 10 }),
      async (scores, cuts) => {
        const gate = { policy: { refractoryMs: 500, voiceGate: 0.5 } };
        const stream = sound(scores.length);
        for (let at = 0; at < stream.length; at += 3 * STEP) stream.fill(0, at, at + 2 * STEP);
        const whole = detector(scores, { ...gate, voice: new FakeVoiceActivity() });
        const all = await whole.subject.process(stream);
        const pieces = detector(scores, { ...gate, voice: new FakeVoiceActivity() });
        const inPieces: WakeDetection[] = [];
        for (let at = 0, cut = 0; at < stream.length; cut++) {
          const count = cuts[cut % cuts.length] ?? 1;
          inPieces.push(...(await pieces.subject.process(stream.subarray(at, at + count))));
          at += count;
        }
        expect(inPieces).toEqual(all);
        expect(pieces.rejections).toEqual(whole.rejections);
      },
    ),
    { numRuns: 50 },
  );
});

test('after a reset it knows of nothing, and positions start again', async () => {
  const { subject } = detector([0, 1, 1, 0]);
  expect(steps(await subject.process(silence(4)))).toEqual([2]);
  subject.reset();
  expect(steps(await subject.process(silence(4)))).toEqual([2]);
});

test('closing it closes what it was given', async () => {
  const voice = new FakeVoiceActivity();
  const { subject, engine } = detector([], { voice });
  await subject.close();
  expect([engine.closed, voice.closed]).toEqual([true, true]);
});
