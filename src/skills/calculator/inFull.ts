import { normalize } from '../sentences/normalize.js';

/** English sums that go on from the last result, written out with it. */

const OPERATOR = /^(?:plus|minus|times|multiplied by|divided by|over|to the|squared|cubed|[-+*/×÷^]|x )/;
const THAT = /\b(?:that|it|this|the (?:answer|result))\b/;
const WITHOUT_IT: readonly (readonly [said: RegExp, before: string])[] = [
  [/^multiply by /, 'times '],
  [/^divide by /, 'divided by '],
  [/^add (?=\S+$)/, 'plus '],
  [/^(?:subtract|take away) (?=\S+$)/, 'minus '],
];

/** "Times three" after 12 is "12 times three", "divide that by two" is "divide 12 by two". */
export function inFull(text: string, last: number): string {
  const value = String(last);
  // Nobody goes on with numbers that are too long for digits.
  if (value.includes('e')) return text;
  const said = WITHOUT_IT.reduce((words, [verb, operator]) => words.replace(verb, operator), normalize(text, 'en'));
  return OPERATOR.test(said) ? `${value} ${said}` : said.replace(THAT, value);
}
