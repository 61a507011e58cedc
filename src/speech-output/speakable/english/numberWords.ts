import { toCardinal, toOrdinal } from 'n2words/en-US';
import { readFraction } from '../vulgarFractions.js';

/** Digits. Longer numbers are codes and are read digit by digit. */
const LONGEST_NUMBER = 15;
const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** `1,234.5` → one thousand two hundred thirty-four point five. `007` → zero zero seven. */
export function numberWords(text: string): string {
  const [whole = '', decimals] = text.replaceAll(',', '').split('.');
  const said = /^0\d/.test(whole) || whole.length > LONGEST_NUMBER ? digitWords(whole) : toCardinal(BigInt(whole === '' ? 0 : whole));
  return decimals === undefined ? said : `${said} point ${digitWords(decimals)}`;
}

/** Each digit by itself: `911` → nine one one. Other characters are left out. */
export function digitWords(text: string): string {
  return [...text].flatMap((char) => digits[Number.parseInt(char, 10)] ?? []).join(' ');
}

/** `21` → twenty-first. */
export function ordinalWords(text: string): string {
  const plain = text.replaceAll(',', '');
  return /^0*$/.test(plain) ? 'zeroth' : toOrdinal(BigInt(plain));
}

/** `1984` → nineteen eighty-four, `2005` → two thousand five, `1900` → nineteen hundred. */
export function yearWords(text: string): string {
  const year = Number(text);
  const [century, rest] = [Math.floor(year / 100), year % 100];
  if (year < 1010 || year > 9999 || (century % 10 === 0 && rest < 10)) return numberWords(text);
  if (rest === 0) return `${toCardinal(century)} hundred`;
  return `${toCardinal(century)} ${rest < 10 ? `oh ${toCardinal(rest)}` : toCardinal(rest)}`;
}

export interface Amount {
  readonly words: string;
  /** What is counted stands in the singular, after "of a" where it is part of one. */
  readonly counted: 'one' | 'many' | 'part';
}

/** A number or fraction with what the noun after it must be: `1` → one, `2.5` → many, `3/4` → three quarters, of one. */
export function amountWords(text: string): Amount {
  const fraction = readFraction(text);
  if (fraction === undefined) return { words: numberWords(text), counted: text === '1' ? 'one' : 'many' };
  const { whole, numerator, denominator } = fraction;
  const part = fractionWords(numerator, denominator);
  if (whole === '' || whole === '0') return { words: part, counted: numerator < denominator ? 'part' : 'many' };
  return { words: `${numberWords(whole)} and ${numerator === 1 ? part.replace(/^one /, 'a ') : part}`, counted: 'many' };
}

/** 3, 4 → three quarters. */
function fractionWords(numerator: number, denominator: number): string {
  const one = denominator === 2 ? 'half' : denominator === 4 ? 'quarter' : ordinalWords(String(denominator));
  const many = denominator === 2 ? 'halves' : `${one}s`;
  return `${numberWords(String(numerator))} ${numerator === 1 ? one : many}`;
}
