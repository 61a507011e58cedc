import { expect, it } from 'vitest';
import type { LanguageModel } from '../../../src/language-model/contract.js';
import { KeptEngines } from '../../../src/scenario/keptEngines.js';

function models() {
  const happened: string[] = [];
  const load = (name: string) => async (): Promise<LanguageModel> => {
    happened.push(`load ${name}`);
    return {
      label: name,
      capabilities: { contextTokens: 1, prefill: false },
      generate: async () => ({ text: name, stopReason: 'end', promptTokens: 0, cachedTokens: 0, generatedTokens: 0 }),
      prefill: async () => {},
      close: async () => void happened.push(`close ${name}`),
    };
  };
  return { happened, load };
}

it('an engine is kept for the next one with the same options, and closed at the end alone', async () => {
  const { happened, load } = models();
  const kept = new KeptEngines();
  const engines = kept.forProfileIn('/profiles');
  await (await engines.languageModel({ model: 'a' }, load('a'))).close();
  expect((await engines.languageModel({ model: 'a' }, load('again'))).label).toBe('a');
  await kept.close();
  await kept.close();
  expect(happened).toEqual(['load a', 'close a']);
});

it('other options, or the same ones of a profile elsewhere, mean another engine; the first is closed before', async () => {
  const { happened, load } = models();
  const kept = new KeptEngines();
  await kept.forProfileIn('/here').languageModel({ model: 'a' }, load('a'));
  await kept.forProfileIn('/here').languageModel({ model: 'b' }, load('b'));
  await kept.forProfileIn('/there').languageModel({ model: 'b' }, load('c'));
  expect(happened).toEqual(['load a', 'close a', 'load b', 'close b', 'load c']);
});

it('after one that could not be loaded, the one before is loaded again and not given out closed', async () => {
  const { happened, load } = models();
  const engines = new KeptEngines().forProfileIn('/profiles');
  await engines.languageModel({ model: 'a' }, load('a'));
  await expect(engines.languageModel({ model: 'none' }, () => Promise.reject(new Error('no model')))).rejects.toThrow('no model');
  expect((await engines.languageModel({ model: 'a' }, load('a2'))).label).toBe('a2');
  expect(happened).toEqual(['load a', 'close a', 'load a2']);
});
