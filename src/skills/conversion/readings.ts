import type { Language } from '../../speech-to-text/contract.js';
import { englishNumber, parseEnglishNumber } from '../values/englishNumbers.js';
import { koreanNumber, parseKoreanNumber } from '../values/koreanNumbers.js';

const FEET_AND_INCHES = new RegExp(`(${koreanNumber}) ?피트 ?(${koreanNumber}) ?인치`);

/** A unit, a smaller one, and how many of it it holds. */
const WITHIN: readonly (readonly [whole: string, part: string, count: number])[] = [
  ['foot|feet|ft', 'inch|inches', 12],
  ['hours?|hrs?', 'minutes?|mins?', 60],
  ['minutes?|mins?', 'seconds?|secs?', 60],
  ['pounds?|lbs?', 'ounces?|oz', 16],
  ['stones?', 'pounds?|lbs?', 14],
];

/** A request with amounts in two units as one in the smaller unit, and as one in the larger: "5 foot 10" is 70 inches. */
export function readingsOf(text: string, language: Language): readonly string[] {
  if (language === 'ko') {
    const total = (feet: string, inches: string) =>
      12 * (parseKoreanNumber(feet) ?? Number.NaN) + (parseKoreanNumber(inches) ?? Number.NaN);
    return [speedNamedLast(text.replace(FEET_AND_INCHES, (_, feet: string, inches: string) => `${total(feet, inches)}인치`))];
  }
  const said = text
    .toLowerCase()
    .replace(/(\d+) ?['’′] ?(\d+) ?(?:["”″]|''|(?=\s|$))/, '$1 feet $2 inches')
    .replace(/(?<=\d)k\b/, ' km')
    .replace(/\b(?:an?|one) ([a-z]+) and a (half|quarter)\b/, (_, unit: string, more: string) => `${more === 'half' ? 1.5 : 1.25} ${unit}`);
  for (const [whole, part, count] of WITHIN) {
    const both = new RegExp(
      `\\b(${englishNumber}) (${whole}) (?:and )?(${englishNumber})(?: (${part})(?= |$|[?.!])|(?= (?:in|to|into|is|as) |[?.!]?$))`,
    );
    const found = both.exec(said);
    const [all = '', large = '', unit = '', small = '', smaller = part.split('|')[1] ?? ''] = found ?? [];
    // Only heights and durations leave the smaller unit out.
    if (found === null || (found[4] === undefined && count < 60 && count !== 12)) continue;
    const parts = count * (parseEnglishNumber(large) ?? Number.NaN) + (parseEnglishNumber(small) ?? Number.NaN);
    if (!Number.isNaN(parts)) return [said.replace(all, `${parts} ${smaller}`), said.replace(all, `${parts / count} ${unit}`)];
  }
  return [said];
}

const OF_SPEED = new RegExp(`(몇|${koreanNumber}) ?(?=킬로|키로|km|미터|마일)`, 'g');

/** "시속 100킬로는 몇 마일": as the units of speed are named, behind the number. */
function speedNamedLast(text: string): string {
  const [speed] = /시속|초속/.exec(text) ?? [];
  return speed === undefined ? text : text.replaceAll(/[시초]속 ?/g, '').replaceAll(OF_SPEED, `$1 ${speed} `);
}
