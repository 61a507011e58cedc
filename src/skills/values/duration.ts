import type { Language } from '../../speech-to-text/contract.js';
import { englishNumber, parseEnglishNumber } from './englishNumbers.js';
import { koreanNumber, parseKoreanNumber } from './koreanNumbers.js';
import { inOneSentence } from './list.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const EN_UNIT = '(?:hours?|hrs?|minutes?|mins?|seconds?|secs?|days?|h|m|s)';
const EN_COUNT = `(?:half an?|(?:a )?half|(?:a )?quarter(?: of)? an?|(?:a )?quarter|three quarters of an|an?|a couple(?: of)?|${englishNumber})`;
const EN_PART = `(?:${EN_COUNT}[ -]?${EN_UNIT}(?: and (?:a half|a quarter|half))?|half an? ${EN_UNIT})`;

const KO_UNIT = '(?:시간|분|초|일)';
const KO_PART = `(?:${koreanNumber} ?${KO_UNIT}(?: ?반)?|반 ?시간)`;

/** Sources of regular expressions without groups. */
export const durationPatterns: Readonly<Record<Language, string>> = {
  en: `(?:${EN_PART}(?:(?:,? and |,? )${EN_PART})*(?:(?: and)? ${englishNumber}(?! ?(?:am|pm|o'clock|for\\b)))?)`,
  ko: `(?:${KO_PART}(?:(?:하고)? ?${KO_PART})*)`,
};

/** Milliseconds; undefined where it is no duration. "an hour and a half", "2 minutes 30", "한 시간 반". */
export function parseDuration(text: string, language: Language): number | undefined {
  const total = language === 'ko' ? korean(text) : english(text);
  return total === undefined || !Number.isFinite(total) || total <= 0 ? undefined : Math.round(total);
}

/** How many days a duration in milliseconds is; undefined where it isn't a whole number of them. */
export function wholeDays(ms: number | undefined): number | undefined {
  return ms === undefined || ms % DAY !== 0 ? undefined : ms / DAY;
}

const EN_UNITS: Readonly<Record<string, number>> = { h: HOUR, m: MINUTE, s: SECOND, d: DAY };
const KO_UNITS: Readonly<Record<string, number>> = { 시간: HOUR, 분: MINUTE, 초: SECOND, 일: DAY };

function english(text: string): number | undefined {
  const part = new RegExp(`^(?:,? and |,? )?(${EN_COUNT})[ -]?(${EN_UNIT})(?: and (a half|a quarter|half)(?= |$))?(?= |,|$)`);
  let rest = text;
  let total = 0;
  let unit = 0;
  for (let found = part.exec(rest); found !== null; found = part.exec(rest)) {
    const count = englishCount(found[1] ?? '');
    unit = EN_UNITS[(found[2] ?? '').charAt(0)] ?? 0;
    if (count === undefined) return undefined;
    total += (count + (found[3] === undefined ? 0 : found[3] === 'a quarter' ? 0.25 : 0.5)) * unit;
    rest = rest.slice(found[0].length);
  }
  if (rest === '') return unit === 0 ? undefined : total;
  // "two minutes thirty": the next smaller unit.
  const tail = parseEnglishNumber(rest.replace(/^(?: and)? /, ''));
  return tail === undefined || unit === 0 || unit === SECOND || unit === DAY || tail >= 60 ? undefined : total + (tail * unit) / 60;
}

function englishCount(text: string): number | undefined {
  if (/^three quarters/.test(text)) return 0.75;
  if (/half/.test(text) && !/ and /.test(text)) return 0.5;
  if (/^(?:a )?quarter/.test(text)) return 0.25;
  if (text === 'a' || text === 'an') return 1;
  if (text.startsWith('a couple')) return 2;
  return parseEnglishNumber(text);
}

function korean(text: string): number | undefined {
  if (/^반 ?시간$/.test(text)) return HOUR / 2;
  const part = new RegExp(`^(?:하고)? ?(${koreanNumber}) ?(${KO_UNIT})( ?반)?`);
  let rest = text;
  let total = 0;
  for (let found = part.exec(rest); found !== null; found = part.exec(rest)) {
    const count = parseKoreanNumber(found[1] ?? '');
    if (count === undefined) return undefined;
    total += (count + (found[3] === undefined ? 0 : 0.5)) * (KO_UNITS[found[2] ?? ''] ?? 0);
    rest = rest.slice(found[0].length);
  }
  return rest === '' ? total : undefined;
}

/** "1 hour and 5 minutes", "1시간 5분": where it is long without its smaller parts, unless it must be `exact`. */
export function sayDuration(ms: number, language: Language, how: 'rounded' | 'exact' = 'rounded'): string {
  const seconds = Math.max(0, Math.round(ms / SECOND));
  const units = [
    [Math.floor(seconds / 86_400), 'day', '일'],
    [Math.floor(seconds / 3600) % 24, 'hour', '시간'],
    [Math.floor(seconds / 60) % 60, 'minute', '분'],
    [seconds % 60, 'second', '초'],
  ] as const;
  const first = units.findIndex(([count]) => count > 0);
  const parts = first < 0 ? [units[3]] : units.slice(first, how === 'exact' ? undefined : first + 2).filter(([count]) => count > 0);
  if (language === 'ko') return parts.map(([count, , unit]) => `${count}${unit}`).join(' ');
  const english = parts.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return inOneSentence(english, language);
}

/** As it stands before a noun: "the 5 minute timer", not "the 5 minutes timer". */
export function sayDurationBefore(ms: number, language: Language): string {
  return sayDuration(ms, language).replaceAll(/(day|hour|minute|second)s/g, '$1');
}
