import { describe, expect, it } from 'vitest';
import { FakeLanguageModel } from '../../../src/language-model/testing/fakeLanguageModel.js';
import { conformsToLanguageModel } from './conformance.js';

conformsToLanguageModel('the scripted fake', {
  load: () => Promise.resolve(new FakeLanguageModel()),
  question: 'Where does the sun go at night?',
  someTokens: 6,
});

const never = new AbortController().signal;
const ask = (content: string) => ({ messages: [{ role: 'user', content } as const], maxTokens: 50, signal: never });

describe('the scripted fake', () => {
  it('answers by the script', async () => {
    const model = new FakeLanguageModel({
      answer: (question) => (question === 'two?' ? { pieces: ['a', 'b'], meanProbability: 0.25 } : 'It is noon.'),
    });
    expect(await model.generate(ask('one?'))).toMatchObject({ text: 'It is noon.', generatedTokens: 3, stopReason: 'end' });
    expect(await model.generate(ask('two?'))).toMatchObject({ text: 'ab', meanProbability: 0.25 });
    expect(model.requests).toHaveLength(2);
  });

  it('waits for the test before each piece, and an abort ends the wait', async () => {
    let openFirst = () => {};
    const gates = [new Promise<void>((resolve) => (openFirst = resolve)), new Promise<void>(() => {})];
    const model = new FakeLanguageModel({
      answer: () => ({ pieces: ['one', 'two'] }),
      beforePiece: (i) => gates[i] ?? Promise.resolve(),
    });
    const abort = new AbortController();
    const running = model.generate({ ...ask('?'), signal: abort.signal, onText: () => abort.abort() });
    openFirst();
    expect(await running).toMatchObject({ text: 'one', stopReason: 'aborted' });
  });

  it('fails where the script says so', async () => {
    const model = new FakeLanguageModel({ answer: () => ({ pieces: ['one', 'two'], failAfter: 1 }) });
    const emitted: string[] = [];
    const failing = model.generate({ ...ask('?'), onText: (text) => emitted.push(text) });
    await expect(failing).rejects.toMatchObject({ code: 'scripted-failure' });
    expect(emitted).toEqual(['one']);
    await expect(model.generate(ask('?'))).rejects.toMatchObject({ code: 'scripted-failure' });
  });
});
