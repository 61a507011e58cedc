import type { Language } from '../../speech-to-text/contract.js';

/** Moments in words for the speech stage, which reads the digits. This machine's ICU writes "PM 2:33" for Korean, so Korean is put together here. */

/** IANA name; the machine's own where it is not given. */
type Zone = string | undefined;

/** "2:33 PM", "오후 2시 33분". */
export function sayTime(moment: Date, language: Language, timeZone?: Zone): string {
  if (language === 'en') {
    return new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone }).format(moment).replace(/\s/u, ' ');
  }
  const parts = fields(moment, { hour: 'numeric', minute: 'numeric', hourCycle: 'h23' }, timeZone);
  const hour = Number(parts.hour);
  const minute = Number(parts.minute);
  // "오전 12시" may be noon or midnight to a listener, "내일 밤 12시" the one or the other midnight.
  const half = hour === 12 ? '낮' : hour < 12 ? '오전' : '오후';
  return `${half} ${hour > 12 ? hour - 12 : hour}시${minute === 0 ? '' : ` ${minute}분`}`;
}

/** "Monday, November 23, 2026", "2026년 11월 23일 월요일". */
export function sayDate(moment: Date, language: Language, timeZone?: Zone): string {
  if (language === 'en') {
    return new Intl.DateTimeFormat('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', timeZone }).format(moment);
  }
  const { year, month, day } = fields(moment, { year: 'numeric', month: 'numeric', day: 'numeric' }, timeZone);
  return `${year}년 ${month}월 ${day}일 ${sayWeekday(moment, language, timeZone)}`;
}

/** "Monday", "월요일". */
export function sayWeekday(moment: Date, language: Language, timeZone?: Zone): string {
  return new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-US', { weekday: 'long', timeZone }).format(moment);
}

/** "today at 6:00 PM", "tomorrow at …", "on Friday at …", "on Friday, December 4 at …". */
export function sayWhen(moment: Date, now: Date, language: Language): string {
  const days = daysBetween(now, moment);
  const time = sayTime(moment, language);
  if (language === 'ko') return `${['오늘', '내일', '모레'][days] ?? koreanDay(moment, days)} ${time}`;
  const day = ['today', 'tomorrow'][days] ?? (days < 7 ? `on ${sayWeekday(moment, 'en')}` : `on ${englishDay(moment)}`);
  return `${day} at ${time}`;
}

/** Calendar days from one moment to the other in the machine's zone: 1 for tomorrow, however many hours that is. */
export function daysBetween(from: Date, to: Date): number {
  const start = Date.UTC(from.getFullYear(), from.getMonth(), from.getDate());
  return Math.round((Date.UTC(to.getFullYear(), to.getMonth(), to.getDate()) - start) / 86_400_000);
}

function koreanDay(moment: Date, days: number): string {
  const date = `${moment.getMonth() + 1}월 ${moment.getDate()}일`;
  return days < 7 ? sayWeekday(moment, 'ko') : date;
}

function englishDay(moment: Date): string {
  return new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric' }).format(moment);
}

function fields(moment: Date, options: Intl.DateTimeFormatOptions, timeZone: Zone): Readonly<Record<string, string>> {
  const parts = new Intl.DateTimeFormat('en-US', { ...options, timeZone }).formatToParts(moment);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}
