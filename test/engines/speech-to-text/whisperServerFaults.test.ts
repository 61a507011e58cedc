import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readWav } from '../../../src/audio/wav/reader.js';
import { projectRoot } from '../../../src/paths.js';
import type { Language } from '../../../src/speech-to-text/contract.js';
import { whisperServerOptions } from '../../../src/speech-to-text/options.js';
import { WhisperServer } from '../../../src/speech-to-text/whisperServer.js';
import { eventually } from '../../support/eventually.js';
import { KeptLog } from '../../support/keptLog.js';
import { type ScriptedAnswer as Answer, said, scriptedWhisper } from '../../support/scriptedWhisper.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { contextWith, processesWith } from './whisperSupport.js';

const never = new AbortController().signal;
const folder = temporaryFolder();
let utterance: Int16Array;
let engine: WhisperServer | undefined;
let place = '';

beforeAll(async () => {
  utterance = await readWav(join(projectRoot, 'test/fixtures/no-wake-word.wav'));
});
afterEach(async () => {
  await engine?.close();
  expect(processesWith(place)).toEqual([]);
});

async function load(answers: readonly Answer[], more: object = {}, log = new KeptLog()): Promise<WhisperServer> {
  place = mkdtempSync(join(folder, 'server-'));
  const { program, model } = scriptedWhisper(place, answers);
  engine = await WhisperServer.load(whisperServerOptions.parse({ engine: 'whisperServer', model, ...more }), contextWith(log), program);
  return engine;
}

const hear = (languages: readonly Language[] = ['en']) => engine?.transcribe(utterance, { signal: never, languages });
const requests = (): Record<string, string>[] =>
  readFileSync(join(place, 'requests.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('whisperServer asks', () => {
  test('for as much of the encoder as the utterance needs, in the language that it is', async () => {
    await load([said(' What time is it?')]);
    const transcript = await hear();
    expect(transcript).toEqual({ text: 'What time is it?', language: 'en', confidence: expect.closeTo(0.9) });
    expect(requests()).toEqual([
      expect.objectContaining({ audio_ctx: '384', language: 'en', no_language_probabilities: 'true', response_format: 'verbose_json' }),
    ]);
  });

  test('once where the first language is the right one of two', async () => {
    await load([said(' Hello there.', { languages: { en: 0.8, ko: 0.1 } })]);
    expect(await hear(['en', 'ko'])).toMatchObject({ text: 'Hello there.', language: 'en' });
    expect(requests()).toEqual([expect.objectContaining({ language: 'en', no_language_probabilities: 'false' })]);
  });

  test('again where it is the other one', async () => {
    await load([said(' Jigeum myeot siya?', { languages: { en: 0.1, ko: 0.2, ja: 0.7 } }), said(' 지금 몇 시야?')]);
    expect(await hear(['en', 'ko'])).toMatchObject({ text: '지금 몇 시야?', language: 'ko' });
    expect(requests().map(({ language }) => language)).toEqual(['en', 'ko']);
  });

  test('not at all where there is no voice', async () => {
    await load([said(' Thank you.')]);
    const silence = new Int16Array(32_000);
    expect(await engine?.transcribe(silence, { signal: never, languages: ['ko'] })).toEqual({ text: '', language: 'ko' });
    expect(requests).toThrow();
  });
});

describe('whisperServer drops what is made up', () => {
  test.each([
    ['시청해주셔서 감사합니다.', {}],
    ['Thank you.', { noSpeech: 0.8 }],
    ['Thank you.', { confidence: 0.3 }],
    ['[BLANK_AUDIO]', {}],
  ])('%s %j', async (text, doubts) => {
    await load([said(text, doubts)]);
    expect((await hear())?.text).toBe('');
  });

  test('but not a thank-you that was said, nor anything where the profile says so', async () => {
    await load([said(' Thank you.')]);
    expect((await hear())?.text).toBe('Thank you.');
    await engine?.close();
    await load([said('Thanks for watching!')], { hallucinationFilter: false });
    expect((await hear())?.text).toBe('Thanks for watching!');
  });
});

describe('whisperServer withstands', () => {
  test.each<[string, Answer]>([
    ['garbage', { body: '<html>' }],
    ['another shape', { body: '{"error":"failed"}' }],
    ['an error', { status: 500, body: '{"error":"failed to process audio"}' }],
    ['an endless answer', 'flood'],
  ])('%s, and goes on', async (_, bad) => {
    await load([bad, said(' Yes.')]);
    await expect(hear()).rejects.toMatchObject({ code: 'whisper-failed', stage: 'speech-to-text', recoverable: true });
    expect((await hear())?.text).toBe('Yes.');
  });

  test.each<Answer>(['die', 'cut'])('a server that fails in the middle (%s): another one gets the same utterance', async (bad) => {
    await load([bad, said(' Yes.')]);
    expect((await hear())?.text).toBe('Yes.');
  });

  test('an utterance that kills every server: told after the second one', async () => {
    const log = new KeptLog();
    await load(['die', 'die', said(' Yes.')], {}, log);
    await expect(hear()).rejects.toMatchObject({ code: 'whisper-failed' });
    expect((await hear())?.text).toBe('Yes.');
    expect(log.lines).toContainEqual({ level: 'warn', fields: { deaths: 2, pauseMs: 250 }, message: expect.any(String) });
  });

  test('a server that never answers', async () => {
    await load(['hang', said(' Yes.')], { timeoutMs: 1000 });
    await expect(hear()).rejects.toMatchObject({ code: 'timed-out' });
    expect((await hear())?.text).toBe('Yes.');
  });

  test('a stop in the middle, and being closed in the middle', async () => {
    await load(['hang', said(' Yes.'), 'hang']);
    const stop = new AbortController();
    const work = engine?.transcribe(utterance, { signal: stop.signal, languages: ['en'] });
    await eventually('it was asked', () => existsSync(join(place, 'requests.jsonl')));
    stop.abort();
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
    await hear();
    const last = hear();
    await engine?.close();
    await expect(last).rejects.toMatchObject({ code: 'aborted' });
    await expect(hear()).rejects.toMatchObject({ code: 'aborted' });
  });
});
