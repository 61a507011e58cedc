import { describe, expect, it } from 'vitest';
import { ConversationMemory } from '../../../src/device/answering/conversationMemory.js';

describe('what the device remembers of a conversation', () => {
  it('keeps questions and what was really said, oldest first', () => {
    const memory = new ConversationMemory(1_000, () => 0);
    memory.add('hello', 'Hi.');
    memory.add('who are you', 'I am');
    expect(memory.messages().map(({ role, content }) => `${role}: ${content}`)).toEqual([
      'user: hello',
      'assistant: Hi.',
      'user: who are you',
      'assistant: I am',
    ]);
    expect(memory.lastAnswer()).toBe('I am');
  });

  it('keeps no question that was not answered', () => {
    const memory = new ConversationMemory(1_000, () => 0);
    memory.add('hello', '');
    memory.add('', 'Dinner is ready.');
    expect(memory.messages()).toEqual([]);
  });

  it('forgets after a while without a word', () => {
    let now = 0;
    const memory = new ConversationMemory(1_000, () => now);
    memory.add('hello', 'Hi.');
    now = 1_000;
    expect(memory.messages()).toHaveLength(2);
    now = 1_001;
    expect(memory.messages()).toEqual([]);
  });

  it('goes on with the conversation of the device before, for as long as that would have remembered it', () => {
    const clocks = [5_000, 0];
    const [before, after] = clocks.map((_, which) => new ConversationMemory(1_000, () => clocks[which] ?? 0));
    before?.add('hello', 'Hi.');
    clocks[0] = 5_600;
    if (before !== undefined) after?.takeOver(before);
    clocks[1] = 400;
    expect(after?.lastAnswer()).toBe('Hi.');
    clocks[1] = 401;
    expect(after?.messages()).toEqual([]);
  });

  it('is not kept alive by wake words that nobody said', () => {
    let now = 0;
    const memory = new ConversationMemory(1_000, () => now);
    memory.add('hello', 'Hi.');
    now = 600;
    memory.add('', '');
    now = 1_200;
    expect(memory.messages()).toEqual([]);
    expect(memory.lastAnswer()).toBeUndefined();
  });

  it('has an interrupted answer in whole sentences for who wants to hear it again', () => {
    const memory = new ConversationMemory(1_000, () => 0);
    memory.add('who are you', 'I am', 'I am Tandem.');
    expect(memory.messages().at(-1)?.content).toBe('I am');
    expect(memory.lastAnswer()).toBe('I am Tandem.');
  });

  it('does not grow without end', () => {
    const memory = new ConversationMemory(1_000, () => 0);
    for (let turn = 0; turn < 1_000; turn++) memory.add(`question ${turn}`, 'Yes.');
    expect(memory.messages()).toHaveLength(64);
    expect(memory.messages()[0]?.content).toBe('question 968');
  });
});
