import { type Lexicon, wordsOf } from './lexicon.js';

/** More than anyone says in one utterance; what is beyond it doesn't change the score. In characters. */
const MOST_CHARACTERS = 6000;

const CHOICES = /\n\s*A[.)][^\n]*\n\s*B[.)]/;
const ALL_OF_ABOVE = /\b(?:all|none|both|neither) of (?:the above|these)\b/i;
const HANGUL = /\p{Script=Hangul}/u;

const NUMBER =
  /^(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)$)/;

/** Shapes that don't depend on punctuation: recognisers write it or leave it out. Each present (1) or not (0). */
const SHAPES: Readonly<Record<string, RegExp>> = {
  'shape.formula': /[=^∀∃⊃≡√∫≤≥→]|\\[a-z]+\{|\d\s*[+*/×÷]\s*\d|\b[xyn]\s*[+-]\s*\d/,
  'shape.code': /\b\w+\([^)]*\)|[{};]|:=|->|\bint\b|\bO\(/,
  'ask.how-many': /\bhow (?:many|much)\b|몇|얼마/i,
};

/** Shapes of questions in tests, which are read, not heard. */
const TEST_SHAPES: Readonly<Record<string, RegExp>> = {
  'shape.statements': /\bstatement 1\b|\bI{1,3}\.\s.*\bII\.\s/is,
  'shape.cases': /\bscenarios?\b.*\bscenario 1\b|\bcase 1\b/is,
  'shape.negated': /\b(?:EXCEPT|NOT|LEAST)\b|\b(?:except|false|incorrect|untrue)\b[^.?]{0,40}[?:]/,
  'shape.blank': /_{2,}/,
  'shape.which-of': /\bwhich (?:one )?of the following\b/i,
  'shape.quoted': /["“][^"”]{40,}["”]/,
  'shape.passage': /\b(?:following (?:passage|information|excerpt|text)|refers to the)\b/i,
  'shape.year': /\b1[4-9]\d\d\b/,
  'shape.recent-year': /\b20[012]\d\b/,
  'shape.money': /[$€₩£]\s?\d|\d\s?(?:원|달러|dollars)/,
  'shape.percent': /\d\s?(?:%|percent|퍼센트)/,
  'shape.no-question': /^[^?]*$/,
};

/** Subjects whose questions are reckoned where the given answers are numbers. */
const RECKONED = { mathematics: ['mathematics', 'statistics'], science: ['physics', 'chemistry', 'engineering'] } as const;

/** `choices`: a question to be answered by one of several given answers, as in a test. `open`: every other one. */
export type QuestionForm = 'open' | 'choices';

export interface Features {
  readonly form: QuestionForm;
  readonly values: ReadonlyMap<string, number>;
}

/**
 * What a question is like, as numbers from 0 to about 2: its length, its shape, which subjects and tasks it names. Only what is not 0.
 * The names are those of `weights.yaml`.
 */
export function featuresOf(text: string, lexicon: Lexicon): Features {
  const read = text.slice(0, MOST_CHARACTERS);
  const choicesAt = read.search(CHOICES);
  const stem = choicesAt < 0 ? read : read.slice(0, choicesAt);
  const choices = choicesAt < 0 ? '' : read.slice(choicesAt);
  const words = wordsOf(stem);
  const features = new Map<string, number>();
  const put = (name: string, value: number) => {
    if (value > 0) features.set(name, value);
  };
  // A Korean word holds what English says in about 1.7 of them.
  const isKorean = HANGUL.test(stem);
  const length = words.length * (isKorean ? 1.7 : 1);
  put('korean', isKorean ? 1 : 0);
  put('length.words', Math.log1p(length) / 4);
  put('length.long', Math.max(0, Math.log(length / 40)) / 2);
  const letters = words.reduce((sum, word) => sum + word.length, 0) / Math.max(1, words.length);
  put('length.letters', Math.max(0, letters - 3) / 4);
  const numbers = words.filter((word) => NUMBER.test(word)).length;
  put('numbers', Math.log1p(numbers) / 2);
  const see = (shapes: Readonly<Record<string, RegExp>>) => {
    for (const [name, shape] of Object.entries(shapes)) put(name, shape.test(stem) ? 1 : 0);
  };
  see(SHAPES);
  if (choicesAt < 0) {
    put('word-problem', numbers >= 2 && words.length >= 12 ? 1 : 0);
    countFields(lexicon.count(words), lexicon, put);
    return { form: 'open', values: features };
  }
  see(TEST_SHAPES);
  put('length.sentences', Math.log1p(stem.split(/[.?!]\s/).length - 1) / 2);
  const choiceWords = wordsOf(choices);
  put('choices.words', Math.log1p(choiceWords.length) / 4);
  put('choices.numbers', choiceWords.length === 0 ? 0 : choiceWords.filter((word) => /^\d/.test(word)).length / choiceWords.length);
  put('choices.all-of-above', ALL_OF_ABOVE.test(choices) ? 1 : 0);
  const counts = lexicon.count(words);
  for (const [name, count] of counts) if (!name.startsWith('subject.')) put(name, count / (count + 1));
  const shares = subjectShares(counts, lexicon.count(choiceWords));
  for (const [name, share] of shares) put(name, share);
  const given = features.get('choices.numbers') ?? 0;
  for (const [kind, subjects] of Object.entries(RECKONED)) {
    put(`${kind}.numbers`, given * subjects.reduce((sum, subject) => sum + (shares.get(`subject.${subject}`) ?? 0), 0));
  }
  put('length.numbers', given * (features.get('length.words') ?? 0));
  return { form: 'choices', values: features };
}

/** Each subject's share of the words that name any; words in the choices count half. */
function subjectShares(asked: ReadonlyMap<string, number>, chosen: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const add = (counts: ReadonlyMap<string, number>, weight: number) => {
    for (const [name, count] of counts) if (name.startsWith('subject.')) sums.set(name, (sums.get(name) ?? 0) + weight * count);
  };
  add(asked, 1);
  add(chosen, 0.5);
  // One more word of no subject: a single hit is not a whole subject.
  const total = [...sums.values()].reduce((sum, count) => sum + count, 1);
  return new Map([...sums].map(([name, count]) => [name, count / total]));
}

/** Open questions are short: their subjects count by field. */
function countFields(counts: ReadonlyMap<string, number>, lexicon: Lexicon, put: (name: string, value: number) => void): void {
  const fields = new Map<string, number>();
  for (const [name, count] of counts) {
    const field = lexicon.fieldOf.get(name);
    if (field !== undefined) fields.set(field, (fields.get(field) ?? 0) + count);
    else if (!name.startsWith('subject.')) put(name, count / (count + 1));
  }
  for (const [field, count] of fields) put(field, count / (count + 1));
}
