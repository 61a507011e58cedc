import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerText } from '../../../src/language-model/llama/answerText.js';

/** Tokens that are single bytes: every character of more than one byte is cut. */
const ofBytes = () => new AnswerText<number>((tokens) => Buffer.from(tokens).toString('utf8'));

function pushAll(answer: AnswerText<number>, text: string): string[] {
  return [...Buffer.from(text, 'utf8')].map((byte) => answer.push(byte));
}

describe('text of tokens as they come', () => {
  it('holds a character back until it is whole', () => {
    expect(pushAll(ofBytes(), 'a가😀')).toEqual(['a', '', '', '가', '', '', '', '😀']);
  });

  it('comes to exactly the text, in whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (wanted) => {
        const answer = ofBytes();
        const pieces = pushAll(answer, wanted);
        expect(pieces.join('')).toBe(wanted);
        expect(answer.text).toBe(wanted);
        for (const piece of pieces) expect(piece).not.toContain('\uFFFD');
      }),
    );
  });

  it('goes on after bytes that never become a character', () => {
    const answer = ofBytes();
    for (const byte of [0x80, 0x81, 0x82, 0x83]) answer.push(byte);
    expect(pushAll(answer, 'ok')).toEqual(['o', 'k']);
  });

  it('gives the detokenizer the tokens before', () => {
    const seen: (readonly number[])[] = [];
    const answer = new AnswerText<number>((tokens, before) => {
      seen.push(before);
      return String(tokens);
    });
    for (let token = 1; token <= 6; token += 1) answer.push(token);
    expect(seen.at(-1)).toEqual([2, 3, 4, 5]);
  });
});
