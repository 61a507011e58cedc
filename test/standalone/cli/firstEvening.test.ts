import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePort } from '../../../src/freePort.js';
import { projectRoot } from '../../../src/paths.js';
import { tandem } from '../../support/commandLine.js';
import { tinyStandIn } from '../../support/standInModel.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { useModelsFolder } from '../models/setting.js';

/** `tandem talk` as a script calls it: no terminal, no network, one question. */

// Each starts a whole device; how long that takes is a question for benchmarks.
vi.setConfig({ testTimeout: 120_000 });
const place = useModelsFolder();
const folder = temporaryFolder();
const events = join(folder, 'events.jsonl');

beforeEach(async () => {
  vi.stubEnv('TANDEM_MODELS_MIRROR', `http://127.0.0.1:${await freePort()}`);
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from(['What is the capital of France?\n']) as typeof process.stdin);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const ANSWER = 'The capital of France is Paris.\n';

async function remember(answer: 'yes' | 'no', profile?: string): Promise<void> {
  const data = join(place.data, 'tandem');
  await mkdir(data, { recursive: true });
  await writeFile(join(data, 'recommended-profile.json'), JSON.stringify({ answer }));
  if (profile !== undefined) await writeFile(join(data, 'accepted-profile.yaml'), profile);
}

const REAL = async () =>
  `name: Real\nspeechToText: {engine: pocketsphinx}\nlanguageModel: {engine: exaone, model: ${await tinyStandIn(folder)}, threads: 1}\n`;

describe('without a terminal', () => {
  test('talk --text prints nothing but answers, and remembers nothing', async () => {
    expect(await tandem('talk', '--text')).toEqual({ code: 0, out: ANSWER, err: '' });
    expect(await readdir(join(place.data, 'tandem'))).not.toContain('recommended-profile.json');
  });

  test('nor does it where no was said', async () => {
    await remember('no');
    expect(await tandem('talk', '--text')).toEqual({ code: 0, out: ANSWER, err: '' });
  });

  test('--yes without network is one line', async () => {
    const { code, out, err } = await tandem('talk', '--text', '--yes');
    expect([code, out]).toEqual([0, ANSWER]);
    expect(err).toMatch(/^Nothing to download from can be reached.*practice model.*\n$/);
  });
});

describe('where yes was said', () => {
  test('and all is there, the accepted profile talks at once', async () => {
    await remember('yes', await REAL());
    expect(await tandem('talk', '--text', '--events', events)).toMatchObject({ code: 0, err: '' });
    expect(await readFile(events, 'utf8')).toMatch(/"event":"ready","profile":"Real"/);
  });

  test('a named profile goes before it', async () => {
    await remember('yes', 'name: Broken\nlanguages: [de]\n');
    expect(await tandem('talk', '--text', '--profile', 'starter', '--yes')).toEqual({ code: 0, out: ANSWER, err: '' });
  });

  test('and its model is gone, starter talks and says why', async () => {
    await remember('yes', (await REAL()).replace('stand-in.gguf', 'gone.gguf'));
    const { code, out, err } = await tandem('talk', '--text');
    expect([code, out]).toEqual([0, ANSWER]);
    expect(err).toMatch(/^tandem: The model file .*gone\.gguf is not there\..*\n$/);
  });

  test('and a model is missing while there is no network, starter talks and says so', async () => {
    await remember(
      'yes',
      'name: Real\nspeechToText: {engine: pocketsphinx}\nlanguageModel: {engine: exaone, model: exaone-3.5-2.4b-q4_k_m}\n',
    );
    const { code, out, err } = await tandem('talk', '--text');
    expect([code, out]).toEqual([0, ANSWER]);
    expect(err).toMatch(/^Fetching what is still missing/);
  });
});

test('a recording into a file is as it always was, also with --yes', async () => {
  const recording = join(projectRoot, 'test', 'fixtures', 'no-wake-word.wav');
  const out = join(folder, 'answer.wav');
  const { code, err } = await tandem('talk', '--yes', '--in', recording, '--out', out, '--fast');
  expect([code, err]).toEqual([0, `Starter is ready. Wake word: alexa, hey_jarvis.\nwrote ${out}\n`]);
});
