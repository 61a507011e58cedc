import * as chrono from 'chrono-node';
import { durationPatterns, parseDuration, wholeDays } from './duration.js';
import { englishNumber, parseEnglishNumber } from './englishNumbers.js';

/** Times of day as English speakers say them ("quarter past six", "four thirty pm", "430am", "noon"), on a day that chrono finds. */

const HOURS = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const HOUR = `(?:\\d{1,2}|${HOURS})`;
const MINUTES = `(?:oh (?:one|two|three|four|five|six|seven|eight|nine)|(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)|(?:twenty|thirty|forty|fifty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|[0-5]\\d)`;
const MONTH = '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
const HALF_DAY = '(?:a\\.? ?m\\.?|p\\.? ?m\\.?)(?![a-z])';

/** A number before one of these is no time of day. */
const UNITS = "hours?|hrs?|minutes?|mins?|seconds?|days?|weeks?|alarms|times|more|different|separate|of|st|nd|rd|th'";

const TIME = new RegExp(
  [
    '\\b(?<named>noon|midday|midnight)\\b',
    `(?<part>half|(?:a )?quarter|${englishNumber})(?: minutes?)? (?<way>past|after|to|till|until|before|of) (?<base>${HOUR})(?![\\d:])(?: ?(?<baseHalf>${HALF_DAY}))?`,
    `\\bhalf (?<briton>${HOURS})(?! (?:hour|an?|of)\\b)(?: ?(?<britonHalf>${HALF_DAY}))?`,
    `(?<![\\d:])(?<hour>[01]?\\d|2[0-4])[:.](?<minute>[0-5]\\d)(?: ?(?<half>${HALF_DAY}))?`,
    `(?<run>\\d{3,4})(?: ?(?<runHalf>${HALF_DAY})| hours)`,
    // As recognisers write "six thirty": 630
    `(?<=\\b(?:for|at|by|to|around|about|before|until|till) )(?<bare>(?:0?\\d|1\\d|2[0-3])[0-5]\\d)(?![\\w:%.]| ?(?:${UNITS})\\b)`,
    `(?<![\\w.:])(?<!${MONTH} )(?<spoken>${HOUR})(?: (?<spokenMinute>${MINUTES}))?(?: o'?clock)?(?: ?(?<spokenHalf>${HALF_DAY}))?(?![\\w%]|[:.]\\d)(?!(?<=one) (?:for|at|that|which) )(?! ?(?:${UNITS})\\b)`,
  ].join('|'),
  'g',
);

interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly half: 'am' | 'pm' | undefined;
  readonly start: number;
  readonly end: number;
}

const ALONE = new RegExp(` for (${durationPatterns.en})(?: please)?$`);

/** "An hour before nine" */
const BESIDE = new RegExp(`(${durationPatterns.en}) (before|prior to|after) (${HOUR}|noon|midday|midnight)(?![a-z])`);

/** All moments that the text names, in its order; each the next one after `now` that fits. */
export function parseEnglishTimes(text: string, now: Date): readonly Date[] {
  const [all = '', away = '', way, from = ''] = BESIDE.exec(text) ?? [];
  const byMs = parseDuration(away, 'en');
  if (byMs !== undefined) {
    const moments = parseEnglishTimes(text.replace(all, from), now);
    return moments.map((moment) => {
      const moved = new Date(moment.getTime() + (way === 'after' ? byMs : -byMs));
      return moved > now ? moved : new Date(moved.setDate(moved.getDate() + 1));
    });
  }
  const later = new RegExp(`(?:in|after) (${durationPatterns.en})|(${durationPatterns.en}) (?:from now|later)`).exec(text);
  const laterMs = later === null ? undefined : parseDuration(later[1] ?? later[2] ?? '', 'en');
  const rest = laterMs === undefined || later === null ? text : text.replace(later[0], ' ');
  const days = wholeDays(laterMs);
  const moments = namedTimes(rest, now, days === undefined ? undefined : at(now, 0, 0, days));
  // "In three days at seven"
  if (days !== undefined && moments.length > 0) return moments;
  // "An alarm for thirty minutes"
  const alone = moments.length > 0 || laterMs !== undefined ? undefined : parseDuration(ALONE.exec(rest)?.[1] ?? '', 'en');
  if (alone !== undefined) return [new Date(now.getTime() + alone)];
  // "for two thirty and another an hour later"
  return laterMs === undefined ? moments : [...moments, new Date((moments.at(-1) ?? now).getTime() + laterMs)];
}

/** `onDay` where it is known on which day they are; else the text says it. */
function namedTimes(text: string, now: Date, onDay?: Date): readonly Date[] {
  const times = timesOfDay(text);
  const rest = times.reduceRight((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, text);
  const day = onDay ?? dayOf(rest, now);
  return times.flatMap((time, index) => {
    const after = text.slice(time.end, times[index + 1]?.start);
    const half = time.half ?? halfOfDay(after, time.hour) ?? halfOfDay(rest, time.hour);
    const moment = momentOf({ ...time, half }, day, now);
    return moment === undefined ? [] : [moment];
  });
}

function timesOfDay(text: string): readonly TimeOfDay[] {
  return [...text.matchAll(TIME)].flatMap((found) => {
    const time = timeOfDay(found.groups ?? {});
    return time === undefined || time.hour > 24 ? [] : [{ ...time, start: found.index, end: found.index + found[0].length }];
  });
}

function timeOfDay(found: Readonly<Record<string, string | undefined>>): Omit<TimeOfDay, 'start' | 'end'> | undefined {
  if (found.named !== undefined) return { hour: 12, minute: 0, half: found.named === 'midnight' ? 'am' : 'pm' };
  if (found.part !== undefined) return partOfHour(found.part, found.way ?? '', found.base ?? '', found.baseHalf);
  // "Half seven" is half past seven in Britain.
  if (found.briton !== undefined) return partOfHour('half', 'past', found.briton, found.britonHalf);
  if (found.hour !== undefined)
    return { hour: Number(found.hour), minute: Number(found.minute), half: found.hour.startsWith('0') ? 'am' : half(found.half) };
  const run = found.run ?? found.bare;
  if (run !== undefined) {
    const early = run.length === 4 && run.startsWith('0');
    return { hour: Math.floor(Number(run) / 100), minute: Number(run) % 100, half: early ? 'am' : half(found.runHalf) };
  }
  const hour = parseEnglishNumber(found.spoken ?? '');
  const minute = parseEnglishNumber((found.spokenMinute ?? '0').replace(/^oh /, ''));
  return hour === undefined || minute === undefined ? undefined : { hour, minute, half: half(found.spokenHalf) };
}

function partOfHour(part: string, way: string, base: string, meridiem: string | undefined): Omit<TimeOfDay, 'start' | 'end'> | undefined {
  const minutes = part === 'half' ? 30 : part.endsWith('quarter') ? 15 : parseEnglishNumber(part);
  const hour = parseEnglishNumber(base);
  if (minutes === undefined || hour === undefined || minutes >= 60) return undefined;
  if (way === 'past' || way === 'after') return { hour, minute: minutes, half: half(meridiem) };
  return { hour: hour === 1 ? 12 : hour - 1, minute: 60 - minutes, half: half(meridiem) };
}

function half(text: string | undefined): 'am' | 'pm' | undefined {
  return text === undefined ? undefined : text.startsWith('a') ? 'am' : 'pm';
}

function halfOfDay(text: string, hour: number): 'am' | 'pm' | undefined {
  if (/\bmorning\b/.test(text)) return 'am';
  if (/\b(?:afternoon|evening|tonight)\b/.test(text)) return 'pm';
  if (/\bnight\b/.test(text)) return hour === 12 || hour < 5 ? 'am' : 'pm';
  return undefined;
}

/** The day that the text names without its times of day: "tomorrow", "next friday", "december third". */
function dayOf(text: string, now: Date): Date | undefined {
  const plain = text
    .replaceAll(/\b(?:in the )?(?:morning|afternoon|evening|night|noon)s?\b|\bnow\b|\b(?:a )?second\b/g, ' ')
    .replaceAll(/\s+/g, ' ');
  const [, nth] = /\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! of)/.exec(plain) ?? [];
  if (nth !== undefined) return nextNth(Number(nth), now);
  const [found] = chrono.casual.parse(plain, now, { forwardDate: true });
  return found === undefined || !(found.start.isCertain('day') || found.start.isCertain('weekday')) ? undefined : found.date();
}

/** The next day of a month with that number, today among them. */
export function nextNth(nth: number, now: Date): Date | undefined {
  const months = [0, 1, 2].map((add) => new Date(now.getFullYear(), now.getMonth() + add, nth));
  return months.find((day) => day.getDate() === nth && (day > now || nth === now.getDate()));
}

function momentOf({ hour, minute, half }: Pick<TimeOfDay, 'hour' | 'minute' | 'half'>, day: Date | undefined, now: Date): Date | undefined {
  const hours =
    half === undefined || hour > 12
      ? [hour, ...(hour <= 12 && day === undefined ? [(hour + 12) % 24] : [])]
      : [(hour % 12) + (half === 'pm' ? 12 : 0)];
  const moments = hours.flatMap((one) => [at(day ?? now, one, minute, 0), ...(day === undefined ? [at(now, one, minute, 1)] : [])]);
  const future = moments.filter((moment) => moment.getTime() > now.getTime()).sort((a, b) => a.getTime() - b.getTime());
  return future[0];
}

function at(day: Date, hour: number, minute: number, addDays: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + addDays, hour, minute);
}
