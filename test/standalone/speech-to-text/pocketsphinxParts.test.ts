import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../../src/paths.js';
import { choose, hypotheses, plainWords } from '../../../src/speech-to-text/pocketsphinx/hypotheses.js';
import { arpaModel } from '../../../src/speech-to-text/pocketsphinx/nGramModel.js';
import { withNoiseFloor } from '../../../src/speech-to-text/pocketsphinx/noiseFloor.js';
import { readPhrases } from '../../../src/speech-to-text/pocketsphinx/phrases.js';
import { spokenWords } from '../../../src/speech-to-text/spokenWords.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const folder = temporaryFolder();

describe('the n-gram model of the sentences to expect', () => {
  const sentences = ['what time is it', 'what day is it', 'stop', 'what time is it in paris'].map((text) => text.split(' '));
  const model = arpaModel(sentences);
  const grams = readArpa(model);

  test('says how many n-grams of each length it has', () => {
    for (const order of [1, 2, 3]) {
      const count = Number(new RegExp(`ngram ${order}=(\\d+)`).exec(model)?.[1]);
      expect(count).toBe(Array.from(grams.keys()).filter((gram) => gram.split(' ').length === order).length);
    }
    expect(model.trimEnd().endsWith('\\end\\')).toBe(true);
  });

  test.each(['', '<s>', 'what', '<s> what', 'time is', 'is it', 'paris', 'never seen'])(
    'the words after %j share a probability of one',
    (history) => {
      const vocabulary = Array.from(grams.keys()).filter((gram) => !gram.includes(' ') && gram !== '<s>');
      const sum = vocabulary.reduce(
        (total, word) => total + 10 ** logProbability(grams, history === '' ? [] : history.split(' '), word),
        0,
      );
      expect(sum).toBeCloseTo(1, 2);
    },
  );

  test('a sentence that was given is likelier than its words in another order', () => {
    const score = (text: string) => {
      const all = ['<s>', ...text.split(' '), '</s>'];
      return all.slice(1).reduce((sum, word, index) => sum + logProbability(grams, all.slice(Math.max(0, index - 1), index + 1), word), 0);
    };
    expect(score('what time is it')).toBeGreaterThan(score('time what it is') + 2);
    expect(score('what day is it in paris')).toBeGreaterThan(score('paris in it is day what') + 2);
  });
});

describe('the file of sentences to expect', () => {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test('gives words as they are said, and pronunciations of its own before the usual ones', async () => {
    const path = write('good.yaml', 'pronunciations: { zork: Z AO R K, maths: M AE TH }\nsentences: ["What is 7 maths?", the Zork]\n');
    const { vocabulary, pronunciations, arpa } = await readPhrases(path);
    expect(vocabulary).toEqual(['what', 'is', 'seven', 'maths', 'the', 'zork']);
    expect(pronunciations).toContainEqual(['zork', 'Z AO R K']);
    expect(pronunciations).toContainEqual(['maths', 'M AE TH']);
    expect(pronunciations.find(([word]) => word === 'exaone')).toBeDefined();
    expect(arpa).toContain('<s> the zork');
  });

  test.each([
    ['nothing.yaml', undefined, 'can not be read'],
    ['broken.yaml', 'sentences: [', 'can'],
    ['empty.yaml', 'sentences: []', 'sentences'],
    ['phones.yaml', 'pronunciations: { a: "not phones" }\nsentences: [a]', 'pronunciations.a'],
    ['word.yaml', 'pronunciations: { "a b": "AH" }\nsentences: [a]', 'pronunciations'],
    ['other.yaml', 'phrases: [a]', 'sentences'],
  ])('%s is refused in a sentence', async (name, text, said) => {
    const path = text === undefined ? join(folder, name) : write(name, text);
    await expect(readPhrases(path)).rejects.toMatchObject({
      code: 'phrases-unreadable',
      message: expect.stringContaining(said),
      remedy: expect.any(String),
    });
  });

  test("the starter profile's own is read", async () => {
    const { vocabulary } = await readPhrases(join(projectRoot, 'device-profiles/starter/phrases.yaml'));
    expect(vocabulary).toEqual(expect.arrayContaining(['what', 'time', 'capital', 'exaone']));
  });
});

describe('the hypothesis to believe', () => {
  const general = { words: ['<s>', 'the', 'weather(2)', '<sil>', '[NOISE]', '++UM++', '</s>'], score: -4000, frames: 100 };
  const phrases = (score: number) => ({ words: ['<s>', 'what', '</s>'], score, frames: 100 });

  test('is an expected sentence where that explains the sound clearly better', () => {
    expect(choose({ general, phrases: phrases(-3800) })).toEqual(phrases(-3800));
    expect(choose({ general, phrases: phrases(-3940) })).toEqual(phrases(-3940));
    expect(choose({ general, phrases: phrases(-3960) })).toBe(general);
    expect(choose({ general, phrases: phrases(-4500) })).toBe(general);
    expect(choose({ general })).toBe(general);
  });

  test('is the one that heard anything', () => {
    const nothing = { words: [], score: 0, frames: 0 };
    expect(choose({ general, phrases: nothing })).toBe(general);
    expect(choose({ general: nothing, phrases: phrases(-3800) })).toEqual(phrases(-3800));
    expect(plainWords(choose({ general: nothing, phrases: nothing }))).toBe('');
  });

  test('is written without marks of silence, noise and pronunciation', () => {
    expect(plainWords(general)).toBe('the weather');
  });

  test('is checked before it is believed', () => {
    expect(hypotheses.safeParse({ general: { words: 'no', score: 1, frames: 1 } }).success).toBe(false);
    expect(hypotheses.safeParse({ phrases: phrases(-1) }).success).toBe(false);
  });
});

describe('the noise floor', () => {
  const speech = Int16Array.from({ length: 16_000 }, (_, index) => (index % 8_000 < 4_000 ? Math.round(8_000 * Math.sin(index / 5)) : 0));
  const level = (samples: Int16Array) => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

  test('lies 45 dB under the speech where there was digital silence, the same each time', () => {
    const floored = withNoiseFloor(speech);
    const decibels = 20 * Math.log10(level(floored.subarray(4_000, 8_000)) / level(speech.subarray(0, 4_000)));
    expect(decibels).toBeGreaterThan(-47);
    expect(decibels).toBeLessThan(-43);
    expect(withNoiseFloor(speech)).toEqual(floored);
  });

  test('leaves a recording with noise of its own as it is', () => {
    const noisy = speech.map((sample, index) => sample + ((index * 7_919) % 401) - 200);
    expect(withNoiseFloor(noisy)).toBe(noisy);
  });

  test('leaves silence, and next to nothing, as it is', () => {
    for (const samples of [new Int16Array(0), new Int16Array(100), new Int16Array(32_000)]) expect(withNoiseFloor(samples)).toBe(samples);
  });

  test('does not overflow', () => {
    const loud = Int16Array.from({ length: 3_200 }, (_, index) => (index < 1_600 ? 32_767 : 0));
    const floored = withNoiseFloor(loud);
    expect(Math.min(...floored.subarray(0, 1_600))).toBeGreaterThan(30_000);
  });
});

describe('words as they are said', () => {
  test.each([
    ['What’s the TIME?', "what's the time"],
    ['Mr. Brown is 40% sure', 'mister brown is forty percent sure'],
    ['at 7:05 on the 21st', 'at seven five on the twenty first'],
    ['1,250 euros and 3.5 litres', 'one thousand two hundred fifty euros and three point five litres'],
    ['in 1969 and 2024', 'in nineteen sixty nine and twenty twenty four'],
    ['in 1905', 'in nineteen oh five'],
    ['twenty-one “quotes” — and dashes', 'twenty one quotes and dashes'],
    ['20°C', 'twenty degrees celsius'],
    ["'tis rock 'n' roll", 'tis rock n roll'],
    ['...', ''],
  ])('%j', (text, said) => {
    expect(spokenWords(text).join(' ')).toBe(said);
  });

  test('Korean keeps its words, with its numbers', () => {
    expect(spokenWords('지금 3시예요?', 'ko').join(' ')).toBe('지금 삼 시예요');
  });
});

type Grams = ReadonlyMap<string, { readonly log: number; readonly backOff: number }>;

/** The oracle: what an ARPA file says, by the format's own rules. */
function readArpa(text: string): Grams {
  const grams = new Map<string, { log: number; backOff: number }>();
  let order = 0;
  for (const line of text.split('\n')) {
    const section = /^\\(\d)-grams:$/.exec(line);
    if (section !== null) order = Number(section[1]);
    const parts = line.split(' ');
    if (order === 0 || parts.length <= order) continue;
    grams.set(parts.slice(1, order + 1).join(' '), { log: Number(parts[0]), backOff: Number(parts[order + 1] ?? 0) });
  }
  return grams;
}

function logProbability(grams: Grams, history: readonly string[], word: string): number {
  const found = grams.get([...history, word].join(' '));
  if (found !== undefined) return found.log;
  return (grams.get(history.join(' '))?.backOff ?? 0) + logProbability(grams, history.slice(1), word);
}
