import * as chrono from 'chrono-node';
import type { Language } from '../../speech-to-text/contract.js';
import { englishNumber, parseEnglishNumber } from '../values/englishNumbers.js';
import { nextNth } from '../values/englishTimes.js';
import { koreanNumber, parseKoreanNumber } from '../values/koreanNumbers.js';
import { inOneSentence } from '../values/list.js';
import { daysBetween } from '../values/sayTime.js';
import { lunarDayIn } from './lunar.js';

const KOREAN_DAYS: Readonly<Record<string, number>> = {
  하루: 1,
  이틀: 2,
  사흘: 3,
  나흘: 4,
  닷새: 5,
  엿새: 6,
  이레: 7,
  여드레: 8,
  아흐레: 9,
  열흘: 10,
  보름: 15,
};
const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
  ko: ['일요일', '월요일', '화요일', '수요일', '목요일', '금요일', '토요일'],
};

/** What the slots of the clock's sentences hold. */
export const daySlots = {
  en: {
    days: `(?:(?:an?|a couple(?: of)?|${englishNumber}) (?:days?|weeks?|months?|years?|fortnights?))`,
    weekday: `(?:${WEEKDAYS.en.join('|')})`,
    year: '\\d{4}',
    period: '(?:week|month|year)',
    span: '(?:weeks|months)',
    nth: '\\d{1,2}(?:st|nd|rd|th)',
    coming: 'the day after tomorrow',
    before: 'the day before yesterday',
  },
  ko: {
    days: `(?:${koreanNumber} ?(?:일|주일|주|개월|달|년)|${Object.keys(KOREAN_DAYS).join('|')})`,
    weekday: `(?:${WEEKDAYS.ko.join('|')})`,
    coming: `(?:내일 ?모레|모레|글피|(?:다음|이번|돌아오는) ?주? ?(?:${WEEKDAYS.ko.join('|')})|(?:다음|이번) ?달 ?(?:첫날|첫째 ?날|마지막 ?날|말일|${koreanNumber} ?일))`,
    before: '(?:그저께|그제|엊그제)',
    last: `지난 ?주 ?(?:${WEEKDAYS.ko.join('|')})`,
    period: '(?:이번 ?주|이번 ?달|올해|연말)',
    in: '(?:올해|내년|후년)',
  },
} as const;

/** Midnight that many days, weeks, months or years after `now` (before it where `back`): "three weeks", "이틀". */
export function shiftDay(text: string, language: Language, now: Date, back = false): Date | undefined {
  const amount = language === 'ko' ? korean(text) : english(text);
  if (amount === undefined || !Number.isInteger(amount.count) || amount.count > 40_000) return undefined;
  const count = back ? -amount.count : amount.count;
  const { unit } = amount;
  const days = unit === 'week' ? 7 * count : unit === 'day' ? count : 0;
  const months = unit === 'month' ? count : unit === 'year' ? 12 * count : 0;
  return new Date(now.getFullYear(), now.getMonth() + months, now.getDate() + days);
}

interface Amount {
  readonly count: number;
  readonly unit: 'day' | 'week' | 'month' | 'year';
}

function english(text: string): Amount | undefined {
  const [, number = '', unit = ''] = /^(.+) (day|week|month|year|fortnight)s?$/.exec(text) ?? [];
  const count = /^an?$/.test(number) ? 1 : number.startsWith('a couple') ? 2 : parseEnglishNumber(number);
  if (count === undefined) return undefined;
  return unit === 'fortnight' ? { count: 2 * count, unit: 'week' } : { count, unit: unit as Amount['unit'] };
}

function korean(text: string): Amount | undefined {
  const named = KOREAN_DAYS[text];
  if (named !== undefined) return { count: named, unit: 'day' };
  const [, number = '', unit = ''] = /^(.+?) ?(일|주일|주|개월|달|년)$/.exec(text) ?? [];
  const count = parseKoreanNumber(number);
  if (count === undefined) return undefined;
  return { count, unit: unit === '일' ? 'day' : unit.startsWith('주') ? 'week' : unit === '년' ? 'year' : 'month' };
}

/** After today, in this week (which ends on Saturday), month or year. */
export function daysLeftIn(period: string, now: Date): number {
  if (period === 'week') return 6 - now.getDay();
  // The Korean week ends on Sunday.
  if (/^이번 ?주$/.test(period)) return (7 - now.getDay()) % 7;
  const end = new Date(now.getFullYear(), /^(?:year|올해|연말)$/.test(period) ? 12 : now.getMonth() + 1, 0);
  return Math.round((end.getTime() - new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()) / 86_400_000);
}

/** "17 weeks and 6 days", "1 month and 2 days" from one midnight to another. */
export function sayWholeDays(span: string, from: Date, to: Date): string {
  const months = (to.getFullYear() - from.getFullYear()) * 12 + to.getMonth() - from.getMonth() - (to.getDate() < from.getDate() ? 1 : 0);
  const days = daysBetween(from, to);
  const count = span === 'weeks' ? Math.floor(days / 7) : months;
  const rest = span === 'weeks' ? days % 7 : daysBetween(new Date(from.getFullYear(), from.getMonth() + months, from.getDate()), to);
  const parts = [[count, span.slice(0, -1)] as const, [rest, 'day'] as const].filter(([number]) => number > 0);
  return inOneSentence(
    parts.map(([number, unit]) => `${number} ${unit}${number === 1 ? '' : 's'}`),
    'en',
  );
}

/** As calendars number them: the week of the year's first Thursday is the first. */
export function weekOf(day: Date): number {
  const thursday = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 3 - ((day.getDay() + 6) % 7));
  return 1 + Math.floor(daysBetween(new Date(thursday.getFullYear(), 0, 1), thursday) / 7);
}

/** 0 for Sunday. */
export function weekdayOf(text: string, language: Language): number {
  return WEEKDAYS[language].indexOf(text);
}

/** A day named by its date alone: "december twenty fifth", "next friday", "12월 25일". */
export function namedDay(text: string, language: Language, now: Date): Date | undefined {
  if (language === 'ko') return koreanDay(text, now);
  const [, nth] = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)$/.exec(text) ?? [];
  if (nth !== undefined) return nextNth(Number(nth), now);
  if (text === 'the day after tomorrow') return shiftDay('2 days', 'en', now);
  const weekday = new RegExp(`^(?:the |this |coming )*(${WEEKDAYS.en.join('|')})$`).exec(text)?.[1];
  if (weekday !== undefined) return shiftDay(`${(weekdayOf(weekday, 'en') - now.getDay() + 7) % 7} days`, 'en', now);
  const parser = /^next \w+day$/.test(text) ? chrono.casual : chrono.strict;
  const [found] = parser.parse(text.replace(/^the /, ''), now, { forwardDate: true });
  const whole = found !== undefined && found.text.length >= text.replace(/^the /, '').length;
  if (!whole || !(found.start.isCertain('day') || found.start.isCertain('weekday')) || found.start.isCertain('hour')) return undefined;
  const date = found.date();
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

function koreanDay(text: string, now: Date): Date | undefined {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const ahead = ['오늘', '내일', '모레', '글피'].indexOf(text.replace(/^내일 ?(?=모레)/, ''));
  if (ahead >= 0) return new Date(today.getFullYear(), today.getMonth(), today.getDate() + ahead);
  const week = /^(지난|다음|이번|돌아오는) ?주? ?(.요일)$/.exec(text);
  if (week !== null) {
    // The Korean week begins on Monday.
    const monday = today.getDate() - ((today.getDay() + 6) % 7) + (week[1] === '다음' ? 7 : week[1] === '지난' ? -7 : 0);
    return new Date(today.getFullYear(), today.getMonth(), monday + ((weekdayOf(week[2] ?? '', 'ko') + 6) % 7));
  }
  const [, ofMonth, nth = ''] = /^(다음|이번) ?달 ?(?:마지막 ?날|말일|(첫날|첫째 ?날|.+?일))$/.exec(text) ?? [];
  if (ofMonth !== undefined) {
    const month = today.getMonth() + (ofMonth === '다음' ? 1 : 0);
    const date =
      nth === ''
        ? new Date(today.getFullYear(), month + 1, 0).getDate()
        : /^첫/.test(nth)
          ? 1
          : (parseKoreanNumber(nth.replace(/ ?일$/, '')) ?? 0);
    const day = new Date(today.getFullYear(), month, date);
    return day.getDate() === date ? day : undefined;
  }
  const [, lunar, yearText, monthText = '', dayText = ''] = /^(음력 ?)?(?:(.+?)년 ?)?(.+?)월 ?(.+?)일$/.exec(text) ?? [];
  const month = monthText === '유' ? 6 : monthText === '시' ? 10 : parseKoreanNumber(monthText);
  const day = parseKoreanNumber(dayText);
  if (month === undefined || day === undefined || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  if (yearText !== undefined) {
    const year = parseKoreanNumber(yearText);
    return year === undefined ? undefined : new Date(year, month - 1, day);
  }
  if (lunar !== undefined) {
    const days = [0, 1].map((more) => lunarDayIn(today.getFullYear() + more, month, day));
    return days.find((one) => one !== undefined && one >= today);
  }
  const thisYear = new Date(today.getFullYear(), month - 1, day);
  return thisYear.getTime() >= today.getTime() ? thisYear : new Date(today.getFullYear() + 1, month - 1, day);
}
