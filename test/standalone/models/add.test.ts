import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addModel } from '../../../src/models/add.js';
import { verifyModel } from '../../../src/models/verify.js';
import { projectRoot } from '../../../src/paths.js';
import { namesIn, sha256, testModel, useModelsFolder, whisperFile } from './setting.js';

const place = useModelsFolder();
const content = whisperFile();

async function stick(bytes: Uint8Array): Promise<string> {
  const file = join(place.folder, '..', 'stick.bin');
  await writeFile(file, bytes);
  return file;
}

test('a file from a stick is copied to its place, with progress', async () => {
  const seen: number[] = [];
  const model = testModel({ bytes: content.length, sha256: sha256(content) });
  const file = await addModel(model, await stick(content), { onProgress: (done) => seen.push(done) });
  expect(sha256(await readFile(file))).toBe(model.sha256);
  expect(seen.at(-1)).toBe(content.length);
  expect(await namesIn(place.folder)).toEqual(['ggml-tiny.en.bin']);
  expect(await verifyModel(model)).toMatchObject({ state: 'right', against: 'published' });
});

test('a real GGUF file is taken, and its sum recorded', async () => {
  const model = testModel({ bytes: 3_300_000, approximate: true, format: 'gguf', file: 'starter.gguf' });
  await addModel(model, join(projectRoot, 'device-profiles/starter/tandem-starter.gguf'));
  expect(await namesIn(place.folder)).toEqual(['checksums.json', 'starter.gguf']);
  expect(await verifyModel(model)).toMatchObject({ state: 'right', against: 'recorded' });
  await writeFile(join(place.folder, 'starter.gguf'), 'changed');
  expect(await verifyModel(model)).toMatchObject({ state: 'wrong' });
});

describe('a wrong file is refused and nothing is left of it:', () => {
  const multilingual = Buffer.from(content);
  multilingual.writeInt32LE(51_865, 4);
  const small = Buffer.from(content);
  small.writeInt32LE(12, 20);
  const other = whisperFile(content.length);
  const gguf = { bytes: content.length, format: 'gguf', file: 'x.gguf' } as const;

  test.each([
    ['cut off', { bytes: content.length }, content.subarray(0, 1000), /bytes/],
    ['not ggml', { bytes: 600_000 }, Buffer.alloc(600_000, 'x'), /not a ggml file/],
    ['another size of Whisper', { bytes: content.length }, small, /another size/],
    ['the multilingual one', { bytes: content.length }, multilingual, /multilingual/],
    ['not GGUF', gguf, content, /not a GGUF file/],
    ['another sum', { bytes: content.length, sha256: sha256(other) }, content, /SHA-256/],
  ])('%s', async (_what, facts, bytes, message) => {
    await expect(addModel(testModel(facts), await stick(bytes))).rejects.toMatchObject({
      message: expect.stringMatching(message),
      remedy: expect.any(String),
    });
    expect(await namesIn(place.folder).catch(() => [])).toEqual([]);
  });

  test('one that is not there', async () => {
    await expect(addModel(testModel({ bytes: 1 }), '/no/such/file')).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('a folder', async () => {
    await expect(addModel(testModel({ bytes: 1 }), join(place.folder, '..'))).rejects.toMatchObject({ code: 'model-wrong' });
  });
});

test('no room is said before copying', async () => {
  const add = addModel(testModel({ bytes: content.length }), await stick(content), { freeBytes: async () => 1000 });
  await expect(add).rejects.toMatchObject({ code: 'disk-full' });
});

test('an abort leaves nothing', async () => {
  const stop = new AbortController();
  stop.abort();
  const add = addModel(testModel({ bytes: content.length }), await stick(content), { signal: stop.signal });
  await expect(add).rejects.toMatchObject({ code: 'aborted' });
  expect(await namesIn(place.folder)).toEqual([]);
});

test('a file that was cut off by hand counts as wrong, one that is gone as missing', async () => {
  const model = testModel({ bytes: content.length });
  expect(await verifyModel(model)).toMatchObject({ state: 'missing' });
  const file = await addModel(model, await stick(content));
  await writeFile(file, content.subarray(0, 10));
  expect(await verifyModel(model)).toMatchObject({ state: 'wrong' });
});
