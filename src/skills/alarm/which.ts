import type { Language } from '../../speech-to-text/contract.js';
import type { KeptAlert } from '../alerts/alertFile.js';
import { parseTimes } from '../values/clockTimes.js';
import { daysBetween, sayWhen } from '../values/sayTime.js';
import { saysHalf } from './halfDay.js';
import { repeatIn, sameDays } from './repeat.js';

/** Which alarm people mean by a time, a day, a part of the day or a name: "my seven o'clock alarm", "the one tomorrow", "운동 알람". */

/** "my alarm tomorrow" */
const DAYS: Readonly<Record<string, number>> = { today: 0, tomorrow: 1, 오늘: 0, 내일: 1, 모레: 2 };

/** "my morning alarm" */
const PART_OF_DAY: Readonly<Record<string, (hour: number) => boolean>> = {
  morning: (hour) => hour < 12,
  afternoon: (hour) => hour >= 12 && hour < 18,
  evening: (hour) => hour >= 17,
  아침: (hour) => hour < 12,
  오전: (hour) => hour < 12,
  오후: (hour) => hour >= 12,
  저녁: (hour) => hour >= 17,
};

export function isDay(which: string): boolean {
  return which in DAYS;
}

/** A day, a part of one or a time of day, rather than words that say nothing of when. */
export function saysWhen(which: string, now: Date, language: Language): boolean {
  return isDay(which) || which in PART_OF_DAY || parseTimes(which, language, now).length > 0;
}

/** It rings next on that day: "tomorrow". */
export function isOn({ dueAt }: KeptAlert, day: string, now: Date): boolean {
  return isDay(day) && daysBetween(now, new Date(dueAt)) === DAYS[day];
}

/** `when`: as the device says when this alarm rings. */
export function isMeant(
  alarm: KeptAlert,
  which: string,
  { language, now, when }: { readonly language: Language; readonly now: Date; readonly when: string },
): boolean {
  const { dueAt, name } = alarm;
  if (name !== undefined && (name.includes(which) || which.includes(name))) return true;
  const due = new Date(dueAt);
  // "My weekday alarm", "the one on mondays"
  const days = repeatIn(which, language) ?? repeatIn(`every ${which}`, language);
  if (days !== undefined && days.rest === '') return sameDays(alarm.repeat ?? [due.getDay()], days.repeat);
  // "The one tomorrow" is not one of every day.
  if (isDay(which)) return alarm.repeat === undefined && isOn(alarm, which, now);
  const hours = saysHalf(which, language) ? 24 : 12;
  const sameClock = (time: Date) => time.getHours() % hours === due.getHours() % hours && time.getMinutes() === due.getMinutes();
  const times = parseTimes(which, language, now);
  if (times.length > 0) return times.some((time) => time.getTime() === dueAt || sameClock(time));
  return sayWhen(due, now, language).includes(which) || when.includes(which) || PART_OF_DAY[which]?.(due.getHours()) === true;
}
