import { expect, it } from 'vitest';
import { orWithout, WithoutModel } from '../../../src/device/answering/withoutModel.js';
import { TandemError } from '../../../src/errors.js';
import { FakeLanguageModel } from '../../../src/language-model/testing/fakeLanguageModel.js';

const asking = { messages: [], maxTokens: 10, signal: new AbortController().signal };

function failing(code: string): () => Promise<never> {
  return () => Promise.reject(new TandemError({ code, stage: 'language-model', message: 'No.', remedy: 'Get it.' }));
}

it.each(['model-missing', 'model-damaged', 'model-cut-off', 'not-enough-memory'])('%s: the device goes on without', async (code) => {
  const model = await orWithout(failing(code));
  expect(model).toBeInstanceOf(WithoutModel);
  await model.prefill([], asking.signal);
  await expect(model.generate(asking)).rejects.toMatchObject({ code: 'no-language-model', remedy: 'Get it.' });
});

it.each(['model-unknown', 'server-refused'])('%s: a mistake of the profile ends it', async (code) => {
  await expect(orWithout(failing(code))).rejects.toMatchObject({ code });
});

it('a server that comes up later is found by the next question', async () => {
  let tries = 0;
  const model = await orWithout(async () => {
    tries += 1;
    return tries < 3 ? await failing('server-unreachable')() : new FakeLanguageModel({ answer: () => 'Yes.' });
  });
  await expect(model.generate(asking)).rejects.toMatchObject({ code: 'server-unreachable' });
  expect((await model.generate(asking)).text).toBe('Yes.');
  expect((await model.generate(asking)).text).toBe('Yes.');
  expect(tries).toBe(3);
  await model.close();
});
