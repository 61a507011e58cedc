import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { catalogue } from '../../../src/models/catalogue.js';
import { looksLikePath, modelFile, placeOf } from '../../../src/models/resolve.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-models-'));
  vi.stubEnv('TANDEM_MODELS', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('the file of a model', () => {
  test('that comes with a package', async () => {
    expect(await modelFile('alexa', folder)).toMatch(/alexa_v0\.1\.onnx$/);
  });

  test('by a path relative to the profile', async () => {
    await writeFile(join(folder, 'my.gguf'), 'x');
    expect(await modelFile('my.gguf', folder)).toBe(join(folder, 'my.gguf'));
    expect(await modelFile('./my.gguf', folder)).toBe(join(folder, 'my.gguf'));
    await expect(modelFile('./your.gguf', folder)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('your.gguf'),
    });
  });

  test('with an unknown name says which was meant', async () => {
    await expect(modelFile('tandem-startr', folder)).rejects.toMatchObject({
      code: 'model-unknown',
      remedy: expect.stringContaining('Did you mean tandem-starter?'),
    });
  });
});

test.each([
  ['exaone-3.5-2.4b-q4_k_m', false],
  ['whisper-base.en', false],
  ['starter/tandem-starter.gguf', true],
  ['model.GGUF', true],
  ['/a/b', true],
])('%s is a path: %s', (text, expected) => {
  expect(looksLikePath(text)).toBe(expected);
});

describe('the catalogue', () => {
  test('names every model once, each in a place of its own', () => {
    const { models } = catalogue();
    expect(new Set(models.map((model) => model.name)).size).toBe(models.length);
    expect(new Set(models.map(placeOf)).size).toBe(models.length);
  });

  test('has no name that could be taken for a path', () => {
    expect(catalogue().names().filter(looksLikePath)).toEqual([]);
  });
});
