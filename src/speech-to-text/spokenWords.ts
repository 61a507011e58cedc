import { toCardinal as englishCardinal, toOrdinal } from 'n2words/en-US';
import { toCardinal as koreanCardinal } from 'n2words/ko-KR';
import type { Language } from './contract.js';

/** Abbreviations that are said in full. */
const SAID: Readonly<Record<string, string>> = {
  mr: 'mister',
  mrs: 'missus',
  dr: 'doctor',
  ok: 'okay',
  '%': 'percent',
  '&': 'and',
  '°c': 'degrees celsius',
};

/** Years that are said in pairs; 2005 is not, 1,250 is no year. */
const YEAR = /(?<![\d,.])(?:1[1-9]0[1-9]|(?:1[1-9]|20)[1-9]\d)(?![\d%°a-z]|[,.]\d)/g;

/** Text as the words that are said: small letters, no punctuation, numbers in words, contractions as they are ("what's"). */
export function spokenWords(text: string, language: Language = 'en'): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’‘ʼ]/g, "'")
    .replace(YEAR, (year) => (language === 'ko' ? year : ` ${englishYear(year)} `))
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(/(\d)(?=[a-z%°])(?!st\b|nd\b|rd\b|th\b)/g, '$1 ')
    .replace(/\d+(?:st|nd|rd|th)\b|\d+(?:\.\d+)?/g, (number) => ` ${language === 'ko' ? koreanNumber(number) : englishNumber(number)} `)
    .replace(/[^\p{L}\p{M}'%&°]+/gu, ' ')
    .split(' ')
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .map((word) => (language === 'en' ? (SAID[word] ?? word) : word))
    .flatMap((word) => word.split(' '))
    .filter((word) => /\p{L}/u.test(word));
}

function englishNumber(number: string): string {
  const [whole = '', decimals] = number.split('.');
  if (/[a-z]$/.test(whole)) return toOrdinal(BigInt(whole.slice(0, -2)));
  if (decimals !== undefined) return `${englishCardinal(BigInt(whole))} point ${digits(decimals)}`;
  return whole.length > 15 ? digits(whole) : englishCardinal(BigInt(whole));
}

function koreanNumber(number: string): string {
  const [whole = '', decimals] = number.replace(/[a-z]+$/, '').split('.');
  return decimals === undefined ? koreanCardinal(BigInt(whole)) : `${koreanCardinal(BigInt(whole))} 점 ${koreanCardinal(BigInt(decimals))}`;
}

/** Nineteen sixty nine, nineteen oh five. */
function englishYear(year: string): string {
  return `${pair(year.slice(0, 2))} ${year[2] === '0' ? 'oh ' : ''}${pair(year.slice(2))}`;
}

function pair(twoDigits: string): string {
  return englishCardinal(BigInt(twoDigits));
}

function digits(row: string): string {
  return Array.from(row, (digit) => englishCardinal(BigInt(digit))).join(' ');
}
