import type { Language } from '../../speech-to-text/contract.js';
import { codeWords } from './inlineCode.js';
import { applyRules, type Rule, rule, words } from './rule.js';

/** Takes Markdown and HTML away from one line and keeps what a person would read out. Links become their text. */
export function withoutMarkdown(line: string, language: Language): string {
  return applyRules(line, rules[language]);
}

const linkTarget = String.raw`\((?<target>(?:[^()]|\([^()]{0,200}\)){0,1000})\)`;

const accents: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  uml: '\u0308',
  circ: '\u0302',
  tilde: '\u0303',
  cedil: '\u0327',
};

/** Behind these, numbers in brackets are no sources: the array [1, 2]. */
const listNamed =
  '(?:array|list|vector|tuple|set|range|sequence|interval|numbers|values|input|output|like|is|returns?|gives|prints?|to|from|into|as|[=:→])';

/** Tags that only dress the text; other words in pointed brackets stand for something: <your name>. */
const tags = new Set(
  'b i u s em strong a span code mark kbd small big sub sup del ins q cite abbr dfn var samp font center img video audio thead tbody tfoot caption'.split(
    ' ',
  ),
);

/** What a line begins and ends with. */
const lineRules: readonly Rule[] = [
  words(String.raw`^\s*(?:[-*_=]\s*){3,}$`, ''),
  words(String.raw`^(?:\s{0,10}>(?!\d)){1,10}\s?`, ''),
  words(String.raw`^\s{0,10}#{1,6}\s+`, ''),
  words(String.raw`\s#{1,6}\s*$`, ''),
  words(String.raw`^\s*[-*+•◦▪‣·–—]\s+`, ''),
  words(String.raw`^\s*\[[ xX]\]\s+`, ''),
  rule(String.raw`^\s*\*{0,3}(?<number>\d{1,3})[.)]\*{0,3}\s+(?=\S)`, (part) => `${part('number')}: `),
];

const inlineRules: readonly Rule[] = [
  // Where a numbered link leads, at the end of a text.
  words(String.raw`^\s*\[[^\[\]^]{1,50}\]:\s+\S{1,1000}(?:\s+["'(][^"')]{0,200}["')])?\s*$`, ''),
  rule('==(?<text>[^=]{1,300})==', (part) => part('text')),
  words(String.raw`(?<=^|\s):[a-z][a-z0-9_+-]{1,30}:(?=\s|$|[.,!?])`, ''),
  // A struck-out text no longer holds.
  words('~~[^~]{1,500}~~', ''),
  words(String.raw`\[\^[^\[\]]{1,50}\]:?|(?<=\p{L}[.,;:!?"”]{1,2})[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}`, ''),
  // Numbers of sources, after a word or a sentence; behind one letter or two they are an index.
  words(
    String.raw`(?<=^|[\s.,;!?)”"]|\p{Script=Hangul}|\p{L}{4})(?<!${listNamed}\s)(?:\[[1-9]\d{0,2}(?:[,–-]\s?[1-9]\d{0,2}){0,5}\]){1,8}`,
    '',
  ),
  rule(String.raw`!\[(?<text>[^\[\]]{0,500})\]${linkTarget}`, (part) => part('text')),
  rule(String.raw`\[(?<text>[^\[\]]{0,500})\]${linkTarget}`, (part) => part('text') || part('target')),
  rule(String.raw`\[(?<text>[^\[\]]{1,500})\]\[[^\[\]]{0,100}\]`, (part) => part('text')),
  rule('<sup>(?<power>[^<>]{1,10})</sup>', (part) => (/^\d|^[a-z]$|^-\d/.test(part('power')) ? `^${part('power')}` : part('power')), 'giu'),
  words('<!--[^<>]{0,500}-->', ' '),
  words(String.raw`<\/?(?:br|p|li|div|tr|td|th|hr|ul|ol|dl|dt|dd|h[1-6]|table|blockquote|pre|details|summary|section)\s*\/?>`, ' ', 'giu'),
  rule(String.raw`<(?<target>(?:https?:\/\/|mailto:)[^<>\s]{1,1000})>`, (part) => part('target').replace('mailto:', '')),
  rule(
    String.raw`<(?<close>\/?)(?<tag>[a-z][a-z0-9]{0,15})(?<more>\s[^<>]{0,300})?\/?>`,
    (part) =>
      part('close') !== '' || tags.has(part('tag').toLowerCase()) || part('more').includes('=') ? '' : ` ${part('tag')}${part('more')} `,
    'giu',
  ),
  words('&nbsp;', ' '),
  words('&amp;', '&'),
  words('&lt;', '<'),
  words('&gt;', '>'),
  words('&quot;', '"'),
  words('&(?:#39|apos);', "'"),
  rule('&(?<letter>[A-Za-z])(?:acute|grave|uml|circ|tilde|cedil);', (part) => part('letter') + (accents[part('match').slice(2, -1)] ?? '')),
  words('&#x[0-9A-Fa-f]{1,6};', ' '),
  words('&(?:mdash|ndash);', ' – '),
  words('&times;', '×'),
  words('&deg;', '°'),
  words('&hellip;', '…'),
  words('&copy;', '©'),
  words('&(?:reg|trade|rarr|larr|bull);', ' '),
  rule('&#(?<code>\\d{2,5});', (part) => String.fromCodePoint(Number(part('code')))),
  // Between numbers a star is a sign of arithmetic, elsewhere emphasis.
  words(String.raw`(?<=\d\s?)\\\*(?=\s?\d)`, ' × '),
  words(String.raw`(?<=(?:(?<!\p{L})\p{L}|[\d)]))\*\*(?=\d)|(?<=[\p{L}\d)])\s\*\*\s(?=\d|\p{L}(?!\p{L}))`, '^'),
  words(String.raw`(?<=\d)\*(?=\d)|(?<=[\p{L}\p{N})])\s\*\s(?=[\p{L}\p{N}(])`, ' × '),
  words(String.raw`\*{1,3}|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])`, ''),
  rule(String.raw`\\(?<char>[\\\x60*_{}\[\]()#+.!|>~$-])`, (part) => part('char')),
];

const rules = { en: rulesWith('en'), ko: rulesWith('ko') } as const;

function rulesWith(language: Language): readonly Rule[] {
  const code = rule(String.raw`(?<ticks>\x60{1,3})(?<code>[^\x60]{1,500}|(?<=\x60{2}).{1,500}?)\k<ticks>(?!\x60)`, (part) =>
    codeWords(part('code'), language),
  );
  return [...lineRules, code, ...inlineRules];
}
