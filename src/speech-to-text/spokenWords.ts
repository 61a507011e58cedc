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

/** Text as the words that are said: small letters, no punctuation, numbers in words, contractions as they are ("what's"). */
export function spokenWords(text: string, language: Language = 'en'): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’‘ʼ]/g, "'")
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
  // Years are said in pairs: nineteen sixty nine.
  if (/^(1[1-9]|20)[1-9]\d$/.test(whole)) return `${pair(whole.slice(0, 2))} ${whole[2] === '0' ? 'oh ' : ''}${pair(whole.slice(2))}`;
  return whole.length > 15 ? digits(whole) : englishCardinal(BigInt(whole));
}

function koreanNumber(number: string): string {
  const [whole = '', decimals] = number.replace(/[a-z]+$/, '').split('.');
  return decimals === undefined ? koreanCardinal(BigInt(whole)) : `${koreanCardinal(BigInt(whole))} 점 ${koreanCardinal(BigInt(decimals))}`;
}

function pair(twoDigits: string): string {
  return englishCardinal(BigInt(twoDigits));
}

function digits(row: string): string {
  return Array.from(row, (digit) => englishCardinal(BigInt(digit))).join(' ');
}
