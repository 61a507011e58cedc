import { type Rule, rule, wordBegins, wordEnds, words } from '../rule.js';
import { numberWords, ordinalWords } from './numberWords.js';

const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50 };
const tens = '(?:XL|L?X{0,3})';
const ones = '(?:IX|IV|V?I{0,3})';
/** Up to 89, in capitals. */
const numeral = `(?=[LXVI])${tens}${ones}`;
const two = `(?=[LXVI]{2})${tens}${ones}`;

/** After these even one letter is a number: Part I, Type V. */
const counted =
  'World War|War|Chapter|Part|Act|Scene|Volume|Type|Phase|Book|Section|Article|Super Bowl|Title|Level|Stage|Episode|Season|Grade|Appendix|Figure|Table|Unit|Mark|Step';
const rulers =
  'Albert|Alexander|Benedict|Catherine|Charles|Constantine|Edward|Elizabeth|Ferdinand|Francis|Frederick|George|Gregory|Harald|Henry|Ivan|James|John|Paul|Juan Carlos|Leo|Leopold|Louis|Margrethe|Mary|Napoleon|Nicholas|Olaf|Peter|Philip|Pius|Ramses|Richard|Urban|Wilhelm|William';
const titles = 'King|Queen|Pope|Emperor|Empress|Tsar|Prince|Pharaoh';

/** Kings are the eighth, wars and chapters are two. Single letters are left alone where they may be words or grades. */
export const romanNumeralRules: readonly Rule[] = [
  // The heading of a part: IV. Trends.
  rule(`^(?<number>${two}|[IVX])\\.(?=\\s)`, (part) => `${cardinal(part('number'))}:`),
  rule(`${wordBegins}WW(?<number>I{1,3})${wordEnds}`, (part) => `World War ${cardinal(part('number'))}`),
  rule(`${wordBegins}(?<number>${two})(?:st|nd|rd|th)?(?=\\scentur)`, (part) => ordinal(part('number'))),
  rule(`(?<=${wordBegins}(?:${rulers})\\s)(?<number>${two}|[VX])${wordEnds}`, (part) => `the ${ordinal(part('number'))}`),
  rule(
    `(?<=${wordBegins}(?:${titles})\\s\\p{Lu}\\p{Ll}{1,20}\\s)(?<number>${numeral})${wordEnds}`,
    (part) => `the ${ordinal(part('number'))}`,
  ),
  words(`${wordBegins}Vol\\.\\s?(?=${numeral}${wordEnds})`, 'Volume '),
  rule(`(?<=${wordBegins}(?:${counted})\\s)(?<number>${numeral})${wordEnds}(?!['’])`, (part) => cardinal(part('number'))),
  rule(`(?<=${wordBegins}(?:Scene|Act|Chapter|Part|page)\\s)(?<number>[ivx]{1,5})${wordEnds}`, (part) =>
    cardinal(part('number').toUpperCase()),
  ),
  rule(`(?<=\\p{Lu}\\p{L}{1,20}\\s)(?<number>(?=[XVI]{2})X{0,3}${ones})${wordEnds}(?!['’.]\\p{L})`, (part) => cardinal(part('number'))),
];

function numberOf(text: string): number {
  const letters = [...text].map((letter) => values[letter] ?? 0);
  return letters.reduce((sum, value, index) => sum + (value < (letters[index + 1] ?? 0) ? -value : value), 0);
}

function cardinal(text: string): string {
  return numberWords(String(numberOf(text)));
}

function ordinal(text: string): string {
  return ordinalWords(String(numberOf(text)));
}
