import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeSpeakable } from '../../../src/speech-output/speakable/makeSpeakable.js';
import { SpeakableStream } from '../../../src/speech-output/speakable/speakableStream.js';
import { englishAnswers } from './englishAnswers.js';
import { englishText } from './englishText.js';
import { koreanAnswers } from './koreanAnswers.js';
import { koreanText } from './koreanText.js';

describe.each(Object.entries({ ...englishText, ...englishAnswers }))('English: %s', (_, rows) => {
  test.each(rows)('%j', (written, said) => {
    expect(makeSpeakable(written, 'en')).toBe(said);
  });
});

describe.each(Object.entries({ ...koreanText, ...koreanAnswers }))('Korean: %s', (_, rows) => {
  test.each(rows)('%j', (written, said) => {
    expect(makeSpeakable(written, 'ko')).toBe(said);
  });
});

describe('what is plain stays as it is', () => {
  test.each([
    'The capital of France is Paris.',
    "I don't know that one yet, but I'm happy to help.",
    '"Really?" she asked; he nodded.',
    'It rained (a lot) yesterday.',
    'Wait... what was that?',
    'A well-known, twenty-first century song: "Hey".',
  ])('%s', (sentence) => {
    expect(makeSpeakable(sentence, 'en')).toBe(sentence);
  });

  test.each(['안녕하세요, 무엇을 도와드릴까요?', '오늘은 날씨가 맑고 따뜻합니다.', '그는 "가자!"라고 말했다.'])('%s', (sentence) => {
    expect(makeSpeakable(sentence, 'ko')).toBe(sentence);
  });

  test('decomposed Hangul is composed', () => {
    expect(makeSpeakable('한국'.normalize('NFD'), 'ko')).toBe('한국');
  });
});

describe('a whole answer, sentence by sentence', () => {
  test('a code block is mentioned once and left out, however it is cut', () => {
    const sentences = ['Try this:', '```python\nprint("a. b")', 'x = 1', 'y = 2\n```', 'Done.'];
    const stream = new SpeakableStream('en');
    expect(sentences.map((sentence) => stream.sentence(sentence))).toEqual([
      'Try this:',
      "I'm leaving out a piece of code here.",
      '',
      '',
      'Done.',
    ]);
    expect(makeSpeakable('Look:\n```\na = 1\n```\nThat is it.', 'en')).toBe("Look:\nI'm leaving out a piece of code here.\nThat is it.");
    expect(makeSpeakable('```\n가\n```', 'ko')).toBe('여기 있는 코드는 읽지 않을게요.');
  });

  test('a table is read by rows, without its rule', () => {
    const stream = new SpeakableStream('en');
    const rows = ['| City | People | Vegan |', '|:---|---:|---|', '| Seoul | 9.4 million | ✅ |', '| | | |'];
    expect(rows.map((row) => stream.sentence(row))).toEqual(['City, People, Vegan.', '', 'Seoul, nine point four million, yes.', '']);
  });

  test('each sentence is read in its own language', () => {
    const korean = new SpeakableStream('ko');
    const sentences = ['영어로는 이렇게 말해요.', 'It is 3 km to the station.', '3km예요.', 'NASA 2', '5 km'];
    expect(sentences.map((sentence) => korean.sentence(sentence))).toEqual([
      '영어로는 이렇게 말해요.',
      'It is three kilometers to the station.',
      '삼 킬로미터예요.',
      'NASA 이',
      '오 킬로미터',
    ]);
    const english = new SpeakableStream('en');
    expect(english.sentence('지금은 3시 20분이에요.')).toBe('지금은 세 시 이십 분이에요.');
    expect(english.sentence('The Korean word for 3 is 셋.')).toBe('The Korean word for three is 셋.');
  });

  test('two streams do not share their state', () => {
    new SpeakableStream('en').sentence('```');
    expect(new SpeakableStream('en').sentence('Hello.')).toBe('Hello.');
  });
});

describe('any text', () => {
  const scrap = fc.constantFrom(
    ...[
      '**',
      '*',
      '_',
      '`',
      '```',
      '[a](b)',
      '[',
      '](',
      '|',
      '#',
      '1',
      '12',
      '2026-11-23',
      '3:05',
      '$5',
      '5 kg',
      '1/2',
      '%',
      '°C',
      '~',
      '<b>',
      '>',
      '<',
      '=',
      '^2',
      '\\frac{1}{2}',
      '\\(',
    ],
    ...[
      '\n',
      ' ',
      ' ',
      '. ',
      ', ',
      'a',
      'The ',
      '다. ',
      '가',
      '3시',
      '5개',
      '😀',
      '👨‍👩‍👧',
      'http://a.b/c',
      'e.g. ',
      '-',
      '–',
      '10%',
      '1,000',
      '½',
      '²',
      '₩',
      '\u0000',
      '\uD800',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.array(scrap, { maxLength: 25 }).map((parts) => parts.join('')),
  );

  test.each(['en', 'ko'] as const)('leaves no markup, digits, emoji or control characters (%s)', (language) => {
    fc.assert(
      fc.property(text, (input) => {
        expect(makeSpeakable(input, language)).not.toMatch(
          /[*_#`|<>[\]{}^~\\=\d%$€₩°]|(?![©®™])\p{Extended_Pictographic}|(?!\n)\p{Cc}|\p{Cs}/u,
        );
      }),
      { numRuns: 500 },
    );
  });

  test.each(['en', 'ko'] as const)('what is speakable stays speakable: once is enough (%s)', (language) => {
    fc.assert(
      fc.property(text, (input) => {
        const once = makeSpeakable(input, language);
        expect(/[\p{L}\p{N}]/u.test(once) || once === '').toBe(true);
        expect(once).toBe(once.trim());
      }),
    );
  });

  const heavy = [
    '*',
    '[',
    '(',
    '[](',
    '|',
    '`',
    '1,',
    'http://a',
    '1:',
    ' ',
    'x^',
    '3~',
    '<a ',
    '<가 ',
    '&=',
    "1'",
    'Mon, ',
    '(ツ',
    '1-',
    'in 1',
    '가~',
    '[1]',
    'a.tar.',
    '$1M-',
    '0x1',
    '5"',
    '|a',
    '1 × ',
    '\\begin{pmatrix}&',
  ];
  test.each(heavy)('100 kB of %j take no time to speak of', (part) => {
    const input = part.repeat(100_000 / part.length);
    const started = performance.now();
    makeSpeakable(input, 'en');
    makeSpeakable(input, 'ko');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
