import { anyOf, type Rule, rule, wordBegins } from '../rule.js';
import { numberWords } from './numberWords.js';

const short: Readonly<Record<string, string>> = {
  Gen: 'Genesis',
  Ex: 'Exodus',
  Lev: 'Leviticus',
  Deut: 'Deuteronomy',
  Josh: 'Joshua',
  Sam: 'Samuel',
  Ps: 'Psalm',
  Prov: 'Proverbs',
  Eccl: 'Ecclesiastes',
  Isa: 'Isaiah',
  Jer: 'Jeremiah',
  Ezek: 'Ezekiel',
  Dan: 'Daniel',
  Matt: 'Matthew',
  Rom: 'Romans',
  Cor: 'Corinthians',
  Gal: 'Galatians',
  Eph: 'Ephesians',
  Phil: 'Philippians',
  Col: 'Colossians',
  Thess: 'Thessalonians',
  Tim: 'Timothy',
  Heb: 'Hebrews',
  Pet: 'Peter',
  Rev: 'Revelation',
};

const books = anyOf(
  (
    'Genesis Exodus Leviticus Numbers Deuteronomy Joshua Judges Ruth Samuel Kings Chronicles Ezra Nehemiah Esther Job Psalm Psalms Proverbs ' +
    'Ecclesiastes Isaiah Jeremiah Lamentations Ezekiel Daniel Hosea Joel Amos Obadiah Jonah Micah Nahum Habakkuk Zephaniah Haggai Zechariah ' +
    'Malachi Matthew Mark Luke John Acts Romans Corinthians Galatians Ephesians Philippians Colossians Thessalonians Timothy Titus Philemon ' +
    'Hebrews James Peter Jude Revelation Surah Quran'
  ).split(' '),
);

/** Chapter and verse: John 3:16, 1 Cor. 13:4–7. */
export const verseRules: readonly Rule[] = [
  rule(`${wordBegins}(?<book>${anyOf(Object.keys(short))})\\.?(?=\\s\\d{1,3}:\\d)`, (part) => short[part('book')] ?? ''),
  rule(
    `(?<=^|\\s|\\()(?<number>[123])(?=\\s(?:Corinthians|Thessalonians|Chronicles|${books}\\s\\d))`,
    (part) => ['First', 'Second', 'Third'][Number(part('number')) - 1] ?? '',
  ),
  rule(`(?<=${wordBegins}${books}\\s)(?<chapter>\\d{1,3}):(?<verse>\\d{1,3})(?:\\s?[-–]\\s?(?<last>\\d{1,3}))?(?![\\d:])`, (part) => {
    const verses = part('last') === '' ? '' : ` to ${numberWords(part('last'))}`;
    return `${numberWords(part('chapter'))} ${numberWords(part('verse'))}${verses}`;
  }),
];
