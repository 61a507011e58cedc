import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readWav } from '../../../src/audio/wav/reader.js';
import { runCommandLine } from '../../../src/cli/commandLine.js';
import { projectRoot } from '../../../src/paths.js';
import { evaluateSpeech, figuresOf } from '../../../src/speech-to-text/evaluate.js';
import { Pocketsphinx } from '../../../src/speech-to-text/pocketsphinx.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { KeptLog } from '../../support/keptLog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { conformsToSpeechToText } from './conformance.js';
import { missingPocketsphinx, missingTestData, testRecordings } from './testData.js';

const folder = temporaryFolder();
const never = new AbortController().signal;
/** "What is the capital of France?" */
const QUESTION = join(projectRoot, 'test/fixtures/no-wake-word.wav');
const question = readFixture();

function load(phrases?: string, log = new KeptLog()): Promise<Pocketsphinx> {
  const context = { log, modelFile: async (path: string) => join(folder, path), secret: async () => undefined, cacheFolder: folder };
  return Pocketsphinx.load({ engine: 'pocketsphinx', ...(phrases === undefined ? {} : { phrases }) }, context);
}

const missing = missingPocketsphinx();
const why = missing === undefined ? '' : ` (skipped: ${missing})`;
const noData = missing ?? missingTestData();
const whyNoData = noData === undefined ? '' : ` (skipped: ${noData})`;

describe.skipIf(missing !== undefined)(`PocketSphinx${why}`, () => {
  const log = new KeptLog();
  let expecting: Pocketsphinx;
  beforeAll(async () => {
    writeFileSync(
      join(folder, 'few.yaml'),
      'pronunciations: { zork: Z AO R K }\nsentences: [what is the capital of france, open the zork, who is qwzzt]\n',
    );
    expecting = await load('few.yaml', log);
  });
  afterAll(() => expecting.close());
  const hear = (samples: Int16Array) => expecting.transcribe(samples, { signal: never, languages: ['en'] });

  test('a sentence that is expected is heard word by word', async () => {
    expect(await hear(question)).toEqual({ text: 'what is the capital of france', language: 'en' });
  });

  test('a sentence that is not expected is still taken as general English', async () => {
    expect((await hear(await readWav(join(projectRoot, 'test/fixtures/legs-spider-breath.wav')))).text).toContain('spider have');
  });

  test('words without a pronunciation are named in the log', () => {
    expect(log.lines).toEqual([{ level: 'warn', fields: { unknown: ['qwzzt'] }, message: expect.any(String) }]);
  });

  test('a recogniser that was killed is started again for the next utterance', async () => {
    const before = recognisers();
    for (const { id } of before) process.kill(id, 'SIGKILL');
    expect(before).toHaveLength(1);
    expect((await hear(question)).text).toBe('what is the capital of france');
    expect(recognisers()).toHaveLength(1);
  });

  test('a recogniser that is killed again and again is an error with a remedy, and the device goes on', async () => {
    const work = hear(new Int16Array(4 * 60 * 16_000).map((_, index) => question[index % question.length] ?? 0));
    const outcome = expect(work).rejects.toMatchObject({
      code: 'pocketsphinx-died',
      recoverable: true,
      remedy: expect.stringContaining('apt-get'),
    });
    const [first] = recognisers();
    if (first === undefined) throw new Error('no recogniser runs');
    process.kill(first.id, 'SIGKILL');
    const second = await eventually('the recogniser is started again', () => recognisers().find(({ id }) => id !== first.id), 20_000);
    process.kill(second.id, 'SIGKILL');
    await outcome;
    expect((await hear(question)).text).toBe('what is the capital of france');
  }, 120_000);

  test('a recording that is too long is refused in a sentence', async () => {
    await expect(hear(new Int16Array(6 * 60 * 16_000))).rejects.toMatchObject({ code: 'utterance-too-long' });
  });

  conformsToSpeechToText('PocketSphinx', {
    load: () => load(),
    languages: ['en'],
    utterance: question,
    words: ['what', 'is', 'the', 'capital'],
    takesTime: true,
  });

  test('`tandem evaluate speech` prints the figures of a manifest', async () => {
    const manifest = join(folder, 'manifest.jsonl');
    writeFileSync(manifest, `${JSON.stringify({ file: QUESTION, text: 'What is the capital of France?' })}\n`);
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    expect(await runCommandLine(['node', 'tandem', 'evaluate', 'speech', manifest, '--json'])).toBe(0);
    const figures = { utterances: 1, words: 6, wordErrorRate: 0, realTimeFactor: expect.any(Number) };
    expect(JSON.parse(String(printed.mock.calls[0]?.[0]))).toEqual(figures);
    printed.mockRestore();
  }, 120_000);
});

describe.skipIf(noData !== undefined)(`PocketSphinx on Debian's recordings of people${whyNoData}`, () => {
  let engine: Pocketsphinx;
  beforeAll(async () => {
    writeFileSync(join(folder, 'starter.yaml'), readFileSync(join(projectRoot, 'device-profiles/starter/phrases.yaml')));
    engine = await load('starter.yaml');
  });
  afterAll(() => engine.close());

  test('general speech is not bent into the sentences that the starter profile expects', async () => {
    const cards = testRecordings().slice(0, 5);
    const { utterances, wordErrorRate } = figuresOf(await evaluateSpeech(engine, cards, never));
    expect(utterances).toBe(5);
    expect(wordErrorRate).toBeLessThan(0.2);
  }, 120_000);
});

function recognisers() {
  return childProcesses().filter(({ name }) => name.startsWith('python3'));
}

/** Synchronous, for the suite that is registered before any test runs: the fixture is a plain 16 kHz mono 16-bit file. */
function readFixture(): Int16Array {
  const bytes = readFileSync(QUESTION);
  const data = bytes.indexOf('data', 12, 'latin1') + 8;
  const end = data + 2 * Math.floor((bytes.length - data) / 2);
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset + data, bytes.byteOffset + end));
}
