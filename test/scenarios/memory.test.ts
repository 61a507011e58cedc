import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/language-model/contract.js';
import { FakeLanguageModel } from '../../src/language-model/testing/fakeLanguageModel.js';
import { playScenario } from '../support/playScenario.js';

/** What a whole device tells its model of the conversation so far. The scenarios show what people hear of it, and no more. */

const STORY = 'A fox is a small wild dog with a red coat and a long tail. It lives in woods and in towns. It eats mice and berries.';

/** Plays the turns; for each time that the model was asked, what it was told but the system message. */
async function asked(scenario: Readonly<Record<string, unknown>>): Promise<readonly (readonly Message[])[]> {
  const model = new FakeLanguageModel({ answer: () => STORY });
  const { differences } = await playScenario(scenario, { languageModel: () => Promise.resolve(model) });
  expect(differences).toBe('');
  return model.requests.map(({ messages }) => messages.filter(({ role }) => role !== 'system'));
}

const NEXT = 'and what is a badger';

describe('the history', () => {
  it.each([
    ['the stop button', { press: 'stop' }, 'stopped'],
    ['the talk button', { press: 'talk' }, 'interrupted'],
  ])('keeps what had been said until %s, and not what had not', { timeout: 300_000 }, async (_, interruption, outcome) => {
    const [, second] = await asked({
      turns: [{ ask: 'tell me about foxes' }, { ...interruption, after: 'first-audio', wait: '2 s' }, { ask: NEXT }],
      expect: ['first-audio', { 'turn-end': outcome }, { 'turn-end': 'answered' }],
    });
    const kept = second?.find(({ role }) => role === 'assistant')?.content ?? '';
    expect(second?.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(kept).toMatch(/^A fox is a/);
    expect(STORY.startsWith(kept)).toBe(true);
    expect(kept.length).toBeLessThan('A fox is a small wild dog with a red coat and a long tail.'.length);
  });

  it('is one, whoever answered: a skill, the host or the model on the device', { timeout: 300_000 }, async () => {
    const [told] = await asked({
      home: {},
      turns: [{ ask: 'ask the big model what is the capital of italy' }, { ask: 'what is twelve times twelve' }, { ask: NEXT }],
      expect: [{ route: 'host' }, { route: 'skill' }, { route: 'device' }],
    });
    expect(told).toEqual([
      { role: 'user', content: 'ask the big model what is the capital of italy' },
      { role: 'assistant', content: expect.stringContaining('Rome') },
      { role: 'user', content: 'what is twelve times twelve' },
      { role: 'assistant', content: expect.stringContaining('144') },
      { role: 'user', content: NEXT },
    ]);
  });

  it('is empty after the time that the profile says', { timeout: 300_000 }, async () => {
    const [, second] = await asked({
      settings: { conversation: { forgetAfterMs: 3000 } },
      turns: [{ ask: 'tell me about foxes' }, { ask: NEXT, at: '30 s' }],
      expect: [{ 'turn-end': 'answered' }, { 'turn-end': 'answered' }],
    });
    expect(second).toEqual([{ role: 'user', content: NEXT }]);
  });
});
