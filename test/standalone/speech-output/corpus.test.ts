import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { SentenceSplitter } from '../../../src/language-model/sentenceSplitter.js';
import { SpeakableStream } from '../../../src/speech-output/speakable/speakableStream.js';
import type { Language } from '../../../src/speech-to-text/contract.js';

/** Written, and the one or several ways to say it. */
type Topics = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

function corpus(language: Language): [string, string, readonly string[]][] {
  const folder = new URL(`corpus/${language}/`, import.meta.url);
  const topics = readdirSync(folder).flatMap((file) => Object.entries(parse(readFileSync(new URL(file, folder), 'utf8')) as Topics));
  return topics.flatMap(([topic, rows]) =>
    Object.entries(rows).map(([written, said]): [string, string, string[]] => [topic, written, [said].flat()]),
  );
}

function split(text: string, ...cuts: number[]): string[] {
  const splitter = new SentenceSplitter();
  const ends = [...cuts, text.length];
  const sentences = ends.flatMap((end, index) => splitter.push(text.slice(ends[index - 1] ?? 0, end)));
  return [...sentences, ...splitter.flush()];
}

/** What is heard: neither punctuation nor capitals; in Korean, the spaces between words are not heard either. */
function heard(text: string, language: Language): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/(?<!\p{L})'|'(?!\p{L})/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}']+/gu, language === 'ko' ? '' : ' ')
    .trim();
}

describe.each(['en', 'ko'] as const)('what a model writes, and a person hears (%s)', (language) => {
  const rows = corpus(language);

  test.each(rows)('%s: %j', (_, written, said) => {
    const stream = new SpeakableStream(language);
    const spoken = split(written).map((sentence) => stream.sentence(sentence));
    const [first = '', ...others] = said.map((reading) => heard(reading, language));
    const now = heard(spoken.join(' '), language);
    expect(others.includes(now) ? first : now).toBe(first);
  });

  test('cut in two anywhere, an answer has the same sentences', () => {
    for (const [, written] of rows) {
      const whole = split(written);
      for (let cut = 1; cut < written.length; cut++) expect(split(written, cut)).toEqual(whole);
    }
  });
});
