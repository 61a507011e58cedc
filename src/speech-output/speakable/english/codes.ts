import { anyOf, type Rule, rule, wordBegins, wordEnds, words } from '../rule.js';
import { digitWords, numberWords } from './numberWords.js';

const keys = anyOf(['Ctrl', 'Control', 'Cmd', 'Command', 'Alt', 'Option', 'Shift', 'Win', 'Windows', 'Esc', 'Fn', 'Super']);
const keyNames: Readonly<Record<string, string>> = { Ctrl: 'Control', Cmd: 'Command', Win: 'Windows', Esc: 'Escape', Fn: 'Function' };

const books = anyOf(
  (
    'Genesis Exodus Leviticus Deuteronomy Joshua Judges Ruth Samuel Kings Chronicles Ezra Nehemiah Esther Job Psalm Psalms Proverbs Ecclesiastes ' +
    'Isaiah Jeremiah Lamentations Ezekiel Daniel Hosea Joel Amos Obadiah Jonah Micah Nahum Habakkuk Zephaniah Haggai Zechariah Malachi Matthew Mark ' +
    'Luke John Acts Romans Corinthians Galatians Ephesians Philippians Colossians Thessalonians Timothy Titus Philemon Hebrews James Peter Jude ' +
    'Revelation Surah Quran'
  ).split(' '),
);

const directions: Readonly<Record<string, string>> = { N: 'North', S: 'South', E: 'East', W: 'West' };
const winds: Readonly<Record<string, string>> = { NE: 'northeast', NW: 'northwest', SE: 'southeast', SW: 'southwest' };
const streets = 'St|Ave|Rd|Blvd|Dr|Ln|Street|Avenue|Road|Boulevard|Drive|Lane';

/** Names that only look like sums, ranges or amounts: keys, versions, verses, addresses, models. */
export const codeRules: readonly Rule[] = [
  rule(`${wordBegins}(?<key>${keys})\\s?\\+\\s?(?=[\\p{L}\\p{N}])`, (part) => `${keyNames[part('key')] ?? part('key')} `),
  words(`(?<=[Vv]ersion\\s)v(?=\\d)`, ''),
  words(`${wordBegins}[vV]\\.?\\s?(?=\\d+(?:\\.\\d|${wordEnds}))`, 'version '),
  rule(`(?<=${wordBegins}${books}\\s)(?<chapter>\\d{1,3}):(?<verse>\\d{1,3})(?:\\s?[-–]\\s?(?<last>\\d{1,3}))?(?![\\d:])`, (part) => {
    const verses = part('last') === '' ? '' : ` to ${numberWords(part('last'))}`;
    return `${numberWords(part('chapter'))} ${numberWords(part('verse'))}${verses}`;
  }),
  rule(
    `(?<![\\d-])1-(?<area>\\d{3})-(?<word>[A-Z]{4,10})${wordEnds}`,
    (part) => `one, ${digitWords(part('area'))}, ${part('word').toLowerCase()}`,
  ),
  words('(?<=\\dT?\\d\\d:\\d\\d:\\d\\d)Z(?![\\p{L}\\p{N}])', ''),
  words('(?<=\\d)x/(?=(?:day|week|month|year)(?!\\p{L}))', ' times per '),
  words('(?<=\\d(?:st|nd|rd|th))\\s?[-–]\\s?(?=\\d{1,3}(?:st|nd|rd|th)(?!\\p{L}))', ' to '),
  words(`(?<=${wordBegins}(?:UTC|GMT))\\s?[-−–](?=\\d)`, ' minus '),
  // 1-1/2 cups
  words(`(?<=(?<![\\d./-])\\d{1,2})-(?=(?:1/[2348]|2/3|3/[48]|[57]/8)(?![\\d/]))`, ' '),
  words('(?<![\\d/])20/20(?=\\svision)', 'twenty twenty'),
  rule(`(?<![\\d-])9-1-1(?![\\d-])`, () => 'nine one one'),
  rule(`${wordBegins}[Ee]xt\\.\\s?(?<number>\\d{1,6})`, (part) => `extension ${digitWords(part('number'))}`),
  words(`${wordBegins}P\\.\\s?O\\.\\s(?=[Bb]ox)`, 'P O '),
  rule(`${wordBegins}(?<way>[NSEW])\\.\\s(?=\\p{Lu}\\p{L}{1,20}\\s(?:${streets})${wordEnds})`, (part) => `${directions[part('way')]} `),
  rule(`(?<!,\\s?)${wordBegins}(?<wind>[NS][EW])${wordEnds}(?!['’]|\\.\\p{L})`, (part) => winds[part('wind')] ?? part('match')),
  words(`${wordBegins}Apt\\.\\s?(?=\\d)`, 'Apartment '),
  rule(`(?<=^|\\s|\\()(?<number>[123])(?=\\s${books}\\s)`, (part) => ['First', 'Second', 'Third'][Number(part('number')) - 1] ?? ''),
  words(`${wordBegins}Ste\\.\\s?(?=\\d)`, 'Suite '),
  rule(
    `(?<=(?:Apartment|Apt|Unit|Suite|Room|Gate|Seat|Row|Platform|Building|Block)\\s)(?<number>\\d{1,4})(?<letter>[A-Z])${wordEnds}`,
    (part) => {
      return `${numberWords(part('number'))} ${part('letter')}`;
    },
  ),
  rule(`(?<=,?\\s[A-Z]{2}\\s)(?<zip>\\d{5})(?:-(?<more>\\d{4}))?(?![\\d,.-]\\d)${wordEnds}`, (part) => {
    return digitWords(part('zip')) + (part('more') === '' ? '' : `, ${digitWords(part('more'))}`);
  }),
  words(`(?<=(?:Boeing|Airbus|Model|Flight|Type|Article|Series)\\s[A-Z]?\\d{2,4})-(?=\\d{2,4}${wordEnds})`, ' '),
  rule(`(?<=${wordBegins}\\p{Lu}-)(?<number>\\d{1,3})s${wordEnds}`, (part) => `${numberWords(part('number'))}s`),
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
  words(`(?<=(?<![\\d.,])\\d{1,4}),(?=\\d{1,2}\\s?(?:€|%|°C|[kcm]?m|[km]?g|m?[lL]|ml|km/h)${wordEnds.replace('(?!', '(?!,\\d|')})`, '.'),
  rule(`(?<![\\d.,])\\d{1,3}(?:\\.\\d{3}){2,4}(?![\\d.,]\\d|\\d)`, (part) => part('match').replaceAll('.', ',')),
  words(`(?<![\\d/-])50[/-]50(?![\\d/-])`, 'fifty-fifty'),
  rule(`(?<=ISBN(?:-1[03])?:?\\s)(?<number>[\\d-]{9,17}[\\dX])`, (part) => part('number').split('-').map(digitWords).join(', ')),
  // The way through a menu.
  words(`(?<=\\p{Lu}[\\p{Ll}\\s]{1,20}\\p{Ll})\\s>\\s(?=\\p{Lu}\\p{Ll})`, ', then '),
  words(`${wordBegins}ca?\\.\\s?(?=\\d{3,4}${wordEnds})`, 'circa '),
];

const lineNames: Readonly<Record<string, string>> = {
  '720': 'seven twenty',
  '1080': 'ten eighty',
  '1440': 'fourteen forty',
  '2160': 'twenty-one sixty',
};
