import { expect, test } from 'vitest';
import { FakeSpeechOutput } from '../../../src/speech-output/testing/fakeSpeechOutput.js';
import { conformsToPcmSpeechOutput } from './conformance.js';

conformsToPcmSpeechOutput('the fake', {
  load: () => Promise.resolve(new FakeSpeechOutput()),
  sentences: { en: 'One two three four five.', ko: '하나 둘 셋 넷 다섯.' },
});

test('it waits where the script says so, and makes nothing after a stop', async () => {
  const output = new FakeSpeechOutput({ beforeChunk: (index) => (index === 1 ? new Promise<void>(() => {}) : Promise.resolve()) });
  const stop = new AbortController();
  const sound = output.synthesize('one two three', { language: 'en', signal: stop.signal });
  expect((await sound.next()).value?.samples.length).toBe(3_200);
  const second = sound.next();
  stop.abort();
  expect((await second).done).toBe(true);
  expect(output.running).toBe(0);
});

test('it fails where the script says so', async () => {
  const output = new FakeSpeechOutput({ failBefore: (sentence) => (sentence.startsWith('bad') ? 1 : undefined) });
  const sound = output.synthesize('bad news', { language: 'en', signal: new AbortController().signal });
  expect((await sound.next()).done).toBe(false);
  await expect(sound.next()).rejects.toMatchObject({ code: 'scripted-failure' });
  expect(output.asked).toEqual([{ sentence: 'bad news', language: 'en' }]);
});
