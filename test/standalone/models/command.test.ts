import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { register } from '../../../src/cli/models.js';
import { FileServer, serve } from './fileServer.js';
import { namesIn, useModelsFolder } from './setting.js';

const place = useModelsFolder();
let output: string;
let errors: string;
let server: FileServer | undefined;
beforeEach(() => {
  output = '';
  errors = '';
  process.exitCode = undefined;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text);
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await server?.close();
  server = undefined;
});

async function tandem(...words: string[]): Promise<void> {
  const program = new Command('tandem').exitOverride();
  register(program);
  await program.parseAsync(['models', ...words], { from: 'user' });
}

test('list is a table', async () => {
  await tandem('list');
  expect(output).toMatch(/^NAME +KIND +SIZE +MEMORY +LANGUAGES +THERE +LICENCE\n/);
  expect(output).toMatch(
    /\nexaone-3\.5-2\.4b-q4_k_m +language-model +1\.64 GB +2120 MB +en ko +no +EXAONE AI Model License Agreement 1\.1 - NC\n/,
  );
  expect(output).toMatch(/\nhey_jarvis +wake-word .* yes +CC BY-NC-SA 4\.0\n/);
});

test('list --json is one array with everything', async () => {
  await tandem('list', '--json');
  expect(JSON.parse(output)).toContainEqual(
    expect.objectContaining({
      name: 'whisper-base.en',
      bytes: 147964211,
      sha256: 'a03779c86df3323075f5e796cb2ce5029f00ec8869eee3fdfb897afe36c6d002',
      present: false,
      path: `${place.folder}/ggml-base.en.bin`,
    }),
  );
});

describe('path', () => {
  test('prints the file of what is there', async () => {
    await tandem('path', 'tandem-starter');
    expect(output).toMatch(/device-profiles\/starter\/tandem-starter\.gguf\n$/);
  });

  test('of what is not there says its name, where to get it, where to put it', async () => {
    await expect(tandem('path', 'whisper-tiny')).rejects.toMatchObject({
      code: 'model-missing',
      remedy: expect.stringMatching(/tandem models pull whisper-tiny.*ggml-tiny\.bin from https:\S+ .*tandem models add whisper-tiny FILE/),
    });
  });
});

describe('pull', () => {
  test('without a yes to the licence downloads nothing, and names the licence', async () => {
    server = await FileServer.start(serve(Buffer.from('x')));
    await expect(tandem('pull', 'exaone-3.5-2.4b', '--mirror', server.url)).rejects.toMatchObject({ code: 'licence-not-accepted' });
    expect(errors).toContain('EXAONE AI Model License Agreement 1.1 - NC');
    expect(server.requests).toEqual([]);
  });

  test('with --accept-licence asks the mirror, and refuses what is not the file', async () => {
    server = await FileServer.start(serve(Buffer.from('not a model')));
    vi.stubEnv('TANDEM_MODELS_MIRROR', server.url);
    await expect(tandem('pull', 'exaone-3.5-2.4b', '--accept-licence')).rejects.toMatchObject({ code: 'download-refused' });
    expect(server.requests).toHaveLength(1);
    expect(await namesIn(place.folder)).toEqual([]);
    // Remembered: not asked for again.
    await expect(tandem('pull', 'exaone-3.5-7.8b-q8_0')).rejects.toMatchObject({ code: expect.not.stringContaining('licence') });
  });

  test('of what comes with the project needs no network', async () => {
    await tandem('pull', 'tandem-starter');
    expect(output).toMatch(/tandem-starter\.gguf\n$/);
  });

  test('for a profile takes all its models, and there may be none', async () => {
    await tandem('pull', '--profile', 'starter');
    expect(output).toBe('The profile starter needs nothing downloaded.\n');
    await expect(tandem('pull', '--profile', 'pi-5')).rejects.toMatchObject({ code: 'licence-not-accepted' });
  });

  test('without a name is wrong usage; an unknown name is not found', async () => {
    await expect(tandem('pull')).rejects.toMatchObject({ code: 'usage' });
    await expect(tandem('pull', 'exaone')).rejects.toMatchObject({ code: 'model-unknown' });
  });
});

describe('verify', () => {
  test('checks what is there', async () => {
    await tandem('verify');
    expect(output).toContain('alexa: right (published sum)');
    expect(process.exitCode).toBeUndefined();
  });

  test('of a named model that is not there fails', async () => {
    await tandem('verify', 'whisper-base');
    expect(output).toContain('whisper-base: not there');
    expect(process.exitCode).toBe(1);
  });
});

test('add of a wrong file names the licence and refuses it', async () => {
  await expect(tandem('add', 'whisper-tiny', '/etc/hostname')).rejects.toMatchObject({ code: 'model-wrong' });
  expect(errors).toContain('whisper-tiny: MIT');
});
