import type { Language } from '../../speech-to-text/contract.js';
import { parseTimes } from '../values/clockTimes.js';
import { durationPatterns, parseDuration, sayDuration } from '../values/duration.js';
import { koreanNumber } from '../values/koreanNumbers.js';
import { sayTime } from '../values/sayTime.js';

const HOUR = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const HALF_DAY = "(?: ?(?:am|pm|a\\.?m\\.?|p\\.?m\\.?|o'?clock|in the (?:morning|afternoon|evening)))";

/** What the slots of sentences about times of day hold. */
export const momentSlots = {
  en: {
    duration: durationPatterns.en,
    clock: `(?:noon|midday|midnight|\\d{1,2}:\\d{2}${HALF_DAY}?|\\d{1,2}${HALF_DAY}|(?:half|(?:a )?quarter|ten|twenty|five) (?:past|to) ${HOUR}|${HOUR}(?: (?:fifteen|thirty|forty[ -]five))?${HALF_DAY}?)`,
  },
  ko: {
    duration: durationPatterns.ko,
    clock: `(?:(?:오전|오후|아침|저녁|새벽|낮|밤) ?)?(?:${koreanNumber} ?시(?: ?반| ?${koreanNumber} ?분)?|정오|자정)`,
  },
} as const;

/** The time of day after that long, or before it; undefined where it is no duration. */
export function timeLater(duration: string, now: Date, language: Language, ago = false): string | undefined {
  const ms = parseDuration(duration, language);
  return ms === undefined ? undefined : sayTime(new Date(now.getTime() + (ago ? -ms : ms)), language);
}

/** The moment at which clocks in that zone say so today; undefined where it is no time of day. */
export function momentThere(clock: string, zone: string | undefined, now: Date, language: Language): Date | undefined {
  const [time] = parseTimes(clock, language, now);
  if (time === undefined) return undefined;
  const there = new Date(now.toLocaleString('en-US', { timeZone: zone }));
  const minutes = (time.getHours() - there.getHours()) * 60 + time.getMinutes() - there.getMinutes();
  return new Date(now.getTime() + minutes * 60_000 - (now.getTime() % 60_000));
}

/** How long it is until that time of day, in whole minutes; undefined where it is none. */
export function timeUntil(clock: string, now: Date, language: Language): { readonly value: string; readonly duration: string } | undefined {
  const [moment] = parseTimes(clock, language, now);
  if (moment === undefined) return undefined;
  const minutes = Math.max(1, Math.round((moment.getTime() - now.getTime()) / 60_000));
  return { value: sayTime(moment, language), duration: sayDuration(minutes * 60_000, language) };
}

/** Minutes that the one zone's clocks are ahead of the other's at that moment. */
export function minutesAhead(zone: string, other: string, now: Date): number {
  const wall = (timeZone: string) => Date.parse(`${now.toLocaleString('en-US', { timeZone })} UTC`);
  return Math.round((wall(zone) - wall(other)) / 60_000);
}
