import type { Language } from '../../speech-to-text/contract.js';
import type { Repeat } from '../alerts/alertFile.js';
import { inOneSentence } from '../values/list.js';

/** The days of the week on which an alarm comes again, in what people say. */

const DAILY: Repeat = [0, 1, 2, 3, 4, 5, 6];
const WEEKDAYS: Repeat = [1, 2, 3, 4, 5];
const WEEKENDS: Repeat = [0, 6];
const EN_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const KO_NAMES = '일월화수목금토';

const EN_DAY = '(?:sun|mon|tues|wednes|thurs|fri|satur)day';
const EN_LIST = `${EN_DAY}s?(?:(?:,? and |,? or |, | )${EN_DAY}s?)*`;
const KO_DAY = `[${KO_NAMES}]요일`;
/** "월수금", in the order of the week. */
const KO_SHORT = '(?<![가-힣\\d])(?=[월화수목금토일]{2})월?화?수?목?금?토?일?(?=에| |마다)';
const KO_LIST = `${KO_DAY}(?:(?:이랑|과|하고|, ?| )? ?${KO_DAY})*`;

/** How days that come again are said; the first that fits counts. `except` and `only` hold names of days, `from` and `to` one. */
const SAID: Readonly<Record<Language, readonly (readonly [pattern: RegExp, days: Repeat])[]>> = {
  en: [
    [
      new RegExp(
        `\\b(?:every ?day|each day|daily|all week|the whole week)(?: of the week)? (?:except|but|besides|other than|apart from|without)(?: for)?(?: on)? (?<except>${EN_LIST}|(?:the )?weekends?|weekdays?)`,
      ),
      DAILY,
    ],
    [new RegExp(`\\b(?:every |each )?(?<from>${EN_DAY})s? (?:to|through|thru|till|until) (?<to>${EN_DAY})s?`), []],
    [new RegExp(`\\b(?:on )?(?:every|each) (?<only>${EN_LIST})|\\b(?:on )?(?<plural>${EN_DAY}s(?:(?:,? and |, | )${EN_DAY}s?)*)`), []],
    [/\b(?:on |during )?(?:every |each |the )?weekends\b|\b(?:every|each) weekend\b/, WEEKENDS],
    [
      /\b(?:on |during )?(?:every |each |all )?(?:weekdays|work(?:ing)? ?days|week days)\b|\b(?:every|each) (?:weekday|work ?day|working day)\b/,
      WEEKDAYS,
    ],
    [
      /\b(?:every ?day|each day|daily|recurring|repeating|every (?:single )?(?:day|morning|evening|night|afternoon)|each (?:morning|evening|night))\b/,
      DAILY,
    ],
  ],
  ko: [
    [
      new RegExp(
        `(?:(?:매일|날마다) ?)?(?<except>주말|평일|${KO_LIST})(?:을|를|은|는)? ?(?:빼고|제외하고|말고|제외한|빼고는)(?: ?(?:매일|날마다))?`,
      ),
      DAILY,
    ],
    [new RegExp(`(?:매주 ?)?(?<from>${KO_DAY})(?:부터|에서) ?(?<to>${KO_DAY})까지(?: ?(?:매일|매주))?`), []],
    [new RegExp(`매주 ?(?<only>${KO_LIST}|[${KO_NAMES}]{2,6}(?![가-힣]))(?:마다)?|(?<plural>${KO_LIST})마다`), []],
    // "화요일이랑 목요일 일곱 시", "월수금 여섯 시": of several days, all are meant every week.
    [new RegExp(`(?<only>${KO_DAY}(?:(?:이랑|과|하고|, ?| )? ?${KO_DAY})+|${KO_SHORT})(?:에는|에)?`), []],
    [/주말(?:마다|에는)?/, WEEKENDS],
    [/평일(?:마다|에는)?|주중(?:에는)?/, WEEKDAYS],
    [/매일(?:매일)?|날마다|매일 아침/, DAILY],
  ],
};

/** The days named in a request, and the rest of it; undefined where it is for once. "every monday and friday at six" → [1, 5], "at six". */
export function repeatIn(text: string, language: Language): { readonly repeat: Repeat; readonly rest: string } | undefined {
  for (const [pattern, days] of SAID[language]) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const repeat = daysOf(days, found.groups ?? {}, language);
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`.replaceAll(/\s+/g, ' ').trim();
    if (repeat.length > 0) return { repeat, rest };
  }
  return undefined;
}

function daysOf(
  days: Repeat,
  { except, from, to, only, plural }: Readonly<Record<string, string | undefined>>,
  language: Language,
): Repeat {
  if (except !== undefined) {
    const left = /weekend|주말/.test(except) ? WEEKENDS : /weekday|평일/.test(except) ? WEEKDAYS : named(except, language);
    return days.filter((day) => !left.includes(day));
  }
  const [first] = named(from ?? '', language);
  const [last] = named(to ?? '', language);
  if (first !== undefined && last !== undefined)
    return sorted(DAILY.slice(0, ((last - first + 7) % 7) + 1).map((add) => (first + add) % 7));
  const listed = only ?? plural;
  return listed === undefined ? days : named(listed, language);
}

function named(text: string, language: Language): Repeat {
  if (language === 'ko')
    return sorted([...text.replaceAll('요일', '')].map((letter) => KO_NAMES.indexOf(letter)).filter((day) => day >= 0));
  return sorted(EN_NAMES.map((name, day) => (text.includes(name.toLowerCase()) ? day : -1)).filter((day) => day >= 0));
}

function sorted(days: readonly number[]): Repeat {
  return [...new Set(days)].sort((a, b) => a - b);
}

/** "every weekday", "every Monday and Friday"; "평일", "매주 월요일, 금요일". */
export function sayRepeat(repeat: Repeat, language: Language): string {
  const known = [DAILY, WEEKDAYS, WEEKENDS].findIndex((days) => sameDays(days, repeat));
  // The week begins on Monday.
  const inOrder = [...repeat].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  const [missing, ...more] = DAILY.filter((day) => !repeat.includes(day));
  if (missing !== undefined && more.length === 0)
    return language === 'ko' ? `${KO_NAMES[missing]}요일 빼고 매일` : `every day except ${EN_NAMES[missing]}`;
  if (language === 'ko') return ['매일', '평일', '주말'][known] ?? `매주 ${inOrder.map((day) => `${KO_NAMES[day]}요일`).join(', ')}`;
  return `every ${
    ['day', 'weekday', 'weekend'][known] ??
    inOneSentence(
      inOrder.map((day) => EN_NAMES[day] ?? ''),
      'en',
    )
  }`;
}

export function sameDays(some: Repeat | undefined, others: Repeat | undefined): boolean {
  return some?.join() === others?.join();
}
