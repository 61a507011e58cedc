import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { Catalogue, type CatalogueModel } from '../../../src/models/catalogue.js';
import type { FetchLimits } from '../../../src/models/fetchFile.js';

/** What the tests of downloads share: a folder for models, a catalogue of small files, quick limits. */

export const QUICK: FetchLimits = { stallMs: 400, attempts: 4, unreachableAttempts: 2, firstWaitMs: 1, mostWaitMs: 4 };

export function useModelsFolder(): { readonly folder: string; readonly data: string } {
  const place = { folder: '', data: '' };
  beforeEach(() => {
    const root = mkdtempSync(join(tmpdir(), 'tandem-models-'));
    place.folder = join(root, 'models');
    place.data = join(root, 'data');
    vi.stubEnv('TANDEM_MODELS', place.folder);
    vi.stubEnv('XDG_DATA_HOME', place.data);
    vi.stubEnv('TANDEM_MODELS_MIRROR', undefined);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(join(place.folder, '..'), { recursive: true, force: true });
  });
  return place;
}

/** A file that begins as Whisper tiny.en in ggml does; the rest is random. */
export function whisperFile(bytes = 600_000): Buffer {
  const content = randomBytes(bytes);
  for (const [index, number] of [0x67676d6c, 51_864, 1500, 384, 6, 4].entries()) content.writeInt32LE(number, index * 4);
  return content;
}

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

export interface ModelFacts {
  readonly bytes: number;
  readonly sha256?: string;
  readonly format?: CatalogueModel['format'];
  readonly file?: string;
  readonly unpacksTo?: string;
  readonly accept?: boolean;
  readonly approximate?: boolean;
  readonly name?: string;
}

/** A model of a catalogue of the test's own. */
export function testModel(facts: ModelFacts): CatalogueModel {
  const file = facts.file ?? 'ggml-tiny.en.bin';
  const format = facts.format ?? 'ggml';
  const text = JSON.stringify({
    licences: { terms: { title: 'Terms 1', url: 'https://example.org/terms', accept: facts.accept ?? false, summary: 'only at home' } },
    families: [
      {
        family: format === 'ggml' ? 'whisper-tiny.en' : 'test',
        kind: 'speech-to-text',
        format,
        languages: ['en'],
        licence: 'terms',
        description: 'a model of the test',
        models: [
          {
            name: facts.name ?? 'test-model',
            source: {
              url: `https://example.org/files/${file}`,
              file,
              ...(facts.unpacksTo === undefined ? {} : { unpacksTo: facts.unpacksTo }),
            },
            bytes: facts.bytes,
            approximate: facts.approximate ?? false,
            ...(facts.sha256 === undefined ? {} : { sha256: facts.sha256 }),
            memoryMb: 1,
          },
        ],
      },
    ],
  });
  const [model] = Catalogue.parse(text).models;
  if (model === undefined) throw new Error('the test catalogue is empty');
  return model;
}

/** Names in the folder for models, locks and all. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).sort();
}
