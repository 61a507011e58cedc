import { isDate, isMonthAndDay } from '../calendar.js';
import { type Rule, rule, wordBegins, wordEnds, words } from '../rule.js';
import { numberWords, ordinalWords, yearWords } from './numberWords.js';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'Jun', 'Jul', 'Aug', 'Sept', 'Sep', 'Oct', 'Nov', 'Dec'];
const days: Readonly<Record<string, string>> = {
  Mon: 'Monday',
  Tues: 'Tuesday',
  Tue: 'Tuesday',
  Wed: 'Wednesday',
  Thurs: 'Thursday',
  Thur: 'Thursday',
  Thu: 'Thursday',
  Fri: 'Friday',
  Sat: 'Saturday',
  Sun: 'Sunday',
};

const monthName = String.raw`(?<month>${months.join('|')}|(?:${shortMonths.join('|')})\.?)`;
const day = String.raw`(?<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?`;
const noMore = String.raw`(?!\d|[:.,/]\d|\s?%|\s?[AaPp]\.?[Mm]${wordEnds})`;
const alone = String.raw`(?<![\d./,:-])`;
const fullNames = [...months, ...new Set(Object.values(days))].join('|');
const weekday = Object.keys(days).join('|');

export const dateRules: readonly Rule[] = [
  // A date and a time in one word, as machines write them.
  words(String.raw`(?<=${alone}\d{4}-\d\d-\d\d)T(?=\d\d:\d\d)`, ', '),
  rule(String.raw`${alone}(?<year>\d{4})([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})(?![\d/-]|\.\d)`, (part) =>
    date(part('year'), part('month'), part('day'), part('match')),
  ),
  rule(String.raw`${alone}(?<first>\d{1,2})([-/])(?<second>\d{1,2})\2(?<year>\d{4}|\d{2})(?![\d/-]|\.\d)`, (part) => {
    const year = part('year').length === 2 ? `20${part('year')}` : part('year');
    const dayFirst = Number(part('first')) > 12;
    return dayFirst ? date(year, part('second'), part('first'), part('match')) : date(year, part('first'), part('second'), part('match'));
  }),
  rule(String.raw`${alone}(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?![\d/-]|\.\d)`, (part) =>
    date(part('year'), part('month'), part('day'), part('match')),
  ),
  rule(
    String.raw`(?<=${wordBegins}(?:on|before|by|until|from|due|since|after)\s)(?<day>1[3-9]|2\d|3[01])/(?<month>0?[1-9]|1[0-2])(?![\d/])`,
    (part) => date('', part('month'), part('day'), part('match')),
  ),
  rule(String.raw`(?<=${wordBegins}(?:\p{Lu}\p{Ll}{2,5}day|${weekday})\.?,?\s\(?)(?<month>\d{1,2})/(?<day>\d{1,2})(?![\d/])`, (part) =>
    date('', part('month'), part('day'), part('match')),
  ),
  rule(
    String.raw`(?<![×*÷=+^]\s?\(?)${alone}(?<month>\d{1,2})/(?<day>\d{1,2})(?![\d/-]|\.\d|\)?\s?[π×*÷=+^√]|\)[\p{L}\d(]|\s?(?:%|of${wordEnds}|cups?|inch|tsp|tbsp))`,
    (part) => (isMonthAndDay(part('month'), part('day')) ? date('', part('month'), part('day'), '') : part('match')),
  ),
  rule(
    String.raw`${wordBegins}${monthName}\s${day}\s?(?:[-–—]|to|(?<and>&|and|or)(?=\s?\d{1,2}(?:st|nd|rd|th)?(?:[,.;:)]|$)))\s?(?<last>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)?${noMore}(?:,?\s(?<year>[12]\d{3})${noMore})?`,
    (part) => {
      return `${fullMonth(part('month'))} ${ordinalWords(part('day'))} ${part('and') || 'to'} ${ordinalWords(part('last'))}${inYear(part('year'))}`;
    },
  ),
  words(
    String.raw`(?<=${wordBegins}(?:${months.join('|')}|${shortMonths.join('|')})\.?\s\d{1,2}(?:st|nd|rd|th)?)\s?[-–—]\s?(?=(?:${months.join('|')}|${shortMonths.join('|')})${wordEnds})`,
    ' to ',
  ),
  words(String.raw`(?<=\d,?\s\d{4})\s?[-–—]\s?(?=(?:${months.join('|')})\s\d)`, ' to '),
  rule(String.raw`${wordBegins}${monthName}\s${day}${noMore}(?:,?\s(?<year>[12]\d{3})${noMore})?`, (part) => {
    return `${fullMonth(part('month'))} ${ordinalWords(part('day'))}${inYear(part('year'))}`;
  }),
  rule(
    String.raw`${alone}(?<first>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s?(?:[-–—]|to)\s?${day}\s(?:of\s)?${monthName}${wordEnds}(?:,?\s(?<year>[12]\d{3})${noMore})?`,
    (part) => {
      return `the ${ordinalWords(part('first'))} to the ${ordinalWords(part('day'))} of ${fullMonth(part('month'))}${part('year') === '' ? '' : ` ${yearWords(part('year'))}`}`;
    },
  ),
  rule(
    String.raw`${wordBegins}(?:(?<the>[Tt]he)\s)?(?<!\d[.,/])${day}\s(?:of\s)?${monthName}${wordEnds}(?:,?\s(?<year>[12]\d{3})${noMore})?`,
    (part) => {
      return `${part('the') || 'the'} ${ordinalWords(part('day'))} of ${fullMonth(part('month'))}${part('year') === '' ? '' : ` ${yearWords(part('year'))}`}`;
    },
  ),
  rule(
    String.raw`${wordBegins}${monthName},?\s(?<year>[12]\d{3})${noMore}`,
    (part) => `${fullMonth(part('month'))} ${yearWords(part('year'))}`,
  ),
  rule(
    String.raw`${wordBegins}(?<month>${shortMonths.join('|')})\.?\s?(?<between>[-–—&,/]|to|through|and|or)\s?(?<last>${shortMonths.join('|')})${wordEnds}\.?(?!\s?\d)`,
    (part) =>
      `${fullMonth(part('month'))}${/[-–—]/.test(part('between')) ? ' to' : part('between') === ',' ? ',' : ` ${part('between')}`} ${fullMonth(part('last'))}`,
  ),
  words(String.raw`(?<=${wordBegins}Q[1-4])\s?['’](?=\d\d(?!\d))`, ' '),
  rule(
    String.raw`${wordBegins}(?<from>${weekday})\.?\s?[-–—]\s?(?<to>${weekday})${wordEnds}`,
    (part) => `${days[part('from')]} to ${days[part('to')]}`,
  ),
  rule(
    String.raw`${wordBegins}(?<name>${weekday})(?=:\sclosed|:?\s\d{1,2}(?:[:/]\d|\s?[-–]\s?\d|\s?[AaPp]\.?[Mm]))`,
    (part) => days[part('name')] ?? '',
  ),
  rule(String.raw`\((?<name>${weekday})\.?\)`, (part) => `(${days[part('name')] ?? ''})`),
  // 2024-11; 2010-12 are two years.
  rule(String.raw`${alone}(?<century>19|20)(?<rest>\d\d)-(?<month>0[1-9]|1[0-2])(?![\d/-]|\.\d)`, (part) =>
    part('month') > part('rest') ? part('match') : `${months[Number(part('month')) - 1]} ${yearWords(part('century') + part('rest'))}`,
  ),
  rule(
    String.raw`${wordBegins}(?<name>${weekday})(?=\s?(?:[&,/]|and|or)\s?(?:${weekday})${wordEnds})|(?<=(?:day|${weekday})\s?(?:[&,/]|and|or)\s?)(?<last>${weekday})${wordEnds}`,
    (part) => days[part('name') || part('last')] ?? '',
  ),
  words(String.raw`(?<=${wordBegins}(?:${fullNames}))\s?[-–—]\s?(?=(?:${fullNames})${wordEnds})`, ' to '),
  rule(
    String.raw`${wordBegins}(?<name>${weekday})(?:\.(?=,?\s[\p{L}\d&])|(?=,?\s(?:${months.join('|')})))`,
    (part) => days[part('name')] ?? '',
  ),
  rule(
    String.raw`(?<=${wordBegins}(?:on|and|or|until|by|every|next|this|last|to)\s)(?<name>${weekday})(?=\.\s*$)`,
    (part) => days[part('name')] ?? '',
  ),
  rule(String.raw`${wordBegins}(?<month>${shortMonths.join('|')})(?:\.(?=\s\p{L})|\.?(?=\s['’]\d\d(?!\d)))`, (part) =>
    fullMonth(part('month')),
  ),
];

const before =
  'cup|olympics|founded|born|died|established|released|published|built|created|opened|closed|invented|premiered|launched|introduced|elected|discovered|in|since|until|till|circa|year|early|late|mid|during|summer|winter|spring|fall|autumn|by|before|after|from|of|around|between|and|to|the|a|fiscal|FY|Q[1-4]|H[12]|et al\\.,';
/** What is counted, not dated, when it follows: "in 1500 meters". */
const notCounted = String.raw`(?!\s?(?:%|[°$€£₩¥]|(?:km|kg|m|g|ml|mm|cm|ft|lbs?|mph)${wordEnds}|(?!(?:was|is|has|this|his|its|as|does|us|vs)${wordEnds})\p{Ll}{2,20}s${wordEnds}|people|men|women|feet|won${wordEnds}|(?:to|and|or)\s[\d,]{1,7}\s(?!(?:was|is|has|this|his|its|as)${wordEnds})\p{Ll}{2,20}s${wordEnds}))`;
const year = '(?:(?:1[1-9]|20)\\d\\d|2100)';

/** Numbers that are years by what stands around them. */
export const yearRules: readonly Rule[] = [
  words(String.raw`(?<=${wordBegins}(?:BCE?|CE|AD)|\d0['’]?s)\s?[-–—]\s?(?=\d|AD${wordEnds}|['’]\d0s)`, ' to '),
  words(String.raw`(?<=(?<![\d.,/-])\d{1,4})\s?[-–—]\s?(?=\d{1,4}\s?(?:BCE?|AD|CE)${wordEnds})`, ' to '),
  // A season: 2023/24.
  rule(String.raw`${alone}(?<from>${year})/(?<to>\d\d)(?![\d,/-]|\.\d)`, (part) =>
    Number(part('to')) === (Number(part('from')) + 1) % 100 ? `${yearWords(part('from'))} ${numberWords(part('to'))}` : part('match'),
  ),
  // Who wrote it, and when: Smith, 2020.
  rule(String.raw`(?<=\p{Lu}\p{L}{1,20},\s)(?<year>${year})(?=[).;]|$)`, (part) => yearWords(part('year'))),
  rule(
    String.raw`${alone}(?<from>${year}|10[1-9]\d)(?:\s?[-–—]\s?|\sto\s(?=\d{4}))(?<to>(?:1[0-9]|20)?\d\d)(?![\d,/-]|\.\d)${notCounted}`,
    (part) => `${yearWords(part('from'))} to ${yearWords(part('to'))}`,
  ),
  rule(String.raw`(?:${alone}|(?<=(?:mid|pre|post|early|late)-))(?<decade>(?:1[1-9]|20)\d)0['’]?s${wordEnds}`, (part) =>
    plural(yearWords(`${part('decade')}0`)),
  ),
  rule(
    String.raw`(?:${wordBegins}['’]|${wordBegins}(?<=(?:the|his|her|my|your|their|our|early|late|mid|low|lower|high|upper)[\s-]))(?<decade>[2-9])0['’]?s${wordEnds}`,
    (part) => plural(yearWords(`19${part('decade')}0`).replace('nineteen ', '')),
    'giu',
  ),
  rule(
    String.raw`(?<=${wordBegins}(?:${before}):?[\s-]|\()${alone}(?<year>${year})(?!\d|[,/.-]\d|-)${notCounted}`,
    (part) => yearWords(part('year')),
    'giu',
  ),
  rule(
    String.raw`(?<=${wordBegins}(?:[Ii]n|[Yy]ear|[Cc]irca|[Uu]ntil|[Ss]ince|[Bb]y|[Bb]efore|[Aa]fter|[Ff]rom)\s)${alone}(?<year>10[1-9]\d)(?!\d|[,/.-]\d|-)${notCounted}`,
    (part) => yearWords(part('year')),
  ),
  rule(String.raw`${alone}(?<year>\d{3,4})(?=\s?(?:AD|BC|CE|BCE)${wordEnds})`, (part) => yearWords(part('year'))),
  rule(String.raw`^(?<year>${year})(?=\s(?:was|is|will|marks|saw)${wordEnds}|:|\s?[–—])`, (part) => yearWords(part('year'))),
];

function plural(words: string): string {
  return words.endsWith('y') ? `${words.slice(0, -1)}ies` : `${words}s`;
}

function date(year: string, month: string, day: string, otherwise: string): string {
  return isDate(month, day) ? `${months[Number(month) - 1]} ${ordinalWords(day)}${inYear(year)}` : otherwise;
}

function inYear(year: string): string {
  return year === '' ? '' : `, ${yearWords(year)}`;
}

function fullMonth(name: string): string {
  return months.find((month) => month.startsWith(name.slice(0, 3))) ?? name;
}
