import { durationPatterns, parseDuration, wholeDays } from './duration.js';
import { koreanNumber, parseKoreanNumber } from './koreanNumbers.js';

/** Times of day as Korean speakers say them: "아침 일곱 시 반", "내일 오후 3시 20분", "자정", "삼십 분 뒤". */

const PERIOD = '(?:오전|오후|아침|저녁|새벽|낮|밤|점심)';
const TIME = new RegExp(
  `(?<period>${PERIOD})?(?:에)? ?(?:(?<hour>${koreanNumber}) ?시(?!간)(?: ?(?<half>반)| ?(?<minute>${koreanNumber}) ?분(?<before> ?전)?)?|(?<clock>\\d{1,2}):(?<clockMinute>\\d{2})|(?<named>정오|자정))`,
  'g',
);
const DAYS: Readonly<Record<string, number>> = { 내일모레: 2, '내일 모레': 2, 오늘: 0, 내일: 1, 모레: 2, 글피: 3 };
const WEEKDAYS = ['일요일', '월요일', '화요일', '수요일', '목요일', '금요일', '토요일'];

/** A time of day with the day that it is on, and no other words: the source of a regular expression without groups. */
export const koreanMoment = `(?:(?:${Object.keys(DAYS).join('|')}|${WEEKDAYS.join('|')}|(?:이번|다음) ?주|매일|매주|평일|주말|이따가?|${PERIOD})(?:마다|에는|에)? ?)*(?:${koreanNumber} ?시(?!간)(?: ?반| ?${koreanNumber} ?분)?|\\d{1,2}:\\d{2}|정오|자정)`;

/** All moments that the text names, in its order; each the next one after `now` that fits. */
export function parseKoreanTimes(text: string, now: Date): readonly Date[] {
  const later = new RegExp(`(${durationPatterns.ko})(?:만)? ?(?:더 ?)?(?:뒤|후|있다|이따|자게|자고|잘)`).exec(text);
  const ms = later?.[1] === undefined ? undefined : parseDuration(later[1], 'ko');
  const days = wholeDays(ms);
  // "3일 뒤 7시"
  const onDay = later === null || days === undefined ? [] : namedTimes(text.replace(later[0], ' '), now, days);
  if (onDay.length > 0) return onDay;
  return ms === undefined ? namedTimes(text, now, dayOf(text, now)) : [new Date(now.getTime() + ms)];
}

function namedTimes(text: string, now: Date, addDays: number | undefined): readonly Date[] {
  let period: string | undefined;
  return [...text.matchAll(TIME)].flatMap(({ groups = {} }) => {
    period = groups.period ?? period;
    const hour = groups.named === undefined ? parseKoreanNumber(groups.hour ?? groups.clock ?? '') : groups.named === '정오' ? 12 : 0;
    const minute = groups.half === undefined ? parseKoreanNumber(groups.minute ?? groups.clockMinute ?? '0') : 30;
    if (hour === undefined || minute === undefined || hour > 24 || minute > 59) return [];
    // "일곱 시 십 분 전"
    const minutes = groups.before === undefined ? minute : -minute;
    const next = hoursOf(hour, groups.named === undefined ? period : '자정')
      .flatMap((one) => (addDays === undefined ? [-1, 0, 1] : [addDays]).map((day) => at(now, day, one, minutes)))
      .filter((moment) => moment.getTime() > now.getTime())
      .sort((a, b) => a.getTime() - b.getTime())[0];
    return next === undefined ? [] : [next];
  });
}

/** The hours of the day that may be meant, most likely the first to come. */
function hoursOf(hour: number, period: string | undefined): readonly number[] {
  if (hour > 12 || hour === 0 || period === '자정') return [hour % 24];
  if (period === undefined) return [hour % 24, (hour + 12) % 24];
  if (period === '오전' || period === '아침' || period === '새벽') return [hour % 12];
  if (period === '밤') return [hour === 12 || hour < 5 ? (hour % 12) + 24 : hour + 12];
  if (period === '낮' || period === '점심') return [hour > 9 ? hour : hour + 12];
  return [(hour % 12) + 12];
}

/** Days until the day that the text names: undefined where it names none, NaN where there is no such day. */
function dayOf(text: string, now: Date): number | undefined {
  const [, month, day] = /(\d{1,2})월 ?(\d{1,2})일/.exec(text) ?? [];
  if (month !== undefined) return untilDay(Number(month), Number(day), now);
  const [, nth] = /(?<!\d|월 ?)(\d{1,2})일(?! ?(?:뒤|후|동안|마다|전|간))/.exec(text) ?? [];
  if (nth !== undefined) return untilDay(undefined, Number(nth), now);
  const named = Object.keys(DAYS).find((name) => text.includes(name));
  if (named !== undefined) return DAYS[named];
  const weekday = WEEKDAYS.findIndex((name) => text.includes(name));
  if (weekday < 0) return undefined;
  // The week begins on Monday.
  if (/다음 ?주/.test(text)) return 7 - ((now.getDay() + 6) % 7) + ((weekday + 6) % 7);
  return (weekday - now.getDay() + 7) % 7 || 7;
}

/** Days until a day of that month, or of any, comes next; 0 for today. NaN where there is none. */
function untilDay(month: number | undefined, day: number, now: Date): number {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const next = [0, 1, 2]
    .map((add) =>
      month === undefined ? new Date(now.getFullYear(), now.getMonth() + add, day) : new Date(now.getFullYear() + add, month - 1, day),
    )
    .find((one) => one >= today && one.getDate() === day);
  return next === undefined ? Number.NaN : Math.round((next.getTime() - today.getTime()) / 86_400_000);
}

function at(now: Date, addDays: number, hour: number, minute: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + addDays, hour, minute);
}
