import type { Language } from '../../speech-to-text/contract.js';
import type { Recognised, Sentences } from '../sentences/sentences.js';
import { parseDuration, sayDuration } from '../values/duration.js';
import { daysBetween, sayDate, sayTime, sayWeekday } from '../values/sayTime.js';
import { daysLeftIn, namedDay, sayWholeDays, shiftDay, weekdayOf, weekOf } from './days.js';
import type { Holidays } from './holidays.js';
import { sayLunarDate } from './lunar.js';
import { minutesAhead, momentThere, timeLater, timeUntil } from './moments.js';
import type { Places } from './places.js';
import { localPlace, sayOffset, sayZone } from './zones.js';

export interface ClockParts {
  readonly sentences: Sentences;
  readonly places: Places;
  readonly holidays: Holidays;
  /** The request, as it was normalized. */
  readonly text: string;
  readonly now: Date;
}

/** What the clock answers; undefined where a value makes no sense, so that the sentence was not meant like that. */
export function clockAnswer({ intent, slots, goesOn }: Recognised, parts: ClockParts): string | undefined {
  const { sentences, holidays, now } = parts;
  const { language } = sentences;
  if (goesOn && parts.places.zoneOf(slots.place ?? '') === undefined) return undefined;
  if (intent === 'time-in' || intent === 'date-in' || intent === 'zone-of') return placeAnswer(intent, slots.place ?? '', parts);
  const value = today(intent, now, language);
  if (value !== undefined) return sentences.reply(intent, { value });
  switch (intent) {
    case 'zone':
      return zoneHere(sentences, now);
    case 'is-day':
      return sentences.reply(weekdayOf(slots.weekday ?? '', language) === now.getDay() ? 'yes' : 'no', {
        value: sayWeekday(now, language),
      });
    case 'is-date':
      if (slots.nth === undefined) return namedAnswer(intent, slots.date ?? '', false, parts);
      return sentences.reply(Number.parseInt(slots.nth, 10) === now.getDate() ? 'yes' : 'no', { value: sayDate(now, language) });
    case 'past-day': {
      const days = (now.getDay() - weekdayOf(slots.weekday ?? '', language) + 6) % 7;
      return sentences.reply('date-ago', {
        value: sayDate(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days - 1), language),
      });
    }
    case 'days-left':
      return sentences.reply(intent, { days: sayDuration(daysLeftIn(slots.period ?? '', now) * 86_400_000, language) });
    case 'leap-year':
      return leapYear(slots.year === undefined ? now.getFullYear() : Number(slots.year), sentences);
    case 'time-there':
      return timeThere(slots.clock ?? '', slots.other ?? '', slots.place ?? '', parts);
    case 'until-in': {
      const day = holidays.next(slots.date ?? '', now) ?? namedDay(slots.date ?? '', language, now);
      if (day === undefined || daysBetween(now, day) <= 0) return undefined;
      return sentences.reply(intent, {
        duration: sayWholeDays(slots.span ?? '', now, day),
        name: localPlace(slots.date ?? '', language),
      });
    }
    case 'time-ago':
    case 'time-later': {
      const later = timeLater(slots.duration ?? '', now, language, intent === 'time-ago');
      return later === undefined ? undefined : sentences.reply(intent, { value: later });
    }
    case 'time-until': {
      const until = timeUntil(slots.clock ?? '', now, language);
      return until === undefined ? undefined : sentences.reply(intent, until);
    }
    case 'difference':
      return differenceAnswer(slots.place ?? '', slots.other ?? HERE_IN[language], parts);
    case 'date-offset':
    case 'date-ago': {
      const day =
        slots.coming === undefined && slots.last === undefined
          ? shiftDay(slots.before === undefined ? (slots.days ?? '') : TWO_DAYS[language], language, now, intent === 'date-ago')
          : namedDay(slots.coming ?? slots.last ?? '', language, now);
      return day === undefined ? undefined : sentences.reply(intent, { value: sayDate(day, language) });
    }
    default:
      return namedAnswer(intent, slots.date ?? slots.holiday ?? slots.nth ?? '', slots.holiday !== undefined, parts, slots.in);
  }
}

const TWO_DAYS: Readonly<Record<Language, string>> = { en: '2 days', ko: '이틀' };

function today(intent: string, now: Date, language: Language): string | undefined {
  const locale = language === 'ko' ? 'ko-KR' : 'en-US';
  const day = (add: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + add);
  switch (intent) {
    case 'time':
      return sayTime(now, language);
    case 'date':
      return sayDate(now, language);
    case 'lunar-date':
      return sayLunarDate(now);
    case 'day':
      return sayWeekday(now, language);
    case 'day-tomorrow':
      return sayWeekday(day(1), language);
    case 'date-tomorrow':
      return sayDate(day(1), language);
    case 'yesterday':
      return sayDate(day(-1), language);
    case 'week':
      return String(weekOf(now));
    case 'month':
      return new Intl.DateTimeFormat(locale, { month: 'long' }).format(now);
    case 'year':
      return new Intl.DateTimeFormat(locale, { year: 'numeric' }).format(now);
    default:
      return undefined;
  }
}

function leapYear(year: number, sentences: Sentences): string {
  const leap = new Date(year, 1, 29).getMonth() === 1;
  return sentences.reply(leap ? 'leap-yes' : 'leap-no', { year });
}

/** A place that isn't known is this skill's all the same where the sentence can only ask for the time there. */
const SURELY_ENGLISH =
  /\b(?:time is it|time it is|time zone|timezone|time zones|timezones|the (?:current |local |exact )?time)\b.*\bin\b|\b(?:time zone|timezone)\b/;
const SURELY_KOREAN = /시간대|현지 ?시간|타임존/;
/** Nobody knows where that is, so the skill asks. */
const NO_PLACE = /^(?:there|over there|the country|this country|the city|that city|that place|that|it|they|거기|그곳|저기)$/;
const HERE =
  /^(?:am i|are we|i'm|we're|my|your|our|we|i|am i in|i am|we are|is my device|is this device|my device|here|this|this place|the current|my current|our current|your current|current|local|my local|the local|my area|my location|my city|where i am|where i live|where we are|i live|we live|i am located|this area|여기|이곳|this city|our area|my town)$/;

function zoneHere(sentences: Sentences, now: Date): string {
  const { language } = sentences;
  return sentences.reply('zone', { zone: sayZone(undefined, now, language), offset: sayOffset(undefined, now, language) });
}

/** "뉴욕은", "베트남에서는"; 엘에이 ends like one. */
const PARTICLE = /(?<=[가-힣])(?:은|는|에서는|에서|에선|에는|에|의|이|가)$/;

/** "people in Moscow", "미국 시카고": where the whole is no place, its last part may be one. */
function placeIn(spoken: string, places: Places): string {
  if (places.zoneOf(spoken) !== undefined) return spoken;
  const said = spoken.replace(PARTICLE, '');
  if (places.zoneOf(said) !== undefined) return said;
  const plain = said
    .replace(
      /^(?:would|will|can|do|should) i find |^(?:correct|right|used|standard|proper) (?:for|in|by) | (?:now|right now|currently|at the moment|at this moment|today|these days|please)$/g,
      '',
    )
    .replace(/^(?:would|will|does|do|where) | (?:be|is)$|'s$/g, '')
    .replace(/^(?:the )?(.+?) (?:time ?)?zone$/, '$1 time');
  if (places.zoneOf(plain) !== undefined) return plain;
  // "London in the uk", "new york city usa"; Korean names the larger place first.
  const words = /^[^가-힣]+$/.test(said) ? said.split(/ (?:in )?/) : [];
  const known = words.map((_, end) => [words.slice(0, end).join(' '), words.slice(end).join(' ')] as const);
  const [before] = known.find(([head, tail]) => places.zoneOf(head) !== undefined && places.zoneOf(tail) !== undefined) ?? [];
  if (before !== undefined) return before;
  const last = said.replace(
    /^(?:it|they|people|folks|everyone|someone|used|followed|observed|my .*)(?: .*)? (?:in|for|by) (?=\S)|^\p{Script=Hangul}+[의에]? (?=\p{Script=Hangul}+$)/u,
    '',
  );
  return places.zoneOf(last) === undefined ? said : last;
}

function placeAnswer(intent: string, said: string, { sentences, places, text, now }: ClockParts): string | undefined {
  const { language } = sentences;
  if (intent === 'zone-of' && HERE.test(said)) return zoneHere(sentences, now);
  const place = placeIn(said, places);
  if (NO_PLACE.test(place)) return sentences.reply('which-place');
  const zone = HERE.test(place)
    ? Intl.DateTimeFormat().resolvedOptions().timeZone
    : places.zoneOf(place.replace(/^(?:the )?(?:city|state|country) of /, ''));
  const named = localPlace(place, language);
  if (zone === undefined) {
    // "The time in half an hour"
    if (parseDuration(place, language) !== undefined) return undefined;
    const surely =
      (language === 'ko' ? SURELY_KOREAN : SURELY_ENGLISH).test(text) &&
      place.split(' ').length <= 4 &&
      !/^(?:my|our|your|his|her|their|an?|this) /.test(place);
    return surely ? sentences.reply('unknown-place', { place: named }) : undefined;
  }
  const several = places.hasSeveralZones(place);
  if (intent === 'zone-of') {
    const values = { place: named, zone: sayZone(zone, now, language), offset: sayOffset(zone, now, language) };
    return sentences.reply(several ? 'zone-of-several' : 'zone-of', values);
  }
  if (intent === 'date-in') return sentences.reply('time-in', { place: named, value: sayDate(now, language, zone) });
  const value = sayTime(now, language, zone);
  if (several) return sentences.reply('time-in-several', { place: named, value });
  const day = sayWeekday(now, language, zone);
  return sentences.reply(day === sayWeekday(now, language) ? 'time-in' : 'time-in-day', { value, day, place: named });
}

/** "How far ahead is Sydney" is asked from here. */
const HERE_IN: Readonly<Record<Language, string>> = { en: 'here', ko: '여기' };

function zoneOf(place: string, places: Places): string | undefined {
  return HERE.test(place) ? Intl.DateTimeFormat().resolvedOptions().timeZone : places.zoneOf(placeIn(place, places));
}

function timeThere(clock: string, from: string, place: string, { sentences, places, now }: ClockParts): string | undefined {
  const { language } = sentences;
  const [fromZone, zone] = [zoneOf(from, places), zoneOf(place, places)];
  if (fromZone === undefined || zone === undefined) return undefined;
  const moment = momentThere(clock, fromZone, now, language);
  if (moment === undefined) return undefined;
  const dayThere = minutesAhead(zone, fromZone, moment) > 0 ? 'time-there-next' : 'time-there-before';
  const sameDay = sayWeekday(moment, language, zone) === sayWeekday(moment, language, fromZone);
  return sentences.reply(sameDay ? 'time-there' : dayThere, {
    value: sayTime(moment, language, zone),
    place: localPlace(place, language),
  });
}

function differenceAnswer(place: string, other: string, { sentences, places, now }: ClockParts): string | undefined {
  const { language } = sentences;
  const [zone, otherZone] = [zoneOf(place, places), zoneOf(other, places)];
  if (zone === undefined || otherZone === undefined) return undefined;
  const minutes = minutesAhead(zone, otherZone, now);
  const named = { place: localPlace(place, language), other: localPlace(other, language) };
  if (minutes === 0) return sentences.reply('difference-none', named);
  return sentences.reply(minutes > 0 ? 'difference-ahead' : 'difference-behind', {
    ...named,
    duration: sayDuration(Math.abs(minutes) * 60_000, language),
  });
}

/** From when on a day is looked for: "내년 설날" is in the year to come, "올해 추석" may be over. */
const YEARS: Readonly<Record<string, number>> = { 올해: 0, 내년: 1, 후년: 2 };

function namedAnswer(
  intent: string,
  name: string,
  holidayOnly: boolean,
  { sentences, holidays, now }: ClockParts,
  inYear?: string,
): string | undefined {
  const { language } = sentences;
  const from = inYear === undefined ? now : new Date(now.getFullYear() + (YEARS[inYear] ?? 0), 0, 1);
  const day = holidays.next(name, from) ?? (holidayOnly ? undefined : namedDay(name, language, from));
  if (day === undefined) return undefined;
  const days = daysBetween(now, day);
  if (intent === 'is-date') return sentences.reply(days === 0 ? 'yes' : 'no', { value: sayDate(now, language) });
  if (intent === 'day-of') return sentences.reply(days < 0 ? 'date-ago' : 'day-of', { value: sayDate(day, language) });
  if (intent !== 'until' || days < 0) return undefined;
  const reply = days === 0 ? 'until-today' : days === 1 ? 'until-tomorrow' : 'until';
  return sentences.reply(reply, { count: days, name: localPlace(name, language) });
}
