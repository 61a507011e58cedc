import { type Lexicon, wordsOf } from './lexicon.js';

/** More than anyone says in one utterance; what is beyond it doesn't change the score. In characters. */
const MOST_CHARACTERS = 6000;

const CHOICES = /\n\s*A[.)][^\n]*\n\s*B[.)]/;
const HANGUL = /\p{Script=Hangul}/u;

/** What a shape looks like, each present (1) or not (0). */
const SHAPES: Readonly<Record<string, RegExp>> = {
  'shape.statements': /\bstatement 1\b|\bI{1,3}\.\s.*\bII\.\s/is,
  'shape.cases': /\bscenarios?\b.*\bscenario 1\b|\bcase 1\b/is,
  'shape.negated': /\b(?:EXCEPT|NOT|LEAST)\b|\b(?:except|false|incorrect|untrue)\b[^.?]{0,40}[?:]/,
  'shape.blank': /_{2,}/,
  'shape.which-of': /\bwhich (?:one )?of the following\b/i,
  'shape.formula': /[=^∀∃⊃≡√∫≤≥→]|\\[a-z]+\{|\d\s*[+*/×÷]\s*\d|\b[xyn]\s*[+-]\s*\d/,
  'shape.code': /\b\w+\([^)]*\)|[{};]|:=|->|\bint\b|\bO\(/,
  'shape.quoted': /["“][^"”]{40,}["”]/,
  'shape.passage': /\b(?:following (?:passage|information|excerpt|text)|refers to the)\b/i,
  'shape.year': /\b1[4-9]\d\d\b/,
  'shape.recent-year': /\b20[012]\d\b/,
  'shape.money': /[$€₩£]\s?\d|\d\s?(?:원|달러|dollars)/,
  'shape.percent': /\d\s?(?:%|percent|퍼센트)/,
  'shape.no-question': /^[^?]*$/,
  'ask.how-many': /\bhow (?:many|much)\b|몇|얼마/i,
};

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
  const length = words.length * (HANGUL.test(stem) ? 1.7 : 1);
  put('length.words', Math.log1p(length) / 4);
  put('length.long', Math.max(0, Math.log(length / 40)) / 2);
  put('length.sentences', Math.log1p(stem.split(/[.?!。]\s/).length - 1) / 2);
  put('length.letters', Math.max(0, stem.length / Math.max(1, words.length) - 4) / 4);
  const choiceWords = wordsOf(choices);
  put('choices.words', Math.log1p(choiceWords.length) / 4);
  put('choices.numbers', choiceWords.length === 0 ? 0 : choiceWords.filter((word) => /^\d/.test(word)).length / choiceWords.length);
  const numbers = words.filter((word) => /^\d/.test(word)).length;
  put('numbers', Math.log1p(numbers) / 2);
  for (const [name, shape] of Object.entries(SHAPES)) put(name, shape.test(stem) ? 1 : 0);
  put('word-problem', numbers >= 2 && words.length >= 12 ? 1 : 0);
  put('choices.all-of-above', /\b(?:all|none|both|neither) of (?:the above|these)\b/i.test(choices) ? 1 : 0);
  for (const [name, count] of lexicon.count(words)) put(name, count / (count + 1));
  for (const [name, count] of lexicon.count(choiceWords)) if (name.startsWith('subject.')) put(`${name}.chosen`, count / (count + 2));
  return { form: choicesAt < 0 ? 'open' : 'choices', values: features };
}
