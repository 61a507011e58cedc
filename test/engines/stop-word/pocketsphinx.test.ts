import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { speak } from '../../../scripts/fixtures/voices.js';
import { concatenate } from '../../../src/audio/pcm.js';
import { readWav } from '../../../src/audio/wav/reader.js';
import { projectRoot } from '../../../src/paths.js';
import { PocketsphinxStopWord } from '../../../src/stop-word/pocketsphinx.js';
import { childProcesses, descendants } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { missingPocketsphinx } from '../speech-to-text/testData.js';
import { conformsToWakeWord } from '../wake-word/conformance.js';

const missing = missingPocketsphinx();
const man = { program: 'festival', voice: 'voice_kal_diphone', stretch: 1.1 } as const;
const quiet = new Int16Array(16_000).map((_, at) => ((at * 7919) % 41) - 20);

describe.skipIf(missing !== undefined)(`stop words${missing === undefined ? '' : ` (skipped: ${missing})`}`, async () => {
  const said = await speak('be quiet', man);
  conformsToWakeWord('PocketSphinx', {
    load: () => PocketsphinxStopWord.load({ words: ['be quiet'] }, ['en']),
    sound: concatenate([quiet, said, quiet]),
    word: 'be quiet',
    wordEndSample: quiet.length + said.length,
    other: await readWav(join(projectRoot, 'test', 'fixtures', 'no-wake-word.wav')),
  });

  test('are those of the languages of the profile, unless it names them', async () => {
    const words = async (...args: Parameters<typeof PocketsphinxStopWord.load>) => {
      const engine = await PocketsphinxStopWord.load(...args);
      await engine.close();
      return engine.capabilities.words;
    };
    expect(await words({}, ['en'])).toEqual(['stop', 'stop it', 'be quiet', 'shut up', 'cancel', 'enough']);
    expect(await words({}, ['ko'])).toEqual(['그만', '멈춰', '조용히 해']);
    expect(await words({ words: ['그만', { word: 'basta', phones: 'B AA S T AA' }] }, ['en'])).toEqual(['그만', 'basta']);
    await expect(words({ words: ['basta'] }, ['en'])).rejects.toMatchObject({ code: 'usage', remedy: expect.stringContaining('be quiet') });
  });

  test('"그만" is heard as an English ear hears it', async () => {
    const engine = await PocketsphinxStopWord.load({}, ['ko']);
    const voice = { program: 'espeak-ng', voice: 'ko', speed: 150 } as const;
    const found = await engine.process(concatenate([quiet, await speak('그만', voice), quiet]));
    expect(found.map(({ word }) => word)).toEqual(['그만']);
    await engine.close();
  });

  test('the device is told where its own voice sounds like one', async () => {
    const engine = await PocketsphinxStopWord.load({}, ['en']);
    const own = concatenate([await speak('say', man), await speak('stop it', man), quiet]);
    const places = await engine.like(own);
    expect(places.length).toBeGreaterThan(0);
    expect(await engine.like(await speak('the moon', man))).toEqual([]);
    // Beside it, what is heard is heard as ever.
    expect((await engine.process(concatenate([quiet, said, quiet]))).length).toBe(1);
    await engine.close();
  });

  test('a process that died is started again', async () => {
    const engine = await PocketsphinxStopWord.load({}, ['en']);
    const before = childProcesses().map(({ id }) => id);
    for (const id of before) process.kill(id, 'SIGKILL');
    expect(await engine.process(concatenate([quiet, said, quiet]))).toEqual([]);
    await eventually('it hears again', async () => {
      engine.reset();
      return (await engine.process(concatenate([quiet, said, quiet]))).length === 1;
    });
    expect(childProcesses().map(({ id }) => id)).not.toEqual(before);
    await engine.close();
  });

  test('one that hangs keeps nobody waiting for long, and is replaced', async () => {
    const engine = await PocketsphinxStopWord.load({}, ['en']);
    // The process that was started has another one that hears.
    await eventually('it hears', () => descendants().length === 2);
    const before = descendants().map(({ id }) => id);
    for (const id of before) process.kill(id, 'SIGSTOP');
    expect(await engine.process(concatenate([quiet, said, quiet]))).toEqual([]);
    await eventually('it hears again', async () => {
      engine.reset();
      return (await engine.process(concatenate([quiet, said, quiet]))).length === 1;
    });
    expect(descendants().filter(({ id }) => before.includes(id))).toEqual([]);
    await engine.close();
  });

  test('nothing runs on after it is closed', async () => {
    const engine = await PocketsphinxStopWord.load({}, ['en']);
    expect(childProcesses().length).toBeGreaterThan(0);
    await engine.close();
    await eventually('none is left', () => descendants().length === 0);
    expect(await engine.process(quiet)).toEqual([]);
  });
});
