import { anyOf, type Rule, rule, wordBegins, wordEnds, words } from '../rule.js';
import { digitWords, numberWords } from './numberWords.js';
import { unitName } from './units.js';

const keys = anyOf([
  'Ctrl',
  'Control',
  'Cmd',
  'Command',
  'Alt',
  'Option',
  'Shift',
  'Win',
  'Windows',
  'Esc',
  'Fn',
  'Super',
  'ctrl',
  'cmd',
  'alt',
  'esc',
  'fn',
]);
const keyNames: Readonly<Record<string, string>> = { ctrl: 'Control', cmd: 'Command', win: 'Windows', esc: 'Escape', fn: 'Function' };

const directions: Readonly<Record<string, string>> = { N: 'North', S: 'South', E: 'East', W: 'West' };
const winds: Readonly<Record<string, string>> = { NE: 'northeast', NW: 'northwest', SE: 'southeast', SW: 'southwest' };
const streets = 'St|Ave|Rd|Blvd|Dr|Ln|Street|Avenue|Road|Boulevard|Drive|Lane';

/** Names that only look like sums, ranges or amounts: keys, versions, addresses, models. */
export const codeRules: readonly Rule[] = [
  // Addresses and numbers of machines: 2001:db8::1, 00:1A:2B:3C:4D:5E, 550e8400-e29b-41d4-a716-446655440000.
  rule(
    '(?<![\\p{L}\\p{N}:-])(?:[0-9A-Fa-f]{1,4}(?::{1,2}[0-9A-Fa-f]{1,4}){3,7}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?![\\p{L}\\p{N}:-])',
    (part) => part('match').split(/[:-]+/).map(spelled).join(', '),
  ),
  // A color: #FF5733.
  rule('#(?<code>(?=[A-Fa-f]{0,5}\\d)[0-9A-Fa-f]{6})(?![\\p{L}\\p{N}])', (part) => spelled(part('code'))),
  rule('(?<![\\d.])(?<plan>401|403|501)\\((?<letter>[a-z])\\)(?:\\((?<more>\\d)\\))?', (part) => {
    const [first = '', , last = ''] = part('plan');
    return `${digitWords(first)} oh ${digitWords(last)} ${part('letter')} ${digitWords(part('more'))}`;
  }),
  words(
    `(?<=${wordBegins}(?:Windows|Android|i(?:OS|Phone)|macOS|Python|Java|Office|Grades?|Levels?|Types?|Sizes?|Versions?|Chapters?|Steps?)\\s\\d{1,3})/(?=\\d{1,3}(?![\\d/]))`,
    ' or ',
  ),
  words('(?<![\\d/])9/11(?![\\d/])', 'nine eleven'),
  // H.264
  words(`(?<=${wordBegins}\\p{Lu})\\.(?=\\d)`, ' '),
  rule(`${wordBegins}(?<key>${keys})\\s?\\+\\s?(?=[\\p{L}\\p{N}])`, (part) => `${keyNames[part('key').toLowerCase()] ?? part('key')} `),
  words(`${wordBegins}Esc${wordEnds}`, 'Escape'),
  words(`(?<=[Vv]ersion\\s)v(?=\\d)`, ''),
  words(`${wordBegins}[vV]\\.?\\s?(?=\\d+(?:\\.\\d|${wordEnds}))`, 'version '),
  rule(
    `(?<![\\d-])1-(?<area>\\d{3})-(?<word>[A-Z]{4,10})${wordEnds}`,
    (part) => `one, ${digitWords(part('area'))}, ${part('word').toLowerCase()}`,
  ),
  words('(?<=\\dT?\\d\\d:\\d\\d:\\d\\d)Z(?![\\p{L}\\p{N}])', ''),
  words('(?<=\\d)x/(?=(?:day|week|month|year)(?!\\p{L}))', ' times per '),
  words('(?<=\\d(?:st|nd|rd|th))\\s?[-–]\\s?(?=\\d{1,3}(?:st|nd|rd|th)(?!\\p{L}))', ' to '),
  rule(`(?<=${wordBegins}(?:UTC|GMT))\\s?(?<sign>[-−–+])\\s?0?(?<hours>\\d{1,2})(?::(?<minutes>[0-5]\\d))?(?![\\d:])`, (part) => {
    const minutes = ['', '00'].includes(part('minutes')) ? '' : ` ${numberWords(part('minutes'))}`;
    return ` ${part('sign') === '+' ? 'plus' : 'minus'} ${numberWords(part('hours'))}${minutes}`;
  }),
  rule(
    '(?<=\\d:\\d\\d)\\s?/\\s?(?<each>mi|km|mile)(?!\\p{L})|(?<=\\d)/(?<other>min|serving|person|day|week|month|year|hour|night|piece|slice|user|game|mo|yr|hr|wk)(?!\\p{L})',
    (part) => ` per ${unitName(part('each') || part('other'))}`,
  ),
  // 1-1/2 cups
  words(`(?<=(?<![\\d./-])\\d{1,2})-(?=(?:1/[2348]|2/3|3/[48]|[57]/8)(?![\\d/]))`, ' '),
  words('(?<![\\d/])20/20(?=\\svision)', 'twenty twenty'),
  rule(`(?<![\\d-])9-1-1(?![\\d-])`, () => 'nine one one'),
  rule(`${wordBegins}[Ee]xt\\.\\s?(?<number>\\d{1,6})`, (part) => `extension ${digitWords(part('number'))}`),
  words(`${wordBegins}P\\.\\s?O\\.\\s(?=[Bb]ox)`, 'P O '),
  rule(`${wordBegins}(?<way>[NSEW])\\.\\s(?=\\p{Lu}\\p{L}{1,20}\\s(?:${streets})${wordEnds})`, (part) => `${directions[part('way')]} `),
  rule(`(?<!,\\s?)${wordBegins}(?<wind>[NS][EW])${wordEnds}(?!['’]|\\.\\p{L})`, (part) => winds[part('wind')] ?? part('match')),
  rule(
    `(?<=${wordBegins}(?:(?:I|US|SR|Route|Highway|Hwy|Interstate|Exit)\\.?[ -])\\d{1,3}\\s)(?<way>[NSEW])${wordEnds}\\.?`,
    (part) => directions[part('way')] ?? '',
  ),
  rule(
    `${wordBegins}(?<way>[NSEW])\\.\\s(?=(?:Korea|America|Africa|Asia|Europe|Carolina|Dakota|Virginia|Ireland)${wordEnds})`,
    (part) => `${directions[part('way')]} `,
  ),
  words(`${wordBegins}Apt\\.\\s?(?=\\d)`, 'Apartment '),
  words(`${wordBegins}Ste\\.\\s?(?=\\d)`, 'Suite '),
  rule(
    `(?<=(?:Apartment|Apt|Unit|Suite|Room|Gate|Seat|Row|Platform|Building|Block|Exit|Terminal|Flat|Bus|Route)\\s)(?<number>\\d{1,4})(?<letter>[A-Z])${wordEnds}`,
    (part) => {
      return `${numberWords(part('number'))} ${part('letter')}`;
    },
  ),
  rule(
    `${wordBegins}(?<number>\\d{1,4})(?<letter>[A-D])(?=\\s\\p{Lu}\\p{Ll}{1,20}\\s(?:${streets})${wordEnds})`,
    (part) => `${numberWords(part('number'))} ${part('letter')}`,
  ),
  rule(`(?<=,?\\s[A-Z]{2}\\s)(?<zip>\\d{5})(?:-(?<more>\\d{4}))?(?![\\d,.-]\\d)${wordEnds}`, (part) => {
    return digitWords(part('zip')) + (part('more') === '' ? '' : `, ${digitWords(part('more'))}`);
  }),
  // DDR5-5600, Llama-3.2-3B
  words('(?<=\\p{L}-?\\d{1,5}(?:\\.\\d{1,3})?)-(?=\\d)', ', '),
  words(`(?<=(?:Boeing|Airbus|Model|Flight|Type|Article|Series)\\s[A-Z]?\\d{2,4})-(?=\\d{2,4}${wordEnds})`, ' '),
  rule(`(?<=\\p{L}-)(?<number>\\d{0,2}[1-9]|(?<=${wordBegins}\\p{Lu}-)\\d{1,2}0)s${wordEnds}`, (part) => `${numberWords(part('number'))}s`),
  rule(`(?<![\\d.])(?<lines>720|1080|1440|2160)p${wordEnds}`, (part) => `${lineNames[part('lines')] ?? ''} p`),
  rule(`(?<![\\d.,])(?<digits>\\d{1,3}(?:\\.\\d{1,10})?)[eE](?<power>[+-]?\\d{1,3})${wordEnds}`, (part) => {
    return `${part('digits')} × 10^${part('power').replace('+', '')}`;
  }),
  // 10.000,50 as it is written on the continent.
  rule(`(?<![\\d.,])(?<whole>\\d{1,3}(?:\\.\\d{3}){1,4}),(?<part>\\d{2})(?![\\d.,]\\d|\\d)`, (part) => {
    return `${part('whole').replaceAll('.', ',')}.${part('part')}`;
  }),
  rule("(?<![\\d.,'’])\\d{1,3}(?:['’]\\d{3}){1,4}(?![\\d'’])", (part) => part('match').replaceAll(/['’]/g, ',')),
  // A decimal comma, before a unit.
  words('(?<=(?:€|EUR|CHF)\\s?\\d{1,4}),(?=\\d{1,2}(?!\\d|,\\d))', '.'),
  words(`(?<=(?<![\\d.,])\\d{1,4}),(?=\\d{1,2}\\s?(?:€|%|°C|[kcm]?m|[km]?g|m?[lL]|ml|km/h)${wordEnds.replace('(?!', '(?!,\\d|')})`, '.'),
  rule(`(?<![\\d.,])\\d{1,3}(?:\\.\\d{3}){2,4}(?![\\d.,]\\d|\\d)`, (part) => part('match').replaceAll('.', ',')),
  words(`(?<![\\d/-])50-50(?![\\d/-])`, 'fifty-fifty'),
  // Two parts of a whole: 80/20.
  rule('(?<![\\d/.,-])(?<one>[1-9]\\d)/(?<other>[1-9]\\d)(?![\\d/]|[.,]\\d)', (part) =>
    Number(part('one')) + Number(part('other')) === 100 ? `${numberWords(part('one'))}-${numberWords(part('other'))}` : part('match'),
  ),
  words('(?<![\\d.])802\\.(?=\\d{1,2})', 'eight oh two dot '),
  words('(?<=\\d(?:st|nd|rd|th)[\\s-])c\\.', 'century'),
  words(`${wordBegins}[Ee]st\\.\\s?(?=(?:1[5-9]|20)\\d\\d(?!\\d))`, 'established '),
  // The end of a round price: 25.-
  words('(?<=\\d)[.,][-–—](?=[\\s.,;)]|$)', ''),
  // As numbers are grouped in India.
  rule('(?<![\\d.,])\\d{1,2}(?:,\\d\\d){1,4},\\d{3}(?![\\d]|,\\d)', (part) => part('match').replaceAll(',', '')),
  rule(`(?<=ISBN(?:-1[03])?:?\\s)(?<number>[\\d-]{9,17}[\\dX])`, (part) => part('number').split('-').map(digitWords).join(', ')),
  // The way through a menu.
  words(`(?<=\\p{Lu}[\\p{Ll}\\s]{1,20}\\p{Ll})\\s>\\s(?=\\p{Lu}\\p{Ll})`, ', then '),
  ...Object.entries({ 'ca?': 'circa', b: 'born', d: 'died', r: 'reigned' }).map(([short, said]) =>
    words(`${wordBegins}${short}\\.\\s?(?=\\d{3,4}(?![\\p{L}\\d])|\\d{1,4}\\s?(?:BC|AD|CE))`, `${said} `),
  ),
];

const lineNames: Readonly<Record<string, string>> = {
  '720': 'seven twenty',
  '1080': 'ten eighty',
  '1440': 'fourteen forty',
  '2160': 'twenty-one sixty',
};

/** `2A` → two A. */
function spelled(code: string): string {
  return [...code.toUpperCase()].map((char) => digitWords(char) || char).join(' ');
}
