import { durationPatterns, parseDuration } from './duration.js';
import { koreanNumber, parseKoreanNumber } from './koreanNumbers.js';

/** Times of day as Korean speakers say them: "아침 일곱 시 반", "내일 오후 3시 20분", "자정", "삼십 분 뒤". */

const PERIOD = '(?:오전|오후|아침|저녁|새벽|낮|밤|점심)';
const TIME = new RegExp(
  `(?<period>${PERIOD})?(?:에)? ?(?:(?<hour>${koreanNumber}) ?시(?!간)(?: ?(?<half>반)| ?(?<minute>${koreanNumber}) ?분(?<before> ?전)?)?|(?<clock>\\d{1,2}):(?<clockMinute>\\d{2})|(?<named>정오|자정))`,
  'g',
);
const DAYS: Readonly<Record<string, number>> = { 오늘: 0, 내일: 1, 모레: 2, 글피: 3 };
const WEEKDAYS = ['일요일', '월요일', '화요일', '수요일', '목요일', '금요일', '토요일'];

/** All moments that the text names, in its order; each the next one after `now` that fits. */
export function parseKoreanTimes(text: string, now: Date): readonly Date[] {
  const later = new RegExp(`(${durationPatterns.ko})(?:만)? ?(?:더 ?)?(?:뒤|후|있다|이따)`).exec(text);
  const ms = later?.[1] === undefined ? undefined : parseDuration(later[1], 'ko');
  if (ms !== undefined) return [new Date(now.getTime() + ms)];
  const addDays = dayOf(text, now);
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

function dayOf(text: string, now: Date): number | undefined {
  const named = Object.keys(DAYS).find((day) => text.includes(day));
  if (named !== undefined) return DAYS[named];
  const weekday = WEEKDAYS.findIndex((day) => text.includes(day));
  if (weekday < 0) return undefined;
  return (weekday - now.getDay() + 7) % 7 || 7;
}

function at(now: Date, addDays: number, hour: number, minute: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + addDays, hour, minute);
}
