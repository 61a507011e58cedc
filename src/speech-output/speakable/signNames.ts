import type { Language } from '../../speech-to-text/contract.js';

/** What the signs of programming languages are called, two that belong together first. */
const names: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    '()': 'parentheses',
    '[]': 'square brackets',
    '{}': 'curly braces',
    '<>': 'angle brackets',
    '""': 'double quotes',
    "''": 'single quotes',
    '->': 'arrow',
    '=>': 'arrow',
    '!': 'exclamation mark',
    '"': 'double quote',
    '#': 'hash sign',
    $: 'dollar sign',
    '%': 'percent',
    '&': 'ampersand',
    "'": 'single quote',
    '(': 'opening parenthesis',
    ')': 'closing parenthesis',
    '*': 'asterisk',
    '+': 'plus',
    ',': 'comma',
    '-': 'minus',
    '.': 'dot',
    '/': 'slash',
    ':': 'colon',
    ';': 'semicolon',
    '<': 'less than',
    '=': 'equals',
    '>': 'greater than',
    '?': 'question mark',
    '@': 'at sign',
    '[': 'opening bracket',
    '\\': 'backslash',
    ']': 'closing bracket',
    '^': 'caret',
    _: 'underscore',
    '{': 'opening brace',
    '|': 'pipe',
    '}': 'closing brace',
    '~': 'tilde',
  },
  ko: {
    '()': '소괄호',
    '[]': '대괄호',
    '{}': '중괄호',
    '<>': '꺾쇠괄호',
    '""': '큰따옴표',
    "''": '작은따옴표',
    '->': '화살표',
    '=>': '화살표',
    '!': '느낌표',
    '"': '큰따옴표',
    '#': '샵',
    $: '달러 기호',
    '%': '퍼센트 기호',
    '&': '앰퍼샌드',
    "'": '작은따옴표',
    '(': '여는 소괄호',
    ')': '닫는 소괄호',
    '*': '별표',
    '+': '더하기 기호',
    ',': '쉼표',
    '-': '빼기 기호',
    '.': '점',
    '/': '슬래시',
    ':': '콜론',
    ';': '세미콜론',
    '<': '작다 기호',
    '=': '등호',
    '>': '크다 기호',
    '?': '물음표',
    '@': '골뱅이',
    '[': '여는 대괄호',
    '\\': '역슬래시',
    ']': '닫는 대괄호',
    '^': '캐럿',
    _: '밑줄',
    '{': '여는 중괄호',
    '|': '세로줄',
    '}': '닫는 중괄호',
    '~': '물결표',
  },
};

const times = {
  en: (name: string, count: number) => `${count === 2 ? 'double' : 'triple'} ${name}`,
  ko: (name: string, count: number) => `${name} ${count === 2 ? '두' : '세'} 개`,
} as const;

/** A few signs by their names: `&&` is "double ampersand"; undefined where one of them has none. */
export function signNames(signs: string, language: Language): string | undefined {
  const known = names[language];
  const whole = known[signs];
  if (whole !== undefined) return whole;
  const each = [...signs].map((sign) => known[sign]);
  const [first] = each;
  if (first === undefined || each.includes(undefined)) return undefined;
  const same = each.length > 1 && each.length < 4 && each.every((name) => name === first);
  return same ? times[language](first, each.length) : each.join(' ');
}
