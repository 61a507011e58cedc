import type { Language } from '../../speech-to-text/contract.js';
import { normalize } from '../sentences/normalize.js';

/** Sums that go on from the last result, written out with it. */

const OPERATOR: Readonly<Record<Language, RegExp>> = {
  en: /^(?:plus|minus|times|multiplied by|divided by|over|to the|squared|cubed|[-+*/×÷^]|x )/,
  ko: /^(?:더하기|빼기|곱하기|나누기|[-+*/×÷^])/,
};
/** What people call the last result. */
const THAT: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:that|it|this|the (?:answer|result))\b/,
  ko: /^(?:거기|여기)(?=에|서|다)|^(?:그거|그것|그 값)(?=을|를|에|의| )/,
};
const WITHOUT_IT: readonly (readonly [said: RegExp, before: string])[] = [
  [/^multiply by /, 'times '],
  [/^divide by /, 'divided by '],
  [/^add (?=\S+$)/, 'plus '],
  [/^(?:subtract|take away) (?=\S+$)/, 'minus '],
  // "거기서 3 빼면", "그걸 둘로 나누면"
  [/^(거기|여기)서(?= )/, '$1에서'],
  [/^(거기|여기)다(?= )/, '$1에다'],
  [/^그걸(?= )/, '그것을'],
];

/** "Times three" after 12 is "12 times three", "divide that by two" is "divide 12 by two". */
export function inFull(text: string, last: number, language: Language): string {
  const value = String(last);
  // Nobody goes on with numbers that are too long for digits.
  if (value.includes('e')) return text;
  const said = WITHOUT_IT.reduce((words, [verb, operator]) => words.replace(verb, operator), normalize(text, language));
  return OPERATOR[language].test(said) ? `${value} ${said}` : said.replace(THAT[language], value);
}
