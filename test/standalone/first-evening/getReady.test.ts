import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { TandemError } from '../../../src/errors.js';
import { buildWhisper } from '../../../src/first-evening/buildWhisper.js';
import { type GetReadyOptions, getReady } from '../../../src/first-evening/getReady.js';
import { Overall, type OverallProgress } from '../../../src/first-evening/overall.js';
import type { CatalogueModel } from '../../../src/models/catalogue.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { FileServer, serve, status } from '../models/fileServer.js';
import { namesIn, QUICK, sha256, testModel, useModelsFolder, whisperFile } from '../models/setting.js';

const place = useModelsFolder();
const folder = temporaryFolder();
const content = whisperFile();
const etag = '"one"';

let server: FileServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const modelNamed = (name: string): CatalogueModel =>
  testModel({ name, file: `${name}.bin`, bytes: content.length, sha256: sha256(content) });

function watching(mirror: string | undefined, change: Partial<GetReadyOptions> = {}) {
  const progress: OverallProgress[] = [];
  const troubles: TandemError[] = [];
  const options: GetReadyOptions = {
    signal: new AbortController().signal,
    onProgress: (step) => progress.push(step),
    onTrouble: (error) => troubles.push(error),
    pull: { mirror, limits: QUICK },
    againAfterMs: 1,
    ...change,
  };
  return { options, progress, troubles };
}

describe('downloads', () => {
  test('of several models are one progress, and true in the end', async () => {
    server = await FileServer.start(serve(content));
    const { options, progress, troubles } = watching(server.url);
    expect(await getReady({ models: [modelNamed('a'), modelNamed('b')], whisper: false }, options)).toBe(true);
    expect(progress.at(-1)).toMatchObject({ done: 2 * content.length, total: 2 * content.length });
    const shares = progress.map(({ done }) => done);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(troubles).toEqual([]);
  });

  test('go on when the network is back, and tell once that it is gone', async () => {
    server = await FileServer.start(...Array.from({ length: 9 }, () => status(503, { 'retry-after': '0' })), serve(content));
    const { options, troubles } = watching(server.url);
    expect(await getReady({ models: [modelNamed('a')], whisper: false }, options)).toBe(true);
    expect(troubles.map(({ code }) => code)).toEqual(['download-interrupted']);
  });

  test('of what is not right are given up', async () => {
    server = await FileServer.start(serve(whisperFile()));
    const { options, troubles } = watching(server.url);
    expect(await getReady({ models: [modelNamed('a')], whisper: false }, options)).toBe(false);
    expect(troubles.map(({ code }) => code)).toEqual(['model-wrong']);
  });

  test('end with the signal, and keep what came', async () => {
    server = await FileServer.start(serve(content, { etag, stallAfter: 100_000 }));
    const stop = new AbortController();
    const { options, troubles } = watching(server.url, {
      signal: stop.signal,
      onProgress: ({ done }) => done >= 100_000 && stop.abort(),
      pull: { mirror: server.url, limits: { ...QUICK, stallMs: 60_000 } },
    });
    expect(await getReady({ models: [modelNamed('a')], whisper: false }, options)).toBe(false);
    expect(troubles).toEqual([]);
    expect(await namesIn(place.folder)).toEqual(['a.bin.part', 'a.bin.part.json']);
  });
});

test('what is tried again stays counted', () => {
  const overall = new Overall([modelNamed('a'), modelNamed('b')]);
  const total = 2 * content.length;
  overall.update({ model: 'a', phase: 'downloading', done: 1000, total: content.length });
  expect(overall.update({ model: 'a', phase: 'retrying', done: 0, total: content.length, note: 'cut' })).toEqual({
    phase: 'downloading',
    done: 1000,
    total,
    note: 'cut',
  });
  overall.update({ model: 'a', phase: 'checking', done: 5, total: content.length });
  expect(overall.update({ model: 'b', phase: 'checking', done: 0, total: content.length })).toMatchObject({
    phase: 'checking',
    done: total,
  });
});

describe("Whisper's build", () => {
  const script = async (text: string) => {
    const file = join(folder, 'build.sh');
    await writeFile(file, text);
    return { file: '/bin/sh', args: [file] };
  };
  const log = () => readFile(join(place.data, 'tandem', 'cache', 'build-whisper.log'), 'utf8');

  test('runs beside the downloads; its output goes to a file', async () => {
    const program = await script('echo compiling; echo more >&2');
    const { options, troubles } = watching(undefined, { build: (signal) => buildWhisper(signal, program) });
    expect(await getReady({ models: [], whisper: true }, options)).toBe(true);
    expect(await log()).toBe('compiling\nmore\n');
    expect(troubles).toEqual([]);
  });

  test('that fails is one sentence with the name of that file, and the downloads go on', async () => {
    server = await FileServer.start(serve(content));
    const program = await script('echo no compiler; exit 1');
    const { options, troubles } = watching(server.url, { build: (signal) => buildWhisper(signal, program) });
    expect(await getReady({ models: [modelNamed('a')], whisper: true }, options)).toBe(false);
    expect(troubles).toEqual([
      expect.objectContaining({
        code: 'whisper-build-failed',
        message: expect.stringContaining('build-whisper.log'),
        remedy: expect.stringContaining('scripts/build-whisper'),
      }),
    ]);
    expect(await namesIn(place.folder)).toContain('a.bin');
  });

  test('that can not even be started is the same', async () => {
    const signal = new AbortController().signal;
    await expect(buildWhisper(signal, { file: join(folder, 'nothing'), args: [] })).rejects.toMatchObject({ code: 'whisper-build-failed' });
  });

  test('ends with the signal, with all that it has started', async () => {
    const stop = new AbortController();
    const before = childProcesses();
    const marker = join(folder, 'started');
    const building = buildWhisper(stop.signal, await script(`sleep 600 & echo $! > ${marker}; wait`));
    const pid = await eventually(
      'the build has started something',
      async () => Number(await readFile(marker, 'utf8').catch(() => '0')) || undefined,
    );
    stop.abort();
    await expect(building).rejects.toMatchObject({ code: 'aborted' });
    expect(childProcesses()).toEqual(before);
    await eventually(
      'what it started has ended',
      async () => !/\) [^Z] /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
    );
  });
});
