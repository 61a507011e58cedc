import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readWav } from '../../../src/audio/wav/reader.js';
import { projectRoot } from '../../../src/paths.js';
import { voiceActivityOptions } from '../../../src/voice-activity/options.js';
import { createWakeWord } from '../../../src/wake-word/create.js';
import { wakeWordOptions } from '../../../src/wake-word/options.js';
import { Porcupine } from '../../../src/wake-word/porcupine.js';
import { startError } from '../../../src/wake-word/porcupineErrors.js';
import { KeptLog } from '../../support/keptLog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { conformsToWakeWord } from './conformance.js';

const folder = temporaryFolder();
const fixture = (name: string) => readWav(join(projectRoot, 'test', 'fixtures', `${name}.wav`));
const realKey = process.env.PICOVOICE_ACCESS_KEY;
const WRONG_KEY = 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldC1zZWNyZXQ=';
const context = (key: string | undefined) => ({ modelFile: async (path: string) => path, secret: async () => key });
const load = (keywords: readonly string[], key: string | undefined) =>
  Porcupine.load({ keywords: [...keywords], sensitivity: 0.5 }, context(key));

describe('what keeps Porcupine from starting', () => {
  test.each([undefined, '', '  '])('no key (%j)', async (key) => {
    await expect(load(['alexa'], key)).rejects.toMatchObject({ code: 'porcupine-key-missing', stage: 'wake-word' });
  });

  test.each(['wrong', WRONG_KEY, 'ключ'])('a key that Picovoice does not know (%s), and it is shown nowhere', async (key) => {
    const error: unknown = await load(['alexa'], key).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'porcupine-key-rejected', remedy: expect.stringContaining('PICOVOICE_ACCESS_KEY') });
    if (key === WRONG_KEY)
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).cause)).not.toContain(key);
  });

  test('a keyword that is not there', async () => {
    await expect(load(['alexander'], WRONG_KEY)).rejects.toMatchObject({
      code: 'porcupine-keyword-unknown',
      remedy: expect.stringContaining('jarvis'),
    });
  });

  test('a keyword file that is something else', async () => {
    const file = join(folder, 'mine.ppn');
    await writeFile(file, 'not a keyword');
    await expect(load([file], WRONG_KEY)).rejects.toMatchObject({ code: 'porcupine-keyword-unsuitable' });
  });

  test('every kind of error that Picovoice has gets its own words', async () => {
    const { PorcupineErrors } = await import('@picovoice/porcupine-node');
    const code = (make: new (message: string) => Error, message = 'x') => startError(new make(message)).code;
    expect(code(PorcupineErrors.PorcupineKeyError)).toBe('porcupine-key-rejected');
    expect(code(PorcupineErrors.PorcupineActivationRefusedError)).toBe('porcupine-key-rejected');
    expect(code(PorcupineErrors.PorcupineActivationError)).toBe('porcupine-not-activated');
    expect(code(PorcupineErrors.PorcupineActivationLimitReachedError)).toBe('porcupine-limit-reached');
    expect(code(PorcupineErrors.PorcupineActivationThrottledError)).toBe('porcupine-throttled');
    expect(code(PorcupineErrors.PorcupineRuntimeError, "Unsupported CPU: '0xd0c'")).toBe('porcupine-machine-unsupported');
    expect(code(PorcupineErrors.PorcupineRuntimeError)).toBe('porcupine-failed');
    expect(startError('System linux/riscv64 is not supported by this library.').code).toBe('porcupine-machine-unsupported');
  });
});

describe('the second choice', () => {
  const options = wakeWordOptions.parse({
    engine: 'porcupine',
    keywords: ['jarvis'],
    secondChoice: { engine: 'openWakeWord', words: ['alexa'] },
  });
  const create = (log: KeptLog) =>
    createWakeWord(options, voiceActivityOptions.parse(undefined), { ...context(WRONG_KEY), log, cacheFolder: folder });

  test('hears its own word, and says why it is there', async () => {
    const log = new KeptLog();
    const detector = await create(log);
    expect(detector?.words).toEqual(['alexa']);
    expect(detector?.notice).toMatchObject({ code: 'porcupine-key-rejected', message: expect.stringContaining('alexa, by openWakeWord') });
    expect((await detector?.process(await fixture('wake-word-and-silence')))?.map(({ word }) => word)).toEqual(['alexa']);
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(JSON.stringify(log.lines)).not.toContain(WRONG_KEY);
    await detector?.close();
  });
});

if (realKey === undefined) {
  test.skip('Porcupine with a real key: skipped, PICOVOICE_ACCESS_KEY is not set', () => {});
} else {
  const [sound, other] = [await fixture('wake-word-and-silence'), await fixture('no-wake-word')];
  conformsToWakeWord('Porcupine', { load: () => load(['alexa'], realKey), sound, word: 'alexa', wordEndSample: 15_000, other });
}
