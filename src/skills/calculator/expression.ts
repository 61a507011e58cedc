import type { Language } from '../../speech-to-text/contract.js';
import { englishNumber, parseEnglishNumber } from '../values/englishNumbers.js';
import { koreanNumber, parseKoreanNumber } from '../values/koreanNumbers.js';

/**
 * A calculation in words made into one in signs, of nothing but numbers, operators, brackets and a few functions: only that reaches
 * mathjs. "seventeen plus the square root of 9" is `(17)+sqrt((9))`.
 */

type Kind = 'number' | 'operator' | 'prefix' | 'postfix' | 'open' | 'close';

interface Word {
  readonly kind: Kind;
  readonly words: string;
  readonly signs: string;
}

/** "five to the third power" */
const POWERS: Readonly<Record<string, number>> = Object.fromEntries(
  'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ').flatMap((word, index) => [
    [word, index + 1],
    [`${index + 1}${['st', 'nd', 'rd'][index] ?? 'th'}`, index + 1],
  ]),
);

/** Longest first where one begins another. */
const WORDS: Readonly<Record<Language, readonly Word[]>> = {
  en: [
    { kind: 'operator', words: 'multiplied (?:by|with)|times?|[x×*]|(?:percent|%) of', signs: '*' },
    { kind: 'operator', words: 'divided (?:by|into)|over|[÷/]', signs: '/' },
    { kind: 'operator', words: 'plus|added to|and|increased by|[+]', signs: '+' },
    { kind: 'operator', words: 'minus|less|take away|subtract|decreased by|reduced by|[-−–]', signs: '-' },
    {
      kind: 'postfix',
      words: `to the (?:${Object.keys(POWERS).join('|')}) power|to the power (?:${Object.keys(POWERS).join('|')})`,
      signs: 'power',
    },
    { kind: 'postfix', words: `to the (?:${Object.keys(POWERS).slice(2).join('|')})(?! root)`, signs: 'power' },
    { kind: 'number', words: 'a dozen', signs: '(12)' },
    { kind: 'postfix', words: 'dozen', signs: '*12' },
    { kind: 'operator', words: 'to the power of|raised to the power of|raised to(?: the)?|to the|\\^', signs: '^' },
    { kind: 'operator', words: 'mod|modulo|modulus', signs: ' mod ' },
    { kind: 'operator', words: 'of', signs: '*' },
    { kind: 'prefix', words: '(?:the )?(?:square root|root|squareroot|sqrt|√)(?: of)?', signs: 'sqrt' },
    { kind: 'prefix', words: '(?:the )?(?:cube root|cubic root)(?: of)?', signs: 'cbrt' },
    { kind: 'prefix', words: '(?:the )?square of', signs: 'square' },
    { kind: 'prefix', words: '(?:the )?cube of', signs: 'cube' },
    { kind: 'prefix', words: '(?:the )?(?:factorial of)', signs: 'factorial' },
    { kind: 'postfix', words: 'squared|²', signs: '^2' },
    { kind: 'postfix', words: 'cubed|³', signs: '^3' },
    { kind: 'postfix', words: 'factorial|!', signs: '!' },
    { kind: 'postfix', words: 'percent|per cent|%', signs: '%' },
    { kind: 'number', words: 'half|one half|a half', signs: '(1/2)' },
    { kind: 'number', words: 'a third|one third', signs: '(1/3)' },
    { kind: 'number', words: 'a quarter|one quarter|a fourth|one fourth', signs: '(1/4)' },
    { kind: 'prefix', words: 'double|twice', signs: '2*' },
    { kind: 'prefix', words: 'triple|thrice', signs: '3*' },
    { kind: 'number', words: 'pi|π', signs: '(pi)' },
    { kind: 'open', words: '\\(|open (?:bracket|parenthesis)', signs: '(' },
    { kind: 'close', words: '\\)|close (?:bracket|parenthesis)', signs: ')' },
  ],
  ko: [
    { kind: 'operator', words: '곱하기|[x×*]', signs: '*' },
    { kind: 'operator', words: '나누기|[÷/]', signs: '/' },
    { kind: 'operator', words: '더하기|플러스|[+]', signs: '+' },
    { kind: 'operator', words: '빼기|마이너스|[-−–]', signs: '-' },
    { kind: 'prefix', words: '루트|제곱근(?! ?이(?:$| ?뭐| ?무))|√', signs: 'sqrt' },
    { kind: 'postfix', words: '의? ?제곱근', signs: '^(1/2)' },
    { kind: 'postfix', words: `의? ?${koreanNumber} ?(?:제곱|승)`, signs: 'power' },
    { kind: 'postfix', words: `의? ?${koreanNumber} ?배`, signs: 'fold' },
    { kind: 'postfix', words: '의? ?세제곱', signs: '^3' },
    { kind: 'postfix', words: '의? ?제곱', signs: '^2' },
    { kind: 'postfix', words: '퍼센트|프로|%', signs: '%' },
    { kind: 'postfix', words: '의? ?절반', signs: '/2' },
    { kind: 'operator', words: '의 ', signs: '*' },
    { kind: 'number', words: `${koreanNumber} ?분의 ?${koreanNumber}`, signs: 'fraction' },
    { kind: 'number', words: '파이|원주율|π', signs: '(pi)' },
    { kind: 'open', words: '\\(|괄호 열고', signs: '(' },
    { kind: 'close', words: '\\)|괄호 닫고', signs: ')' },
  ],
};

const NUMBERS: Readonly<Record<Language, { readonly source: string; parse(text: string): number | undefined }>> = {
  en: { source: englishNumber, parse: parseEnglishNumber },
  ko: { source: koreanNumber, parse: parseKoreanNumber },
};
/** "삼분의 일" begins with a number, but is another. */
const FRACTION = new RegExp(`^${koreanNumber} ?분의 ?${koreanNumber}`);
/** Nobody says longer ones. */
const MAX_PARTS = 40;

/** Undefined where the text is not wholly a calculation of at least one step. */
export function expressionOf(text: string, language: Language): string | undefined {
  const parts = split(text, language);
  if (parts === undefined || !parts.some(({ kind }) => kind === 'operator' || kind === 'prefix' || kind === 'postfix')) return undefined;
  if (parts.every(({ kind, signs }) => kind === 'number' || signs === '%')) return undefined;
  return signsOf(parts);
}

/** The numbers in "3, 7, 9 and 24"; undefined where there is anything else, or only one. */
export function numbersIn(text: string, language: Language): readonly number[] | undefined {
  const { parse } = NUMBERS[language];
  const whole = text
    .split(/,? and |, ?|,? plus /)
    .flatMap((part) => (part === '' ? [] : [parse(part.trim()) ?? separated(part.trim(), parse)]));
  const numbers = whole.flat();
  return numbers.length < 2 || numbers.includes(undefined) ? undefined : (numbers as readonly number[]);
}

/** "3 7 9", as recognisers write a list. */
function separated(text: string, parse: (text: string) => number | undefined): readonly (number | undefined)[] {
  return text.split(' ').map(parse);
}

function split(text: string, language: Language): readonly Pick<Word, 'kind' | 'signs'>[] | undefined {
  const parts: Pick<Word, 'kind' | 'signs'>[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const operandNext = expectsOperand(parts.at(-1)?.kind);
    const isFraction = language === 'ko' && FRACTION.test(rest);
    const found = (operandNext && !isFraction ? numberAt(rest, language) : undefined) ?? wordAt(rest, language, operandNext);
    if (found === undefined || parts.length >= MAX_PARTS) return undefined;
    parts.push(...found.parts);
    rest = rest.slice(found.length).trimStart();
  }
  return parts.length === 0 || expectsOperand(parts.at(-1)?.kind) ? undefined : parts;
}

/** At the start and after an operator comes a number, elsewhere what joins or ends. */
function expectsOperand(last: Kind | undefined): boolean {
  return last === undefined || last === 'operator' || last === 'prefix' || last === 'open';
}

interface Found {
  readonly parts: readonly Pick<Word, 'kind' | 'signs'>[];
  readonly length: number;
}

function numberAt(text: string, language: Language): Found | undefined {
  const { source, parse } = NUMBERS[language];
  const [whole = ''] = new RegExp(`^${source}(?![a-z0-9])`).exec(text) ?? [];
  // "Three quarters of 80": the "of" joins.
  const found = whole.replace(/ of(?: an?)?$/, '');
  const division = /^(\d+)\/(\d+)$/.exec(found);
  if (division !== null) {
    const [, above = '', below = ''] = division;
    const divided = [
      { kind: 'number', signs: `(${above})` },
      { kind: 'operator', signs: '/' },
      { kind: 'number', signs: `(${below})` },
    ] as const;
    return { parts: divided, length: found.length };
  }
  // "five and six" is no number, but begins with one.
  for (let length = found.length; length > 0; length = found.lastIndexOf(' ', length - 1)) {
    const value = parse(found.slice(0, length));
    if (value !== undefined) return { parts: [{ kind: 'number', signs: `(${value})` }], length };
  }
  return undefined;
}

function wordAt(text: string, language: Language, operandNext: boolean): Found | undefined {
  for (const { kind, words, signs } of WORDS[language]) {
    const starts = kind === 'number' || kind === 'prefix' || kind === 'open';
    if (starts !== operandNext) continue;
    const [found] = new RegExp(`^(?:${words})${language === 'en' && kind !== 'open' ? '(?![a-z])' : ''}`).exec(text) ?? [];
    if (found === undefined) continue;
    if (signs === 'fold') {
      const times = parseKoreanNumber(found.replace(/^의? ?| ?배$/g, ''));
      if (times === undefined) continue;
      return { parts: [{ kind, signs: `*${times}` }], length: found.length };
    }
    if (signs === 'fraction') {
      const [below, above] = found.split('분의').map((text) => parseKoreanNumber(text));
      if (below === undefined || above === undefined) continue;
      return { parts: [{ kind, signs: `((${above})/(${below}))` }], length: found.length };
    }
    if (signs === 'power') {
      const power = language === 'ko' ? koreanPower(found) : Object.entries(POWERS).find(([word]) => found.split(' ').includes(word))?.[1];
      if (power === undefined) continue;
      return { parts: [{ kind, signs: `^(${power})` }], length: found.length };
    }
    const percentOf = /^(?:percent|%) of$/.test(found);
    return {
      parts: percentOf
        ? [
            { kind: 'postfix', signs: '/100' },
            { kind: 'operator', signs },
          ]
        : [{ kind, signs }],
      length: found.length,
    };
  }
  return undefined;
}

/** "의 10제곱", "세제곱" */
function koreanPower(words: string): number | undefined {
  return parseKoreanNumber(words.replace(/^의? ?|\s?(?:제곱|승)$/g, ''));
}

/** Functions take the next number, bracket or function; "80 plus 10 percent" is a tenth more, as mathjs has it. */
function signsOf(parts: readonly Pick<Word, 'kind' | 'signs'>[]): string | undefined {
  const depth = parts.reduce((open, { kind }) => (open < 0 ? open : open + (kind === 'open' ? 1 : kind === 'close' ? -1 : 0)), 0);
  if (depth !== 0) return undefined;
  const out: string[] = [];
  /** Brackets to be closed behind the operand that comes next; below it on the stack, those around the written brackets. */
  let toClose = 0;
  const around: number[] = [];
  const endOperand = (sign: string) => {
    out.push(sign, ')'.repeat(toClose));
    toClose = 0;
  };
  for (const [index, { kind, signs }] of parts.entries()) {
    if (signs === '%') out.push(/^[+-]$/.test(parts[index - 2]?.signs ?? '') && index === parts.length - 1 ? '%' : '/100');
    else if (kind === 'number') endOperand(signs);
    else if (kind === 'prefix') {
      out.push(`${signs}(`);
      toClose += 1;
    } else if (kind === 'open') {
      out.push(signs);
      around.push(toClose);
      toClose = 0;
    } else if (kind === 'close') {
      toClose = around.pop() ?? 0;
      endOperand(signs);
    } else out.push(signs);
  }
  return out.join('');
}
