import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MetadataValue, writeGguf } from '../../../scripts/stand-in/ggufWriter.js';
import type { Message } from '../../../src/language-model/contract.js';
import { usableCores } from '../../../src/language-model/llama/cores.js';
import { loadModel } from '../../../src/language-model/llama/loadModel.js';
import { chooseThreads } from '../../../src/language-model/llama/threads.js';
import { exaoneOptions } from '../../../src/language-model/options.js';
import { KeptLog } from '../../support/keptLog.js';
import { answer, type ExaoneRig, never, openExaoneRig, starter, system } from './exaoneRig.js';

/** What happens when the engine starts: what it finds on disk, what it measures, what it refuses. */

let rig: ExaoneRig;
beforeAll(async () => {
  rig = await openExaoneRig();
});
afterAll(() => rig.close());

describe('exaone keeps the evaluated system message on disk', () => {
  const prepared = () => readdir(join(rig.folder, 'prepared'));
  const ask: Message[] = [system, { role: 'user', content: 'Hello?' }];
  const run = () =>
    rig.withModel({ savePreparedState: true }, async (model) => {
      await model.prefill([system], never);
      return (await answer(model, ask)).text;
    });

  it('and uses it at the next start; a damaged one is made anew', async () => {
    const without = await rig.withModel({}, async (model) => (await answer(model, ask)).text);
    expect(await run()).toBe(without);
    const [name = ''] = await prepared();
    const file = join(rig.folder, 'prepared', name);
    const made = (await stat(file)).mtimeMs;
    expect(await run()).toBe(without);
    expect((await stat(file)).mtimeMs).toBe(made);

    const whole = await readFile(file);
    await writeFile(file, Buffer.concat([whole.subarray(0, 200), Buffer.alloc(whole.length - 200, 0xee)]));
    expect(await run()).toBe(without);
    expect(await prepared()).toEqual([name]);
    expect(await readFile(file)).toEqual(whole);
  });
});

describe('exaone that can not be loaded says why', () => {
  it('a cut-off file', async () => {
    const file = join(rig.folder, 'cut.gguf');
    const whole = await readFile(starter);
    await writeFile(file, whole.subarray(0, whole.length - 1000));
    await expect(rig.load(file)).rejects.toMatchObject({ code: 'model-cut-off' });
  });

  it('a whole file whose weights llama.cpp does not take', async () => {
    const file = join(rig.folder, 'renamed.gguf');
    const bytes = await readFile(rig.standIn);
    bytes.write('attn_X', bytes.indexOf('attn_q'));
    await writeFile(file, bytes);
    await expect(rig.load(file)).rejects.toMatchObject({
      code: 'model-not-loaded',
      message: expect.stringContaining('renamed.gguf'),
      remedy: expect.any(String),
    });
    // And llama.cpp still works.
    await rig.withModel({}, async (model) =>
      expect((await answer(model, [system, { role: 'user', content: 'Hi' }])).generatedTokens).toBe(12),
    );
  });

  it('a model that is larger than the memory', async () => {
    const file = join(rig.folder, 'huge.gguf');
    const bytes = 2 ** 41;
    const numbers = {
      context_length: 32_768,
      embedding_length: 4096,
      block_count: 1,
      'attention.head_count': 32,
      'attention.head_count_kv': 8,
    };
    const metadata: Record<string, MetadataValue> = { 'general.architecture': { type: 'string', value: 'exaone' } };
    for (const [key, value] of Object.entries(numbers)) metadata[`exaone.${key}`] = { type: 'uint32', value };
    await writeGguf(file, metadata, [{ name: 'w', ggmlType: 0, dimensions: [bytes / 4], bytes, data: () => [] }]);
    // All of it but the header is a hole that takes no disk.
    await truncate(file, bytes + 4096);
    await expect(rig.load(file)).rejects.toMatchObject({ code: 'not-enough-memory', message: expect.stringContaining('2199.') });
  });

  it('a model whose vocabulary is not of the template', async () => {
    const file = join(rig.folder, 'base.gguf');
    const bytes = await readFile(rig.standIn);
    bytes.write('[|xxxx|]', bytes.indexOf('[|user|]'));
    await writeFile(file, bytes);
    await expect(rig.load(file)).rejects.toMatchObject({ code: 'model-wrong-template', message: expect.stringContaining('[|user|]') });
  });
});

describe('exaone measures the machine', () => {
  const measured = () => join(rig.folder, 'measured.json');
  const kept = async () => JSON.parse(await readFile(measured(), 'utf8')) as Record<string, number>;

  it('for its threads, once, and keeps the number unless the machine was busy', async () => {
    const { model, facts, release } = await loadModel(
      rig.standIn,
      exaoneOptions.parse({ engine: 'exaone', model: rig.standIn }),
      new KeptLog(),
    );
    try {
      await chooseThreads(model, facts, rig.folder, () => true);
      await expect(stat(measured())).rejects.toMatchObject({ code: 'ENOENT' });

      const threads = await chooseThreads(model, facts, rig.folder, () => false);
      expect(threads).toBeGreaterThanOrEqual(1);
      expect(threads).toBeLessThanOrEqual(usableCores());
      expect(Object.values(await kept())).toEqual([threads]);

      // What is kept is what is used, but never more than there are cores.
      const [key = ''] = Object.keys(await kept());
      await writeFile(measured(), JSON.stringify({ [key]: 999 }));
      expect(await chooseThreads(model, facts, rig.folder, () => false)).toBe(usableCores());
      await writeFile(measured(), '{"half');
      expect(await chooseThreads(model, facts, rig.folder, () => false)).toBeLessThanOrEqual(usableCores());
      expect(Object.keys(await kept())).toEqual([key]);
    } finally {
      await release();
    }
  });

  it('for a draft model, and leaves it out where it does not help', async () => {
    const ask: Message[] = [system, { role: 'user', content: 'Hi' }];
    const without = await rig.withModel({}, async (model) => (await answer(model, ask)).text);
    await rm(measured(), { force: true });
    // The model itself as its own draft model can't be quicker.
    await rig.withModel({ draftModel: rig.standIn }, async (model) => expect((await answer(model, ask)).text).toBe(without));
    const [[key, gainPercent] = ['', 0]] = Object.entries(await kept());
    expect(gainPercent).toBeGreaterThan(0);

    // As if it had helped: the same words, drafted.
    await writeFile(measured(), JSON.stringify({ [key]: 200 }));
    await rig.withModel({ draftModel: rig.standIn }, async (model) => {
      const { text, meanProbability } = await answer(model, ask);
      expect(text).toBe(without);
      // A draft's tokens come without probabilities: it was used.
      expect(meanProbability).toBeUndefined();
      const abort = new AbortController();
      const cut = await model.generate({ messages: ask, maxTokens: 12, signal: abort.signal, onText: () => abort.abort() });
      expect(cut.stopReason).toBe('aborted');
      expect((await answer(model, ask)).text).toBe(without);
    });
  });

  it('and refuses a draft model of another vocabulary', async () => {
    await expect(rig.load(rig.standIn, { draftModel: starter })).rejects.toMatchObject({ code: 'draft-model-unsuitable' });
  });
});
