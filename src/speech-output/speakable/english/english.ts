import { applyRules, number, type Rule, rule, words } from '../rule.js';
import { abbreviationRules } from './abbreviations.js';
import { codeRules } from './codes.js';
import { currencyRules } from './currency.js';
import { dateRules, yearRules } from './dates.js';
import { fractionRules } from './fractions.js';
import { mathRules } from './mathSigns.js';
import { numberWords, ordinalWords } from './numberWords.js';
import { dottedNumberRules, phoneNumberRules } from './phoneNumbers.js';
import { romanNumeralRules } from './romanNumerals.js';
import { symbolRules } from './symbols.js';
import { timeRules } from './times.js';
import { unitRules } from './units.js';
import { verseRules } from './verses.js';

const scales: Readonly<Record<string, string>> = { k: 'thousand', K: 'thousand', M: 'million', B: 'billion', bn: 'billion' };

const rangeRules: readonly Rule[] = [
  words(String.raw`(?<=\d%?)\s?[-–—~]\s?(?=\d)`, ' to '),
  words(String.raw`(?<=\d\s?(?:million|billion|°[CF]?))\s?[-–—]\s?(?=\d)`, ' to '),
];

const hundreds: Readonly<Record<string, string>> = { '10': 'tens', '100': 'hundreds', '1000': 'thousands' };

const numberRules: readonly Rule[] = [
  rule(
    String.raw`(?<!\d[.,]?)(?<number>\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:st|nd|rd|th)(?![\p{L}\p{N}])`,
    (part) => ordinalWords(part('number')),
    'giu',
  ),
  rule(
    String.raw`(?<!\p{L})(?!\d{4})${number('number')}(?<scale>k|K|M|B|bn)(?![\p{L}\p{N}]|\s(?:run|race|resolution|video|TV|display|monitor|screen))(?<!(?<!\d)[48]K)`,
    (part) => {
      return `${numberWords(part('number'))} ${scales[part('scale')] ?? ''}`;
    },
  ),
  words(String.raw`(?<=\p{L})-?(?=\d)|(?<=\d)(?=\p{L})`, ' '),
  rule(number('number'), (part) => numberWords(part('number'))),
  // What is left are codes and lists: "1,2,3", "R2D2", very long numbers.
  rule(String.raw`(?<number>\d{1,400})`, (part) => ` ${numberWords(part('number'))} `),
];

/** Signs, numbers, units, times, dates and abbreviations as one says them in English. What comes first decides what a sign means. */
const rules: readonly Rule[] = [
  rule(String.raw`(?<![\d.,])(?<number>10{1,3})s(?=\sof)`, (part) => hundreds[part('number')] ?? ''),
  words(String.raw`(?<![\d\p{L}.])\.(?=\d)`, '0.'),
  ...romanNumeralRules,
  ...verseRules,
  ...codeRules,
  ...phoneNumberRules,
  ...dateRules,
  ...dottedNumberRules,
  ...timeRules,
  ...yearRules,
  words(String.raw`(?<![\p{L}\p{N})%.,°-])[-−](?=[$€£₩¥]\s?\d)`, 'minus '),
  words(String.raw`(?<![\p{L}\p{N}])[~∼]\s?(?=[$€£₩¥]\s?\d)`, 'about '),
  words(String.raw`(?<=[$€£₩¥]\s?\d[\d.,]{0,12})\s?/\s?(?=\d)`, ' ÷ '),
  ...currencyRules,
  ...mathRules,
  ...rangeRules,
  ...unitRules,
  ...abbreviationRules,
  ...fractionRules,
  ...symbolRules,
  ...numberRules,
];

export function sayEnglish(text: string): string {
  return applyRules(inchMarks(text), rules);
}

/** A quotation mark behind a number, where no quotation is open, is inches: ″. */
function inchMarks(text: string): string {
  let open = false;
  return text.replace(/"/g, (mark, at: number) => {
    if (!open && /(?<!['′]\s?\d?)[\d½¼¾⅛⅜⅝⅞]$/.test(text.slice(Math.max(0, at - 5), at))) return '″';
    open = !open;
    return mark;
  });
}
