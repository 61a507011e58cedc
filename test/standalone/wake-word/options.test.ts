import { expect, test } from 'vitest';
import { z } from 'zod';
import { wakeWordOptions } from '../../../src/wake-word/options.js';

test('with nothing written, openWakeWord listens for "alexa"', () => {
  expect(wakeWordOptions.parse(undefined)).toMatchObject({ engine: 'openWakeWord', words: ['alexa'], threshold: 0.5, refractoryMs: 2000 });
});

test('Porcupine has a second choice without being asked', () => {
  expect(wakeWordOptions.parse({ engine: 'porcupine', keywords: ['jarvis'] })).toMatchObject({
    keywords: ['jarvis'],
    secondChoice: { engine: 'openWakeWord', words: ['alexa'] },
  });
});

test("words built in and of one's own, several at once", () => {
  const words = ['hey_jarvis', { word: 'alexa', threshold: 0.6 }, { word: 'computer', model: 'computer.onnx' }];
  expect(wakeWordOptions.parse({ engine: 'openWakeWord', words })).toMatchObject({ words });
});

test.each([
  ['a word that is not there', { words: ['alexander'] }, 'no such built-in word; there are alexa'],
  ["a word of one's own without a model", { words: [{ word: 'computer' }] }, 'needs "model:"'],
  ['a word twice', { words: ['alexa', { word: 'alexa', threshold: 0.6 }] }, 'listed twice'],
  ['no words', { words: [] }, '>=1'],
  ['a threshold above 1', { threshold: 1.5 }, '<=1'],
  ['a key that is not known', { treshold: 0.4 }, 'Unrecognized key: "treshold"'],
])('%s is a mistake that says so', (_, section, words) => {
  const result = wakeWordOptions.safeParse({ engine: 'openWakeWord', ...section });
  expect(result.success ? '' : z.prettifyError(result.error)).toContain(words);
});

test('the schema can be written for editors', () => {
  expect(JSON.stringify(z.toJSONSchema(wakeWordOptions, { io: 'input' }))).toContain('hey_mycroft');
});
