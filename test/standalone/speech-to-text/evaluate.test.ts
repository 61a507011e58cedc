import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/contract.js';
import { writeWav } from '../../../src/audio/wav/writer.js';
import { evaluateSpeech, figuresOf, wordErrors } from '../../../src/speech-to-text/evaluate.js';
import { readManifest } from '../../../src/speech-to-text/manifest.js';
import { FakeSpeechToText } from '../../../src/speech-to-text/testing/fakeSpeechToText.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const folder = temporaryFolder();
const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 });

describe('word errors', () => {
  test.each([
    ['', '', 0],
    ['', 'a b', 2],
    ['a b', '', 2],
    ['ten of clubs', 'ten of clubs', 0],
    ['four queen of clubs', 'for queen of clubs', 1],
    ['a b c d', 'b c d', 1],
    ['a b c d', 'a b x c d', 1],
    ['a b c', 'c a b', 2],
    ['what is the time', 'what is that', 2],
  ])('%j heard as %j: %i', (said, heard, errors) => {
    const split = (text: string) => text.split(' ').filter((word) => word !== '');
    expect(wordErrors(split(said), split(heard))).toBe(errors);
  });

  test('are a distance: none to itself, the same both ways, never longer by a detour, at most the longer one', () => {
    fc.assert(
      fc.property(words, words, words, (a, b, c) => {
        expect(wordErrors(a, a)).toBe(0);
        expect(wordErrors(a, b)).toBe(wordErrors(b, a));
        expect(wordErrors(a, c)).toBeLessThanOrEqual(wordErrors(a, b) + wordErrors(b, c));
        expect(wordErrors(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(wordErrors(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

test('the figures count words over all recordings, whatever way numbers and marks are written', async () => {
  const file = join(folder, 'second.wav');
  await writeWav(file, new Int16Array(SAMPLE_RATE).fill(1_000));
  const recordings = [
    { file, text: 'It is 7:30.', language: 'en' },
    { file, text: 'What’s the time?', language: 'en' },
  ] as const;
  const engine = new FakeSpeechToText({ heard: ['it is seven thirty', 'what the time'] });
  const seen: string[] = [];
  const judged = await evaluateSpeech(engine, recordings, new AbortController().signal, ({ heard }) => seen.push(heard));
  expect(judged.map(({ words: said, errors }) => [said, errors])).toEqual([
    [4, 0],
    [3, 1],
  ]);
  expect(seen).toEqual(['it is seven thirty', 'what the time']);
  expect(figuresOf(judged)).toMatchObject({ utterances: 2, words: 7, wordErrorRate: 1 / 7 });
  expect(judged[0]?.audioMs).toBe(1000);
});

test('an engine that fails ends the evaluation', async () => {
  const file = join(folder, 'fails.wav');
  await writeWav(file, new Int16Array(SAMPLE_RATE));
  const engine = new FakeSpeechToText({ failAt: () => true });
  const work = evaluateSpeech(engine, [{ file, text: 'a', language: 'en' }], new AbortController().signal);
  await expect(work).rejects.toMatchObject({ code: 'scripted-failure' });
});

describe('a manifest', () => {
  test('has its files beside it, and the language of the profile where a line says none', async () => {
    await writeWav(join(folder, 'one.wav'), new Int16Array(160));
    const manifest = join(folder, 'good.jsonl');
    writeFileSync(manifest, '\ufeff{"file": "one.wav", "text": "hello"}\r\n\r\n{"file": "one.wav", "text": "안녕", "language": "ko"}\r\n');
    expect(await readManifest(manifest, 'en')).toEqual([
      { file: join(folder, 'one.wav'), text: 'hello', language: 'en' },
      { file: join(folder, 'one.wav'), text: '안녕', language: 'ko' },
    ]);
  });

  test('names every line with a mistake at once', async () => {
    const manifest = join(folder, 'bad.jsonl');
    const lines = [
      '{"file": "one.wav", "text": "fine"}',
      'not json',
      '{"file": "nowhere.wav", "text": "hello"}',
      '{"text": "hello"}',
      '{"file": "one.wav", "text": "?!"}',
      '{"file": ".", "text": "hello"}',
      '{"file": "one.wav", "text": "hello", "language": "fr"}',
      '[]',
    ];
    writeFileSync(manifest, lines.join('\n'));
    const error = await readManifest(manifest, 'en').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'usage' });
    const { message } = error as Error;
    expect(message).toContain('7 mistakes');
    for (const line of [2, 3, 4, 5, 6, 7, 8]) expect(message).toMatch(new RegExp(`^ {2}line ${line}: `, 'm'));
    expect(message).not.toContain('line 1:');
    expect(message).toContain('nowhere.wav is not there');
  });

  test.each([
    ['that is not there', undefined],
    ['that is empty', ''],
    ['of blank lines', '\n \n'],
  ])('%s is a wrong use, said in a sentence', async (_, text) => {
    const manifest = join(folder, `manifest-${String(text?.length)}.jsonl`);
    if (text !== undefined) writeFileSync(manifest, text);
    await expect(readManifest(manifest, 'en')).rejects.toMatchObject({ code: 'usage', remedy: expect.stringContaining('"file"') });
  });
});
