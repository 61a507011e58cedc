import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CatalogueModel } from '../../../src/models/catalogue.js';
import { pullModel } from '../../../src/models/pull.js';
import { projectRoot } from '../../../src/paths.js';
import { type Answer, FileServer, serve, status } from './fileServer.js';
import { pulling, usePulling } from './pulling.js';
import { namesIn, QUICK, sha256, testModel, useModelsFolder, whisperFile } from './setting.js';

usePulling();
const place = useModelsFolder();
const content = whisperFile();
const etag = '"one"';
const published = testModel({ bytes: content.length, sha256: sha256(content) });
const unpublished = testModel({ bytes: content.length });

describe('a download', () => {
  test('appears under its name when it is whole, with nothing left beside it', async () => {
    const { file, progress, server } = await pulling(published, [serve(content, { etag })]);
    expect(sha256(await readFile(await file))).toBe(published.sha256);
    expect(await namesIn(place.folder)).toEqual(['ggml-tiny.en.bin']);
    expect(server.requests).toHaveLength(1);
    expect(progress.map((step) => step.phase)).toEqual(expect.arrayContaining(['downloading', 'checking', 'done']));
    expect(progress.at(-1)).toMatchObject({ phase: 'done', done: content.length });
  });

  test('that is there already asks the server nothing', async () => {
    const first = await pulling(published, [serve(content)]);
    await first.file;
    await pullModel(published, { mirror: first.server.url });
    expect(first.server.requests).toHaveLength(1);
  });

  test('replaces a file of the wrong length that somebody put there', async () => {
    await mkdir(place.folder, { recursive: true });
    await writeFile(join(place.folder, 'ggml-tiny.en.bin'), content.subarray(0, 1000));
    const { file } = await pulling(published, [serve(content)]);
    expect(sha256(await readFile(await file))).toBe(published.sha256);
  });

  test('of a real GGUF file with no published sum is checked by its header, and its sum recorded', async () => {
    const gguf = await readFile(join(projectRoot, 'device-profiles/starter/tandem-starter.gguf'));
    const model = testModel({ bytes: 3_000_000, approximate: true, format: 'gguf', file: 'starter.gguf' });
    const { file } = await pulling(model, [serve(gguf)]);
    expect(sha256(await readFile(await file))).toBe(sha256(gguf));
    expect(JSON.parse(await readFile(join(place.folder, 'checksums.json'), 'utf8'))).toEqual({ 'starter.gguf': sha256(gguf) });
  });
});

describe('a download that is cut', () => {
  test('goes on where it was, and the whole has the right sum', async () => {
    const { file, server, progress } = await pulling(published, [
      serve(content, { etag, cutAfter: 200_000 }),
      serve(content, { etag, cutAfter: 100_000 }),
      serve(content, { etag }),
    ]);
    expect(sha256(await readFile(await file))).toBe(published.sha256);
    expect(server.requests.map(({ range }) => range?.replace(/\d+/, 'N'))).toEqual([undefined, 'bytes=N-', 'bytes=N-']);
    expect(server.requests[1]?.ifRange).toBe(etag);
    expect(progress.filter((step) => step.phase === 'retrying')).toHaveLength(2);
  });

  test('goes on in another run', async () => {
    const first = await pulling(published, [serve(content, { etag, cutAfter: 250_000 }), status(404)]);
    await expect(first.file).rejects.toMatchObject({ code: 'download-absent' });
    expect(await namesIn(place.folder)).toEqual(['ggml-tiny.en.bin.part', 'ggml-tiny.en.bin.part.json']);
    first.server.answers = [serve(content, { etag })];
    await pullModel(published, { mirror: first.server.url, limits: QUICK });
    expect(first.server.requests.at(-1)?.range).toMatch(/^bytes=[1-9]\d+-$/);
    expect(await namesIn(place.folder)).toEqual(['ggml-tiny.en.bin']);
  });

  test('begins anew where the server ignores ranges', async () => {
    const { file } = await pulling(published, [serve(content, { etag, cutAfter: 200_000 }), serve(content, { etag, ignoreRanges: true })]);
    expect(sha256(await readFile(await file))).toBe(published.sha256);
  });

  test('begins anew where the file has changed meanwhile', async () => {
    const old = whisperFile(content.length);
    const { file } = await pulling(published, [serve(old, { etag: '"old"', cutAfter: 200_000 }), serve(content, { etag })]);
    expect(sha256(await readFile(await file))).toBe(published.sha256);
  });

  test('begins anew where the server goes on with another version in spite of the condition', async () => {
    const old = whisperFile(content.length);
    const { file } = await pulling(published, [
      serve(old, { etag: '"old"', cutAfter: 200_000 }),
      serve(content, { etag, ignoreIfRange: true }),
    ]);
    expect(sha256(await readFile(await file))).toBe(published.sha256);
  });

  test('begins anew where pieces of two versions were joined without a sign of it', async () => {
    const old = whisperFile(content.length);
    const { file, server } = await pulling(published, [
      serve(old, { etag, cutAfter: 200_000 }),
      serve(content, { etag }),
      serve(content, { etag }),
    ]);
    expect(sha256(await readFile(await file))).toBe(published.sha256);
    expect(server.requests.at(-1)?.range).toBeUndefined();
  });

  test('by a server that gives no sign of the version begins anew', async () => {
    const { file, server } = await pulling(published, [serve(content, { cutAfter: 200_000 }), serve(content)]);
    expect(sha256(await readFile(await file))).toBe(published.sha256);
    expect(server.requests[1]?.range).toBeUndefined();
  });

  test('again and again, with nothing new, ends in one sentence', async () => {
    const { file, server } = await pulling(published, [serve(content, { etag, cutAfter: 100_000 }), status(503)]);
    await expect(file).rejects.toMatchObject({ code: 'download-interrupted', remedy: expect.stringContaining('it goes on where it was') });
    expect(server.requests).toHaveLength(1 + QUICK.attempts - 1);
    expect(await namesIn(place.folder)).toEqual(['ggml-tiny.en.bin.part', 'ggml-tiny.en.bin.part.json']);
  });
});

test('a server that sends on to another address is followed, also for the rest', async () => {
  const sendOn: Answer = (request, response) => response.writeHead(302, { location: `/store/${request.url?.split('/').at(-1)}` }).end();
  const { file, server } = await pulling(published, [
    sendOn,
    serve(content, { etag, cutAfter: 200_000 }),
    sendOn,
    serve(content, { etag }),
  ]);
  expect(sha256(await readFile(await file))).toBe(published.sha256);
  expect(server.requests.at(-1)).toMatchObject({
    path: '/store/ggml-tiny.en.bin',
    ifRange: etag,
    range: expect.stringMatching(/^bytes=[1-9]/),
  });
});

test('a server that stalls is left, and asked for the rest', async () => {
  const { file, progress } = await pulling(published, [serve(content, { etag, stallAfter: 150_000 }), serve(content, { etag })]);
  expect(sha256(await readFile(await file))).toBe(published.sha256);
  expect(progress.find((step) => step.phase === 'retrying')?.note).toContain('no data');
});

describe('nothing wrong is ever used:', () => {
  const wrongBytes = whisperFile(content.length);

  test.each<[string, CatalogueModel, Answer, string]>([
    ['bytes that are not those published', published, serve(wrongBytes), 'model-wrong'],
    ['a file of another length', published, serve(content.subarray(0, 400_000)), 'download-refused'],
    ['a longer file', published, serve(Buffer.concat([content, content])), 'download-refused'],
    [
      'a shorter file whose length the server does not say',
      published,
      serve(content.subarray(0, 400_000), { noLength: true }),
      'model-wrong',
    ],
    ['a page of a hotel network', unpublished, serve(Buffer.alloc(content.length, '<html>')), 'model-wrong'],
    [
      'a page of a hotel network for a GGUF file',
      testModel({ bytes: 4000, approximate: true, format: 'gguf' }),
      serve(Buffer.alloc(4000, '<')),
      'model-not-gguf',
    ],
    ['no such file', published, status(404), 'download-absent'],
    ['a refusal', published, status(403), 'download-refused'],
  ])('%s', async (_what, model, answer, code) => {
    const { file } = await pulling(model, [answer]);
    await expect(file).rejects.toMatchObject({ code, remedy: expect.any(String) });
    expect((await namesIn(place.folder)).filter((name) => !name.includes('.part'))).toEqual([]);
  });

  test('a file that differs from the one of the first download', async () => {
    const first = await pulling(unpublished, [serve(content)]);
    const file = await first.file;
    await writeFile(file, 'lost');
    first.server.answers = [serve(wrongBytes)];
    await expect(pullModel(unpublished, { mirror: first.server.url, limits: QUICK })).rejects.toMatchObject({
      code: 'model-wrong',
      message: expect.stringContaining('at the first download'),
    });
  });
});

describe('a server in trouble', () => {
  test('is asked again', async () => {
    const { file, server } = await pulling(published, [status(500), status(429, { 'retry-after': '0' }), serve(content)]);
    await file;
    expect(server.requests).toHaveLength(3);
  });

  test('on a mirror, other places of the file are tried where one is empty', async () => {
    const { file, server } = await pulling(published, [status(404), serve(content)]);
    await file;
    expect(server.requests.map(({ path }) => path)).toEqual(['/files/ggml-tiny.en.bin', '/ggml-tiny.en.bin']);
  });

  test('that is not there at all: the file, where to get it, where to put it', async () => {
    const gone = await FileServer.start();
    const mirror = gone.url;
    await gone.close();
    const { file, server } = await pulling(published, [serve(content)], { mirror });
    await expect(file).rejects.toMatchObject({
      code: 'network-unavailable',
      remedy: expect.stringMatching(
        /ggml-tiny\.en\.bin from https:\/\/example\.org\/files\/ggml-tiny\.en\.bin .*tandem models add test-model FILE.*puts it into .*models/,
      ),
    });
    expect(server.requests).toEqual([]);
  });
});
