import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MetadataValue, writeGguf } from '../../../scripts/stand-in/ggufWriter.js';
import { HeaderCutOff, NotGguf, readGgufHeader } from '../../../src/language-model/ggufHeader.js';
import { checkModelFile } from '../../../src/language-model/modelFile.js';
import { tinyStandIn } from '../../support/standInModel.js';

let folder: string;
let whole: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-model-file-'));
  whole = await readFile(await tinyStandIn(folder));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(bytes: Uint8Array): Promise<string> {
  const file = join(folder, 'model.gguf');
  await writeFile(file, bytes);
  return file;
}

function withArchitecture(architecture: string): Promise<string> {
  const file = join(folder, 'other.gguf');
  const metadata: Record<string, MetadataValue> = { 'general.architecture': { type: 'string', value: architecture } };
  return writeGguf(file, metadata, []).then(() => file);
}

describe('a model file before it is loaded', () => {
  it('is described', async () => {
    const facts = await checkModelFile(await written(whole));
    expect(facts).toMatchObject({ bytes: whole.length, trainedContext: 32_768, headSize: 64, contextBytesPerToken: 2 * 2 * 2 * 2 * 64 });
  });

  it('may be missing', async () => {
    await expect(checkModelFile(join(folder, 'none.gguf'))).rejects.toMatchObject({
      code: 'model-missing',
      remedy: expect.stringContaining('tandem models'),
    });
    await expect(checkModelFile(folder)).rejects.toMatchObject({ code: 'model-damaged' });
  });

  it.each([
    ['empty', new Uint8Array()],
    ['text', Buffer.from('this is not a model\n'.repeat(100))],
    ['zeros', new Uint8Array(5000)],
    ['a GGUF version of the future', Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(60, 99)])],
  ])('may be something else: %s', async (_, bytes) => {
    await expect(checkModelFile(await written(bytes))).rejects.toMatchObject({ code: 'model-not-gguf' });
  });

  it.each([8, 100, 3000, 20_000, 60_000, 500_000, -32, -1])('may be cut off, at byte %i', async (at) => {
    const file = await written(whole);
    await truncate(file, at < 0 ? whole.length + at : at);
    await expect(checkModelFile(file)).rejects.toMatchObject({ code: 'model-cut-off', message: expect.stringContaining('cut off') });
  });

  it('may be of another architecture', async () => {
    await expect(checkModelFile(await withArchitecture('llama'))).rejects.toMatchObject({
      code: 'model-wrong-architecture',
      message: expect.stringContaining('"llama"'),
      remedy: expect.stringContaining('EXAONE'),
    });
    await expect(checkModelFile(await withArchitecture('exaone'))).rejects.toMatchObject({ code: 'model-damaged' });
  });

  it('ends in one of these errors, quickly, whatever bytes of the header are damaged', () => {
    // The vocabulary ends well before this; damage to weights can't be seen.
    const header = whole.subarray(0, 40_000);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(header.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (damages) => {
        const damaged = Buffer.from(header);
        for (const [at, byte] of damages) damaged[at] = byte;
        try {
          readGgufHeader(damaged);
        } catch (error) {
          expect(error instanceof HeaderCutOff || error instanceof NotGguf).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never believes a count or a length that the file has no room for', () => {
    const huge = Buffer.alloc(8, 0xff);
    for (const at of [8, 16, 24]) {
      const damaged = Buffer.from(whole.subarray(0, 40_000));
      huge.copy(damaged, at);
      expect(() => readGgufHeader(damaged)).toThrow(NotGguf);
    }
  });
});
