import { Template } from '@huggingface/jinja';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHAT_TEMPLATE_JINJA,
  END_OF_TURN,
  messagePieces,
  render,
  SPECIAL_TOKENS,
  withSystemMessage,
} from '../../../src/language-model/chatTemplate.js';
import type { Message } from '../../../src/language-model/contract.js';

const message = fc.record({
  role: fc.constantFrom('system', 'user', 'assistant'),
  content: fc.string({ unit: 'grapheme' }),
}) satisfies fc.Arbitrary<Message>;

describe('the chat template of EXAONE 3.5', () => {
  it('renders a question after a system message', () => {
    expect(
      render(
        [
          { role: 'system', content: 'Be short.' },
          { role: 'user', content: 'How far is the moon?' },
        ],
        { generationPrompt: true },
      ),
    ).toBe('[|system|]Be short.[|endofturn|]\n[|user|]How far is the moon?\n[|assistant|]');
  });

  it('renders several turns: the user turn has no end token, every other one has', () => {
    expect(
      render(
        [
          { role: 'system', content: 'S' },
          { role: 'user', content: 'one' },
          { role: 'assistant', content: 'two' },
          { role: 'user', content: 'three\nfour' },
        ],
        { generationPrompt: true },
      ),
    ).toBe('[|system|]S[|endofturn|]\n[|user|]one\n[|assistant|]two[|endofturn|]\n[|user|]three\nfour\n[|assistant|]');
  });

  it('always sends a system message', () => {
    expect(render([{ role: 'user', content: 'hi' }], { generationPrompt: true })).toBe(
      '[|system|][|endofturn|]\n[|user|]hi\n[|assistant|]',
    );
    expect(withSystemMessage([{ role: 'user', content: 'hi' }], 'Be kind.')[0]).toEqual({ role: 'system', content: 'Be kind.' });
    const own: Message[] = [{ role: 'system', content: 'mine' }];
    expect(withSystemMessage(own, 'Be kind.')).toBe(own);
  });

  it('leaves the generation prompt out where history is evaluated ahead', () => {
    expect(render([{ role: 'system', content: 'S' }], { generationPrompt: false })).toBe('[|system|]S[|endofturn|]\n');
  });

  it('is the same as Jinja makes of the template in the files', () => {
    const template = new Template(CHAT_TEMPLATE_JINJA);
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), fc.boolean(), (messages, generationPrompt) => {
        expect(render(messages, { generationPrompt })).toBe(template.render({ messages, add_generation_prompt: generationPrompt }));
      }),
    );
  });

  it('never has a special token in the text of a message', () => {
    const tricky = fc
      .array(fc.constantFrom(...SPECIAL_TOKENS, '[', '|', ']', 'user', 'x', '\n'), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(tricky, fc.constantFrom('system', 'user', 'assistant'), (content, role) => {
        const pieces = messagePieces({ role, content });
        for (const piece of pieces) if ('text' in piece) for (const special of SPECIAL_TOKENS) expect(piece.text).not.toContain(special);
        const ending = role === 'user' ? '\n' : `${END_OF_TURN}\n`;
        expect(pieces.map((piece) => ('text' in piece ? piece.text : piece.special)).join('')).toBe(`[|${role}|]${content}${ending}`);
      }),
    );
  });
});
