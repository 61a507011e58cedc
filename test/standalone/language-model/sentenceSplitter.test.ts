import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { SentenceSplitter } from '../../../src/language-model/sentenceSplitter.js';

function split(text: string, chunk = text.length): string[] {
  const splitter = new SentenceSplitter();
  const sentences: string[] = [];
  for (let at = 0; at < text.length; at += chunk) sentences.push(...splitter.push(text.slice(at, at + chunk)));
  return [...sentences, ...splitter.flush()];
}

/** `|` marks the cuts that are expected. */
const cases: readonly string[] = [
  'Seoul is the capital of Korea.| It has ten million people.| Anything else?',
  'Yes.| No!| Really?| Well, yes.',
  'Dr. Kim and Mrs. Lee met Prof. Park.| They talked.',
  'Use fruit, e.g. apples, or nuts, i.e. almonds.| Then stir.',
  'The value is 3.5 percent.| It was 2.75 before.',
  'It costs $5.20.| That is cheap.',
  'J. K. Rowling wrote it.| George R. R. Martin wrote another.',
  'I live in the U.S. and work in the U.K. most days.| Good.',
  'The U.S. Army is large.| Yes.',
  'He lives in the U.S.| The city is big.',
  'Take vitamin C.| It helps.',
  'Meet at 5 p.m. tomorrow.| Bring food.',
  'Meet at 5 p.m.| Bring food.',
  'Buy eggs, milk, etc. and come back.| Thanks.',
  'Buy eggs, milk, etc.| Then come back.',
  'Well... maybe it is.| Fine.',
  'Well…| Maybe not.',
  'Wait...| What was that?',
  '"Stop!" he said.| Then he left.',
  'She asked "why?" and left.| Nobody knew.',
  'He said "Go."| Then it was quiet.',
  'Is it?!| Yes!!!| Good.',
  '(It is late.)| Good night.',
  '**Note.**| The oven is hot.',
  '*Really?* he asked.| Yes.',
  'See https://example.com/a.b?c=d.e for more.| Or not.',
  'Visit example.com.| It is nice.',
  'Node.js and main.py are files.| Good.',
  'See No. 5 and Fig. 2 on p. 7.| Right.',
  'Can I go?| No.| You cannot.',
  'On Nov. 23 it snowed.| In Dec. it rained.',
  'Smith Inc. makes cars.| Good.',
  'Smith Co.| The firm is old.',
  'It is approx. five km.| Walk.',
  '1. Boil the water.|\n2. Add the tea.|\n3. Wait.',
  '1. **Boil.** the water',
  '- apples|\n- pears|\n- plums',
  'Here is a list:|\n* one|\n* two|\n\nDone.',
  'First line|\nsecond line',
  'The answer is 42.| Next one.',
  'Version 3.5.1 is out.| Update it.',
  'At 3:05 p.m. the train leaves.| Hurry.',
  'The steps are: 1. Wash the rice.| 2. Boil it.',
  'It happened in 2026.| 11 people came.',
  'Martin Luther King Jr. (1929) spoke.| Many came.',
  '오늘은 2026. 11. 23. 월요일입니다.| 날씨가 좋아요.',
  '날짜는 2026. 11. 23.| Good.',
  '다음과 같습니다: 1. 쌀을 씻는다.| 2. 물을 넣는다.',
  '가격은 3,500원입니다.|(부가세 포함) 그리고 배송비가 있어요.',
  '안녕하세요.|저는 톰이에요.|반가워요!',
  'NASA는 미국 기관이에요.| It is big.| 그래요.',
  '네이버(NAVER Corp.)는 회사예요.| 1999년에 생겼어요.',
  '안녕하세요.| 오늘은 맑습니다.| 우산이 필요할까요?| 아니요!',
  '서울은 한국의 수도입니다.| 인구는 940만 명이에요.',
  '기온은 3.5도입니다.| 춥네요.',
  '끝났습니다.|그리고 시작합니다.',
  '그는 "가자!"라고 말했다.| 그리고 떠났다.',
  '글쎄요...| 잘 모르겠어요.',
  '1. 물을 끓입니다.|\n2. 차를 넣습니다.',
  '是的。|好吗？|好！',
  'Run this:|\n```python\nprint("Hi. There.")\n\nx = 1\n```|\nThat is all.',
  '```js\na. b. c.\n```|\nDone.| Bye.',
  'Use `a. b` here.| Good.',
];

const written = parse(readFileSync(new URL('sentences.yaml', import.meta.url), 'utf8')) as Readonly<Record<'en' | 'ko', readonly string[]>>;

describe.each(['en', 'ko'] as const)('sentences as models write them (%s)', (language) => {
  test.each(written[language])('%j', (line) => {
    const expected = line.split('|').map((part) => part.trim());
    expect(split(line.replaceAll('| ', ''))).toEqual(expected.filter((part) => part !== ''));
  });
});

test('an answer that begins with a long sentence is begun at a pause', () => {
  const start =
    'Photosynthesis is the process by which green plants, algae, and some bacteria turn sunlight, water, and carbon dioxide into sugar and oxygen';
  expect(split(`${start}.`)).toEqual([
    'Photosynthesis is the process by which green plants, algae, and some bacteria turn sunlight, water,',
    'and carbon dioxide into sugar and oxygen.',
  ]);
  expect(split(`Yes. ${start}.`)).toEqual(['Yes.', `${start}.`]);
});

describe('sentence splitter', () => {
  test.each(cases)('%s', (line) => {
    const expected = line.split('|').map((part) => part.trim());
    expect(split(expected.length === 1 ? line : line.split('|').join(''))).toEqual(expected);
  });

  test('table rows come one by one', () => {
    expect(split('| Name | Age |\n| --- | --- |\n| Kim | 5 |\n')).toEqual(['| Name | Age |', '| --- | --- |', '| Kim | 5 |']);
  });

  test('a sentence is out with the one character that follows it', () => {
    const splitter = new SentenceSplitter();
    expect(splitter.push('It is three o’clock.')).toEqual([]);
    expect(splitter.push(' ')).toEqual(['It is three o’clock.']);
    expect(splitter.push('세 시입니다.')).toEqual([]);
    expect(splitter.push('\n')).toEqual(['세 시입니다.']);
    expect(splitter.push('Why?')).toEqual([]);
    expect(splitter.push(' ')).toEqual(['Why?']);
    expect(splitter.flush()).toEqual([]);
  });

  test('a new answer after flush does not see the last one', () => {
    const splitter = new SentenceSplitter();
    splitter.push('```\ncode');
    expect(splitter.flush()).toEqual(['```\ncode']);
    expect(splitter.push('Yes. Sure.\n')).toEqual(['Yes.', 'Sure.']);
  });

  test('a sentence without an end is cut at a pause, else at a space, else anywhere', () => {
    const commas = split(`${'one two three four five six seven, '.repeat(30)}end`);
    expect(commas.every((part) => part.length <= 301)).toBe(true);
    expect(commas.slice(0, -1).every((part) => part.endsWith(','))).toBe(true);
    expect(split('word '.repeat(200)).every((part) => part.length <= 301 && !/wo$|wor$/.test(part))).toBe(true);
    expect(split('가'.repeat(5_000)).every((part) => part.length <= 1_001)).toBe(true);
    expect(split('😀'.repeat(3_000)).every((part) => !/\p{Surrogate}/u.test(part))).toBe(true);
  });

  test('a code block stays whole up to its limit and comes in whole lines beyond', () => {
    const block = `\`\`\`\n${'let a = 1. 2;\n'.repeat(100)}\`\`\``;
    expect(split(`${block}\nDone.`)).toEqual([block, 'Done.']);
    const long = split(`\`\`\`\n${'let a = 1;\n'.repeat(2_000)}\`\`\`\nDone.`);
    expect(long.at(-1)).toBe('Done.');
    expect(long.every((part) => part.length <= 4_100)).toBe(true);
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          'Dr. ',
          'Kim',
          '. ',
          '.',
          '3.5',
          ' ',
          '\n',
          '"',
          '**',
          '다.',
          '요. ',
          'U.S. ',
          '```',
          '```\n',
          '...',
          '?',
          'the ',
          'The ',
          '1. ',
          ', ',
          'x'.repeat(120),
          '… ',
          ')',
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join('')),
  );

  test('the same sentences at any chunking', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 17 }), (input, chunk) => {
        expect(split(input, chunk)).toEqual(split(input));
      }),
    );
  });

  test('nothing but white space is lost, and no sentence is empty', () => {
    fc.assert(
      fc.property(text, (input) => {
        const sentences = split(input, 7);
        expect(sentences.join('').replace(/\s/g, '')).toBe(input.replace(/\s/g, ''));
        expect(sentences.every((sentence) => sentence.trim() !== '')).toBe(true);
      }),
    );
  });

  test.each(['a', '.', '"', '`', '* ', '. ', '\n', '```\n', '가', 'Dr. ', 'U.S. '])('100 kB of %j take no time to speak of', (part) => {
    const started = performance.now();
    split(part.repeat(100_000 / part.length), 5);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
