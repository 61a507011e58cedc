/** Numbers as English speakers say them, or as digits. */

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const SCALES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };
const FRACTIONS: Readonly<Record<string, number>> = { half: 0.5, quarter: 0.25, third: 1 / 3 };

const SMALL: Readonly<Record<string, number>> = { ...Object.fromEntries(UNITS.map((word, value) => [word, value])), ...TENS };
const DIGITS = '\\d+(?:,\\d{3})*(?:\\.\\d+)?|\\.\\d+';
const WORD = `(?:${[...Object.keys(SMALL), 'hundred', ...Object.keys(SCALES)].sort((a, b) => b.length - a.length).join('|')})`;
const SPOKEN = `(?:(?:an? (?=hundred|thousand|million|billion))?${WORD}(?:(?: and |[ -])${WORD})*(?: point(?: ${WORD})+)?|point(?: ${WORD})+)`;
const FRACTION_WORD = '(?:half|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)';

/** The source of a regular expression without groups. */
export const englishNumber = `(?:(?:minus |negative |-)?(?:\\d+/\\d+|(?:${DIGITS})(?: (?:hundred|${Object.keys(SCALES).join('|')}))?|${SPOKEN})(?: and (?:a half|a quarter|a third|half))?(?: ${FRACTION_WORD}(?: of)?(?: an?)?)?)`;

const DENOMINATORS: Readonly<Record<string, number>> = {
  half: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  eighth: 8,
  tenth: 10,
};

/** Undefined where it is no number: "five and six", "twenty hundred and". */
export function parseEnglishNumber(text: string): number | undefined {
  const sign = /^(?:minus |negative |-)/.exec(text);
  if (sign !== null) {
    const rest = parseEnglishNumber(text.slice(sign[0].length));
    return rest === undefined ? undefined : -rest;
  }
  const part = /^(.+?) (half|third|quarter|fourth|fifth|sixth|eighth|tenth)s?(?: of)?(?: an?)?$/.exec(text);
  if (part?.[1] !== undefined && !part[1].endsWith(' and') && !part[1].endsWith(' and a')) {
    const count = parseEnglishNumber(part[1]);
    return count === undefined ? undefined : count / (DENOMINATORS[part[2] ?? ''] ?? 1);
  }
  const more = /^(.+) and (?:a )?(half|quarter|third)$/.exec(text);
  if (more?.[1] !== undefined) {
    const whole = parseEnglishNumber(more[1]);
    return whole === undefined ? undefined : whole + (FRACTIONS[more[2] ?? ''] ?? 0);
  }
  const over = /^(\d+)\/(\d+)$/.exec(text);
  if (over !== null) return Number(over[2]) === 0 ? undefined : Number(over[1]) / Number(over[2]);
  return digits(text) ?? spoken(text);
}

function digits(text: string): number | undefined {
  const found = new RegExp(`^(${DIGITS})(?: (\\w+))?$`).exec(text);
  if (found === null) return undefined;
  const value = Number(found[1]?.replaceAll(',', ''));
  if (found[2] === undefined) return value;
  const scale = found[2] === 'hundred' ? 100 : SCALES[found[2]];
  return scale === undefined ? undefined : value * scale;
}

function spoken(text: string): number | undefined {
  const [whole = '', decimals] = text.replace(/^point /, 'zero point ').split(' point ');
  const value = wholeNumber(whole.split(/[ -]/));
  if (value === undefined || decimals === undefined) return value;
  const after = decimals.split(' ').map((word) => SMALL[word]);
  if (after.some((digit) => digit === undefined)) return undefined;
  return Number(`${value}.${after.join('')}`);
}

/** Beside numbers. */
const FILLING = new Set(['and', 'a', 'an']);

function wholeNumber(spoken: readonly string[]): number | undefined {
  let total = 0;
  let group: number | undefined;
  const words = spoken.filter((word) => !FILLING.has(word));
  for (const word of words) {
    const small = SMALL[word];
    const scale = SCALES[word];
    if (small !== undefined) {
      if (!follows(group, small)) return undefined;
      group = (group ?? 0) + small;
    } else if (word === 'hundred') {
      group = (group ?? 1) * 100;
    } else if (scale !== undefined) {
      total += (group ?? 1) * scale;
      group = undefined;
    } else return undefined;
  }
  return words.length === 0 ? undefined : total + (group ?? 0);
}

/** "twenty" then "five" makes one number, "five" then "twenty" does not. */
function follows(group: number | undefined, small: number): boolean {
  if (group === undefined) return true;
  const room = group % 100 === 0 ? 100 : group % 10 === 0 && group % 100 > 10 ? 10 : 0;
  return small > 0 && small < room;
}
