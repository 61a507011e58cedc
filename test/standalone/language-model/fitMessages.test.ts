import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMessages, SHORTEST_ANSWER_TOKENS, type Sized } from '../../../src/language-model/fitMessages.js';

interface Numbered extends Sized {
  readonly id: number;
}

const room = { contextTokens: 400, answerTokens: 100, generationStartTokens: 1 };
const tokensOf = (messages: readonly Sized[]) => messages.reduce((sum, { tokens }) => sum + tokens, 0);

/** A system message, turns of a user and mostly an assistant message, and a last question. */
const conversation = fc
  .record({
    system: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
    turns: fc.array(fc.tuple(fc.integer({ min: 1, max: 80 }), fc.option(fc.integer({ min: 1, max: 80 }), { nil: undefined })), {
      maxLength: 12,
    }),
    question: fc.integer({ min: 1, max: 120 }),
  })
  .map(({ system, turns, question }) => {
    const messages: Omit<Numbered, 'id'>[] = [];
    if (system !== undefined) messages.push({ role: 'system', tokens: system });
    for (const [user, assistant] of turns) {
      messages.push({ role: 'user', tokens: user });
      if (assistant !== undefined) messages.push({ role: 'assistant', tokens: assistant });
    }
    messages.push({ role: 'user', tokens: question });
    return messages.map((message, id): Numbered => ({ ...message, id }));
  });

describe('what of a conversation the model reads', () => {
  it('keeps everything that fits', () => {
    const messages: Sized[] = [
      { role: 'system', tokens: 20 },
      { role: 'user', tokens: 10 },
      { role: 'assistant', tokens: 10 },
      { role: 'user', tokens: 10 },
    ];
    expect(fitMessages(messages, room)).toEqual({ messages, answerTokens: 100 });
  });

  it('always fits, keeps the system message and the last question, leaves out whole turns from the oldest, and no other', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const fitted = fitMessages(messages, room);
        expect(tokensOf(fitted.messages) + 1 + fitted.answerTokens).toBeLessThanOrEqual(room.contextTokens);
        expect(fitted.answerTokens).toBe(100);
        expect(fitted.messages.at(-1)).toBe(messages.at(-1));
        const system = messages[0]?.role === 'system' ? 1 : 0;
        expect(fitted.messages.slice(0, system)).toEqual(messages.slice(0, system));
        const history = fitted.messages.slice(system);
        expect(history).toEqual(messages.slice(messages.length - history.length));
        expect(history[0]?.role).toBe('user');
      }),
    );
  });

  it('leaves out in steps, so that a growing conversation keeps its beginning for several turns', () => {
    const turn = (n: number): Numbered[] => [
      { id: 2 * n, role: 'user', tokens: 15 },
      { id: 2 * n + 1, role: 'assistant', tokens: 15 },
    ];
    const system: Numbered = { id: -1, role: 'system', tokens: 30 };
    const firstKept = Array.from({ length: 60 }, (_, turns) => {
      const history = Array.from({ length: turns }, (_, n) => turn(n)).flat();
      const fitted = fitMessages([system, ...history, { id: 9999, role: 'user', tokens: 15 }], room);
      return fitted.messages[1]?.id;
    });
    const changes = firstKept.filter((id, i) => i > 0 && id !== firstKept[i - 1]).length;
    expect(changes).toBeGreaterThan(5);
    // A step is a quarter of 400 tokens: more than three turns of 30.
    expect(changes).toBeLessThanOrEqual(60 / 3);
  });

  it('gives a long question less room for its answer, and refuses one that leaves none', () => {
    const system: Sized = { role: 'system', tokens: 20 };
    expect(fitMessages([system, { role: 'user', tokens: 340 }], room).answerTokens).toBe(39);
    const longest = 400 - 1 - 20 - SHORTEST_ANSWER_TOKENS;
    expect(fitMessages([system, { role: 'user', tokens: longest }], room).answerTokens).toBe(SHORTEST_ANSWER_TOKENS);
    expect(() => fitMessages([system, { role: 'user', tokens: longest + 1 }], room)).toThrow(
      expect.objectContaining({ code: 'question-too-long' }),
    );
  });

  it('asks for no longer an answer than was wanted', () => {
    expect(fitMessages([{ role: 'user', tokens: 5 }], { ...room, answerTokens: 3 }).answerTokens).toBe(3);
  });
});
