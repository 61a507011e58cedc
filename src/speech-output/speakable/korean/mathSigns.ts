import { type Rule, rule, words } from '../rule.js';
import { sino } from './numberWords.js';
import { particle } from './particles.js';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const inEquation = '(?=[^=≈]{0,60}[=≈])';
const compared = String.raw`(?:[\p{L}\d]|[.,](?=\d)){1,20}`;
const notOfUnit = String.raw`(?<!(?:\d|[십백천만억조])[ -]?[kcm]?m|m\/s)`;

/** Signs that are decided by the digits around them; equality waits until these are words. */
export const mathRules: readonly Rule[] = [
  rule(
    String.raw`(?<=[\p{L}\p{N})])${notOfUnit}(?<power>[${superscripts}]{1,4})`,
    (part) => `^${[...part('power')].map((char) => superscripts.indexOf(char)).join('')}`,
  ),
  rule(
    String.raw`(?<=[\p{L}\p{N})])${notOfUnit}\s?\^\s?(?<power>\d{1,4})\$?(?<particle>[은는이가을를과와]|예요|이에요|입니다)?`,
    (part) => {
      const said = part('power') === '2' ? ' 제곱' : part('power') === '3' ? ' 세제곱' : `의 ${sino(part('power'))} 제곱`;
      return said + (afterConsonant[part('particle')] ?? `${part('particle')} `);
    },
  ),
  words('∛\\s?', '세제곱근 '),
  words(String.raw`√\s?`, '루트 '),
  words('±', ' 플러스 마이너스 '),
  words(String.raw`[×⋅∙]|(?<=\d)\s[xX]\s(?=\d)`, ' 곱하기 '),
  words('÷', ' 나누기 '),
  words('(?<=\\d)!(?=\\s?[=≈×÷])', ' 팩토리얼'),
  words('∞', ' 무한대 '),
  words('π', '파이'),
  words(String.raw`(?<=[\p{L}\d)])\s?[-−–]\s?(?=[\d(][\d.,]{0,15}\s?(?:[=+*/×÷-]|곱|나))${inEquation}|(?<=\d\s?)−(?=\s?\d)`, ' 빼기 '),
  words(String.raw`(?<=[\d)])\s?/\s?(?=[\d(][\d.,]{0,15}\s?=)`, ' 나누기 '),
  words(String.raw`(?<=[\d\p{Script=Latin})]\s?|제곱\s{1,2})\+(?=\s?[\d\p{Script=Latin}(])`, ' 더하기 '),
  words(String.raw`\+`, ' 플러스 '),
  words(String.raw`(?<![\p{L}\p{N})%.,-])[-−](?=\d)`, '마이너스 '),
  // The way through a menu.
  words(String.raw`(?<=\p{Script=Hangul}|\p{L}{2})\s?>\s?(?=\p{Script=Hangul}|\p{L}{2})(?<!<[^<>]{0,60}>\s?)`, ', '),
  // Titles of books and films.
  rule(String.raw`<(?!\s)(?<title>[^<>]{0,60}\p{Script=Hangul}[^<>]{0,60})(?<!\s)>`, (part) => part('title')),
  rule(
    String.raw`(?<one>${compared})\s?(?<sign>[<>≤≥])\s?(?<other>${compared})`,
    (part) => `${part('one')}은(는) ${part('other')}보다 ${comparisons[part('sign')] ?? ''}`,
  ),
  words(String.raw`\s?(?:->|=>|→|⇒|➡)\s?`, ', '),
  words(String.raw`(?<![\p{L}\p{N}])[~∼〜]\s?(?=\d)`, '약 '),
];

/** The particle that fits behind 제곱. */
const afterConsonant: Readonly<Record<string, string>> = { 는: '은', 가: '이', 를: '을', 와: '과', 예요: '이에요' };

const comparisons: Readonly<Record<string, string>> = { '<': '작다', '>': '크다', '≤': '작거나 같다', '≥': '크거나 같다' };

export const equalityRules: readonly Rule[] = [
  rule(
    String.raw`(?<word>[\p{L}\p{N}])(?<close>\)?)\s{0,3}={1,3}\s?`,
    (part) => `${part('word')}${part('close')}${particle(part('word'), '은', '는')} `,
  ),
  rule(
    String.raw`(?<word>[\p{L}\p{N}])(?<close>\)?)\s{0,3}≈\s?`,
    (part) => `${part('word')}${part('close')}${particle(part('word'), '은', '는')} 약 `,
  ),
  words('≈\\s?', '약 '),
  rule(String.raw`(?<word>[\p{L}\p{N}])\s?≠\s?`, (part) => `${part('word')}${particle(part('word'), '은', '는')} 다르다, `),
];
