import { isDate, isMonthAndDay } from '../calendar.js';
import { type Rule, rule, words } from '../rule.js';
import { native, sino } from './numberWords.js';

const half = String.raw`(?<half>[AaPp])\.?\s?[Mm]\.?`;
const clockTime = String.raw`(?<![\d:.,/])(?<hour>[01]?\d|2[0-4]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d))?(?![\d:]|[.,]\d)분?`;
const alone = String.raw`(?<![\d./,:-])`;

/** Dates and times of day. */
export const timeRules: readonly Rule[] = [
  words(String.raw`(?<=\d\.?)\s?[~∼〜]\s?(?=\d{4}\s?[./-]\s?\d)|(?<=요일)\s?[~∼〜–-]\s?(?=[월화수목금토일]요일)`, '에서 '),
  // A date and a time in one word, as machines write them.
  words(String.raw`(?<=${alone}\d{4}-\d\d-\d\d)T(?=\d\d:\d\d)`, ' '),
  rule(String.raw`${alone}(?<year>\d{4})([-/.])\s?(?<month>\d{1,2})\2\s?(?<day>\d{1,2})\.?(?![\d/-]|\.\d)`, (part) =>
    isDate(part('month'), part('day')) ? `${sino(part('year'))}년 ${monthAndDay(part('month'), part('day'))}` : part('match'),
  ),
  rule(String.raw`${alone}(?<month>\d{1,2})\.\s?(?<day>\d{1,2})\.?(?=\s?\([월화수목금토일]\))`, (part) =>
    isDate(part('month'), part('day')) ? monthAndDay(part('month'), part('day')) : part('match'),
  ),
  words(String.raw`['’](?=\d\d년)`, ''),
  rule(String.raw`['’](?<year>\d\d)\.\s?(?<month>\d{1,2})\.\s?(?<day>\d{1,2})\.?(?!\d)`, (part) =>
    isDate(part('month'), part('day')) ? `${sino(part('year'))}년 ${monthAndDay(part('month'), part('day'))}` : part('match'),
  ),
  rule(String.raw`${alone}(?<month>\d{1,2})/(?<day>\d{1,2})(?![\d/-]|\.\d|\s?[%=])`, (part) =>
    isMonthAndDay(part('month'), part('day')) ? monthAndDay(part('month'), part('day')) : part('match'),
  ),
  rule(
    String.raw`(?<![\d.,])(?<from>0?[1-9]|1[0-2])월?\s?[~∼〜–-]\s?(?<to>0?[1-9]|1[0-2])월`,
    (part) => `${monthWords(part('from'))}에서 ${monthWords(part('to'))}`,
  ),
  rule(String.raw`(?<![\d.,])(?<month>0?[1-9]|1[0-2])월`, (part) => monthWords(part('month'))),
  rule(String.raw`(?<=[일\d]\s?)\((?<day>[월화수목금토일])\)`, (part) => ` ${part('day')}요일`),
  words(String.raw`(?<=\d:\d\d)\s?[~∼〜–-]\s?(?=(?:[AaPp]\.?[Mm]\.?\s?|오[전후]\s?)?\d)`, '에서 '),
  // 05분, 03시
  words(String.raw`(?<![\d.,:/-])0(?=[1-9]\s?(?:시|분|초|일)(?![가-힣]{2}))`, ''),
  rule(String.raw`${clockTime}\s?${half}(?!\p{L})`, (part) => `${halfWord(part('half'))} ${clock(part)}`),
  rule(String.raw`(?<!\p{L})${half}\s?${clockTime}`, (part) => `${halfWord(part('half'))} ${clock(part)}`),
  rule(clockTime, clock),
  rule(
    String.raw`(?<![\d:.,/])(?<hour>\d{1,2})\s?${half}(?![\p{Script=Latin}])`,
    (part) => `${halfWord(part('half'))} ${hourWords(part('hour'))}`,
  ),
  rule(String.raw`(?<!\p{L})${half}\s?(?=\d{1,2}(?::|\s?시))`, (part) => `${halfWord(part('half'))} `),
  // 3:2:1, 1:1.2: what is mixed, by its parts.
  rule(
    String.raw`(?<![\d:.,/])(?<parts>\d{1,3}(?:\.\d)?(?::\d{1,3}(?:\.\d)?){1,4})(?![\d:]|[.,]\d)(?<=:\d{1,3}\.\d|\.\d:\d{1,3}|:\d{1,3}:\d{1,3})`,
    (part) => part('parts').split(':').map(sino).join(' 대 '),
  ),
  rule(
    String.raw`(?<![\d:.,/])(?<first>\d{1,5}):(?<second>\d{1,5})(?![\d:]|[.,]\d)`,
    (part) => `${sino(part('first'))} 대 ${sino(part('second'))}`,
  ),
];

function clock(part: (name: string) => string): string {
  const minute = part('minute') === '00' ? '' : ` ${sino(String(Number(part('minute'))))} 분`;
  const second = part('second') === '' || part('second') === '00' ? '' : ` ${sino(String(Number(part('second'))))} 초`;
  return hourWords(part('hour')) + minute + second;
}

/** Up to twelve native, above Sino-Korean: 세 시, 십사 시. */
function hourWords(text: string): string {
  const hour = Number(text);
  return `${hour >= 1 && hour <= 12 ? native(hour) : sino(String(hour))} 시`;
}

function halfWord(letter: string): string {
  return letter.toLowerCase() === 'a' ? '오전' : '오후';
}

function monthAndDay(month: string, day: string): string {
  return `${monthWords(month)} ${sino(String(Number(day)))}일`;
}

/** June and October have forms of their own. */
function monthWords(month: string): string {
  const number = Number(month);
  return number === 6 ? '유월' : number === 10 ? '시월' : `${sino(String(number))}월`;
}
