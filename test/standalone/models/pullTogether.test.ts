import { mkdir, readFile, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { describe, expect, test } from 'vitest';
import { pullModel, pullModels } from '../../../src/models/pull.js';
import { serve, status } from './fileServer.js';
import { pulling, serving, usePulling } from './pulling.js';
import { namesIn, QUICK, sha256, testModel, useModelsFolder, whisperFile } from './setting.js';

usePulling();
const place = useModelsFolder();
const content = whisperFile();
const etag = '"one"';
const published = testModel({ bytes: content.length, sha256: sha256(content) });

describe('the disk', () => {
  test('too small is known before the download', async () => {
    const { file, server } = await pulling(published, [serve(content)], { freeBytes: async () => 100_000_000 });
    await expect(file).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining('100 MB are free') });
    expect(server.requests).toEqual([]);
  });

  test('that fills up in the middle ends it with a clear sentence', async () => {
    await mkdir(place.folder, { recursive: true });
    await symlink('/dev/full', join(place.folder, 'ggml-tiny.en.bin.part'));
    const { file } = await pulling(published, [serve(content)]);
    await expect(file).rejects.toMatchObject({ code: 'disk-full' });
    expect(await namesIn(place.folder)).not.toContain('ggml-tiny.en.bin');
  });
});

describe('two at once', () => {
  test('for one model download it once', async () => {
    const run = await pulling(published, [serve(content)]);
    const second = pullModel(published, { mirror: run.server.url, limits: QUICK });
    expect(await second).toBe(await run.file);
    expect(run.server.requests).toHaveLength(1);
  });

  test('the second waits as long as the first is alive', async () => {
    await mkdir(place.folder, { recursive: true });
    const release = await lock(join(place.folder, 'ggml-tiny.en.bin'), { realpath: false });
    const server = await serving(serve(content));
    const phases: string[] = [];
    let heWaits = () => {};
    const waiting = new Promise<void>((resolve) => {
      heWaits = resolve;
    });
    const file = pullModel(published, {
      mirror: server.url,
      limits: QUICK,
      onProgress: ({ phase }) => {
        phases.push(phase);
        if (phase === 'waiting') heWaits();
      },
    });
    await waiting;
    expect(server.requests).toEqual([]);
    await release();
    await file;
    expect(phases[0]).toBe('waiting');
    expect(server.requests).toHaveLength(1);
  });

  test('the lock of a process that died is taken over', async () => {
    const stale = join(place.folder, 'ggml-tiny.en.bin.lock');
    await mkdir(stale, { recursive: true });
    const long_ago = new Date(Date.now() - 60_000);
    await utimes(stale, long_ago, long_ago);
    const { file } = await pulling(published, [serve(content)]);
    expect(sha256(await readFile(await file))).toBe(published.sha256);
  });
});

describe('several models', () => {
  test('one that fails stops none of the others', async () => {
    const server = await serving((request, response) => (request.url?.includes('bad') ? status(403) : serve(content))(request, response));
    const models = ['good-a', 'bad-b', 'good-c'].map((name) => testModel({ bytes: content.length, name, file: `${name}.bin` }));
    const results = await pullModels(models, { mirror: server.url, limits: QUICK, parallel: 2 });
    expect(results.map(({ model, file, error }) => [model.name, file !== undefined, error?.code])).toEqual([
      ['good-a', true, undefined],
      ['bad-b', false, 'download-refused'],
      ['good-c', true, undefined],
    ]);
  });

  test('no more than asked for run at once', async () => {
    let running = 0;
    let most = 0;
    const server = await serving((request, response) => {
      running += 1;
      most = Math.max(most, running);
      response.on('close', () => {
        running -= 1;
      });
      serve(content)(request, response);
    });
    const models = ['a', 'b', 'c', 'd', 'e'].map((name) => testModel({ bytes: content.length, name, file: `${name}.bin` }));
    const results = await pullModels(models, { mirror: server.url, limits: QUICK, parallel: 2 });
    expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(most).toBeLessThanOrEqual(2);
  });
});

test('an abort ends it at once, keeps what came and leaves no lock', async () => {
  const stop = new AbortController();
  const { file } = await pulling(published, [serve(content, { etag, stallAfter: 100_000 })], {
    signal: stop.signal,
    limits: { ...QUICK, stallMs: 60_000 },
    onProgress: ({ phase, done }) => phase === 'downloading' && done >= 100_000 && stop.abort(),
  });
  await expect(file).rejects.toMatchObject({ code: 'aborted' });
  expect(await namesIn(place.folder)).toEqual(['ggml-tiny.en.bin.part', 'ggml-tiny.en.bin.part.json']);
});

test('a licence that must be accepted comes before anything else', async () => {
  const model = testModel({ bytes: content.length, accept: true });
  const { file, server } = await pulling(model, [serve(content)]);
  await expect(file).rejects.toMatchObject({ code: 'licence-not-accepted', remedy: expect.stringContaining('https://example.org/terms') });
  expect(server.requests).toEqual([]);
});
