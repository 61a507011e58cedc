import { applyRules, type Rule, rule, words } from './rule.js';
import { vulgarFraction } from './vulgarFractions.js';

/** Turns the formulas that models write (`\( 3 \times 4 \)`, `\frac{1}{2}`) into plain signs, which the rules of a language then say. */
export function withoutLatex(line: string): string {
  return /[\\$]|&\s?=/.test(line) ? applyRules(line, rules) : line;
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

const totals: Readonly<Record<string, string>> = { sum: 'the sum', int: 'the integral', prod: 'the product' };

const braces = String.raw`\{(?<content>[^{}]{0,300})\}`;

const rules: readonly Rule[] = [
  // Equations one below the other: their frame, their line ends and where they are lined up.
  words(String.raw`\\(?:begin|end)\{[a-z]{1,20}\*?\}`, ' '),
  words(String.raw`\\\\\s*$`, ','),
  words(String.raw`&(?=\s?[=<>≈])`, ' '),
  words(String.raw`\\[()\[\]]|\$\$`, ' '),
  // A formula between dollar signs, not two prices.
  rule(String.raw`\$(?<formula>(?!\s)[^$]{0,200}[\\^_=][^$]{0,200}(?<!\s)|\p{L})\$(?!\d)`, (part) => part('formula')),
  words(String.raw`\^\{?\\circ\}?`, '°'),
  words(String.raw`\\[,;:! ]`, ' '),
  rule(String.raw`(?<sign>[\^_])${braces}`, (part) =>
    /^[\p{L}\d]$/u.test(part('content')) ? part('sign') + part('content') : `${part('sign')}(${part('content')})`,
  ),
  rule(String.raw`\\(?:text|mathrm|mathbf|textbf|textit|mathit|operatorname)${braces}`, (part) => part('content')),
  rule(String.raw`\\sqrt${braces}`, (part) => `√(${part('content')})`),
  rule(String.raw`\\[dt]?frac\{(?<top>[^{}]{0,200})\}\{(?<bottom>[^{}]{0,200})\}`, (part) => {
    const [top, bottom] = [part('top'), part('bottom')];
    if (!/^\d{1,3}\/\d{1,3}$/.test(`${top}/${bottom}`)) return `${top} ÷ ${bottom}`;
    return vulgarFraction(Number(top), Number(bottom)) ?? `${top}/${bottom}`;
  }),
  // The bounds of a sum or an integral, before "of".
  rule(
    String.raw`\\(?<name>sum|int|prod)_(?:\((?<begin>[^()]{1,40})\)|(?<start>[\p{L}\d]))\s?\^(?:\((?<end>[^()]{1,40})\)|(?<stop>[\p{L}\d]|\\infty))`,
    (part) => `${totals[part('name')] ?? ''} from ${part('begin') || part('start')} to ${part('end') || part('stop')} of `,
  ),
  rule(String.raw`\\(?<name>sum|int|prod)(?![\p{L}])`, (part) => `${totals[part('name')] ?? ''} of `),
  rule(String.raw`\\boxed${braces}`, (part) => part('content')),
  rule(String.raw`\\(?<name>[A-Za-z]{1,20})`, (part) => {
    const sign = signs[part('name')];
    return sign === undefined ? part('match') : ` ${sign} `;
  }),
];
