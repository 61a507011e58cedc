import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainSpeech } from '../../../src/speech-output/plainSpeech.js';

describe('text for festival', () => {
  test.each([
    ["It's three o’clock, isn't it?", "It's three o'clock, isn't it?"],
    ['Café Zürich, naïve.', 'Cafe Zurich, naive.'],
    ['One; two: three (four).', 'One, two, three, four.'],
    ['")(system "touch owned")("', 'system touch owned,'],
    ['\\") (quit)', 'quit,'],
    ['-o /tmp/x hello', 'o tmp x hello'],
    ['안녕하세요', ''],
    ['...', ''],
    ['', ''],
  ])('%j is said %j', (written, said) => {
    expect(plainSpeech(written)).toBe(said);
  });

  test('whatever the text, nothing is left that could end a string or be a switch', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            '"',
            '\\',
            '(',
            ')',
            "'",
            '`',
            '$',
            ';',
            '\n',
            '\u0000',
            '\uFF02',
            '＂',
            '\u201C',
            '-',
            'system',
            ' ',
            'touch x',
            '\\"',
            '#',
            '|',
            '{',
            'é',
          ),
          { maxLength: 40 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        expect(plainSpeech(text)).toMatch(/^(?:[A-Za-z0-9][A-Za-z0-9 ,.?!'-]*)?$/);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a sentence of any length costs no more than one of 2,000 characters', () => {
    expect(plainSpeech('a '.repeat(1_000_000)).length).toBeLessThanOrEqual(2_000);
  });
});
