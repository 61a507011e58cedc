import { expect, test } from 'vitest';
import { FakeSpeechToText } from '../../../src/speech-to-text/testing/fakeSpeechToText.js';
import { conformsToSpeechToText } from './conformance.js';

const never = new AbortController().signal;
const loud = (samples: Int16Array) => samples.some((sample) => sample !== 0);

conformsToSpeechToText('the fake', {
  load: () => Promise.resolve(new FakeSpeechToText({ heard: (samples) => (loud(samples) ? 'what time is it' : '') })),
  languages: ['en', 'ko'],
  utterance: new Int16Array(16_000).fill(1_000),
  words: ['what', 'time', 'is', 'it'],
  takesTime: false,
});

test('it gives its answers in order, then nothing', async () => {
  const engine = new FakeSpeechToText({ heard: ['one', { text: '둘', language: 'ko', confidence: 0.5 }] });
  const transcribe = () => engine.transcribe(new Int16Array(160), { signal: never, languages: ['en', 'ko'] });
  expect(await transcribe()).toEqual({ text: 'one', language: 'en' });
  expect(await transcribe()).toEqual({ text: '둘', language: 'ko', confidence: 0.5 });
  expect(await transcribe()).toEqual({ text: '', language: 'en' });
  expect(engine.utterances).toHaveLength(3);
});

test('it waits where the script says so; a stop does not wait for it', async () => {
  const engine = new FakeSpeechToText({ beforeAnswer: () => new Promise<void>(() => {}) });
  const stop = new AbortController();
  const work = engine.transcribe(new Int16Array(160), { signal: stop.signal, languages: ['en'] });
  stop.abort();
  await expect(work).rejects.toMatchObject({ code: 'aborted' });
});

test('it fails where the script says so', async () => {
  const engine = new FakeSpeechToText({ heard: ['first', 'second'], failAt: (index) => index === 0 });
  const transcribe = () => engine.transcribe(new Int16Array(160), { signal: never, languages: ['en'] });
  await expect(transcribe()).rejects.toMatchObject({ code: 'scripted-failure', stage: 'speech-to-text' });
  expect((await transcribe()).text).toBe('second');
});
