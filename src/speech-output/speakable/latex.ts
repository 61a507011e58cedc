import type { Language } from '../../speech-to-text/contract.js';
import { applyRules, type Rule, rule, words } from './rule.js';
import { vulgarFraction } from './vulgarFractions.js';

/** Turns the formulas that models write (`\( 3 \times 4 \)`, `\frac{1}{2}`) into plain signs, which the rules of a language then say. */
export function withoutLatex(line: string, language: Language): string {
  return /[\\$]|&\s?=|[\^_]\{/.test(line) ? applyRules(line, rules[language]) : line;
}

const signs: Readonly<Record<string, string>> = {
  times: '×',
  cdot: '×',
  ast: '×',
  div: '÷',
  pm: '±',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ne: '≠',
  neq: '≠',
  approx: '≈',
  to: '→',
  rightarrow: '→',
  Rightarrow: '→',
  infty: '∞',
  in: '∈',
  mid: '|',
  pi: 'π',
  degree: '°',
  circ: '°',
  ldots: '...',
  dots: '...',
  cdots: '...',
  quad: ' ',
  qquad: ' ',
  left: '',
  right: '',
};

interface Words {
  readonly factorial: string;
  /** Of a sum, a product, an integral. */
  readonly total: (name: string, from: string, to: string) => string;
  readonly limit: (variable: string, goal: string) => string;
}

const english: Readonly<Record<string, string>> = { sum: 'the sum', int: 'the integral', prod: 'the product' };
const korean: Readonly<Record<string, string>> = { sum: '합', int: '적분', prod: '곱' };

const inWords: Readonly<Record<Language, Words>> = {
  en: {
    factorial: ' factorial',
    total: (name, from, to) => `${english[name] ?? ''}${from === '' ? '' : ` from ${from} to ${to}`} of `,
    limit: (variable, goal) => `the limit as ${variable} goes to ${goal} of `,
  },
  ko: {
    factorial: ' 팩토리얼',
    total: (name, from, to) => `${from === '' ? '' : `${from}부터 ${to}까지의 `}${korean[name] ?? ''} `,
    limit: (variable, goal) => `${variable}가 ${goal}로 갈 때 극한 `,
  },
};

const braces = String.raw`\{(?<content>[^{}]{0,300})\}`;

const rules = { en: rulesWith(inWords.en), ko: rulesWith(inWords.ko) } as const;

function rulesWith(say: Words): readonly Rule[] {
  return [
    // Equations one below the other: their frame, their line ends and where they are lined up.
    words(String.raw`(?<=\\begin\{[a-zA-Z]?matrix\}.{0,300})&`, ','),
    words(String.raw`\\(?:begin|end)\{[a-zA-Z]{1,20}\*?\}`, ' '),
    words(String.raw`\\\\(?=\s|$)`, ','),
    words(String.raw`&(?=\s?[=<>≈])`, ' '),
    words(String.raw`\\[()\[\]]|\$\$`, ' '),
    // A formula between dollar signs, not two prices.
    rule(String.raw`\$(?<formula>(?!\s)[^$]{0,200}[\\^_=!<>|][^$]{0,200}(?<!\s)|\p{L})\$(?!\d)`, (part) =>
      part('formula').replace(/(?<=[\p{L}\d)])!/gu, say.factorial),
    ),
    words(String.raw`\^\{?\\circ\}?`, '°'),
    words(String.raw`\\[,;:! ]`, ' '),
    rule(String.raw`(?<sign>[\^_])${braces}`, (part) =>
      /^(?:\p{L}|\d{1,2})$/u.test(part('content')) ? part('sign') + part('content') : `${part('sign')}(${part('content')})`,
    ),
    rule(String.raw`\\(?:text|mathrm|mathbf|mathbb|vec|hat|bar|overline|underline|textbf|textit|mathit|operatorname)${braces}`, (part) =>
      part('content'),
    ),
    rule(String.raw`\\sqrt(?<cube>\[3\])?${braces}`, (part) => {
      const content = part('content');
      return `${part('cube') === '' ? '√' : '∛'}${/^[\p{L}\d]+$/u.test(content) ? content : `(${content})`}`;
    }),
    rule(String.raw`\\lim_\((?<variable>[^()]{1,20}?)\s?\\to\s?(?<goal>[^()]{1,20})\)`, (part) =>
      say.limit(part('variable'), part('goal')),
    ),
    rule(String.raw`\\[dt]?frac\{(?<top>[^{}]{0,200})\}\{(?<bottom>[^{}]{0,200})\}`, (part) => {
      const [top, bottom] = [part('top'), part('bottom')];
      if (!/^\d{1,3}\/\d{1,3}$/.test(`${top}/${bottom}`)) return `${top} ÷ ${bottom}`;
      return vulgarFraction(Number(top), Number(bottom)) ?? `${top}/${bottom}`;
    }),
    // The bounds of a sum or an integral, before "of".
    rule(
      String.raw`\\(?<name>sum|int|prod)_(?:\((?<begin>[^()]{1,40})\)|(?<start>[\p{L}\d]))\s?\^(?:\((?<end>[^()]{1,40})\)|(?<stop>[\p{L}\d]|\\infty))`,
      (part) => say.total(part('name'), part('begin') || part('start'), part('end') || part('stop')),
    ),
    rule(String.raw`\\(?<name>sum|int|prod)(?![\p{L}])`, (part) => say.total(part('name'), '', '')),
    rule(String.raw`\\boxed${braces}`, (part) => part('content')),
    rule(String.raw`\\(?<name>[A-Za-z]{1,20})`, (part) => {
      const sign = signs[part('name')];
      return sign === undefined ? part('match') : ` ${sign} `;
    }),
  ];
}
