import { type Rule, rule } from '../rule.js';
import { digitWords, numberWords } from './numberWords.js';

const alone = String.raw`(?<![\p{L}\d.,:/-])`;
const over = String.raw`(?![\d-]|[.,]\d)`;

/** Numbers that are read digit by digit, a pause between their groups. */
export const phoneNumberRules: readonly Rule[] = [
  rule(String.raw`${alone}(?<number>\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){1,3}[ .-]?\d{3,4})${over}`, (part) => groups(part('number'))),
  rule(String.raw`${alone}(?<number>(?:1[ .-])?\(\d{3}\)\s?\d{3}[ .-]\d{4})${over}`, (part) => groups(part('number'))),
  rule(String.raw`${alone}(?<number>(?:1[.-])?\d{3}([.-])\d{3}\2\d{4})${over}`, (part) => groups(part('number'))),
  rule(String.raw`${alone}(?<number>0[58]00[ -]\d{3}[ -]\d{3,4})${over}`, (part) => groups(part('number'))),
  rule(
    String.raw`${alone}(?<number>\(0\d{1,4}\)\s?\d{3,4}[ .-]\d{4}|01\d[ .]\d{3,4}[ .]\d{4}|0\d{4} \d{6}|0\d{3} \d{3} \d{4})${over}`,
    (part) => groups(part('number')),
  ),
  rule(
    String.raw`(?<=(?:zip|pin|post(?:al)?|area|dialing)(?:\scode)?:?\s(?:is\s)?)(?<number>\d{3,6})${over}`,
    (part) => digitWords(part('number')),
    'giu',
  ),
  rule(String.raw`${alone}(?<number>0\d{1,2}-\d{3,4}-\d{4})${over}`, (part) => groups(part('number'))),
  rule(
    String.raw`(?<=(?:call|dial|ring|phone|text|at|number|tel|contact)[\s:.]\s?(?:is\s)?)(?<number>\d{3}-\d{4})${over}`,
    (part) => groups(part('number')),
    'giu',
  ),
  rule(String.raw`${alone}(?<number>[2-9]\d{2}-\d{4})(?=[.,!?)]|$|\s(?:or|and|now|if|for|to)\s)`, (part) => groups(part('number'))),
  rule(String.raw`(?<=[Tt]ext\s["“']?\p{Lu}{2,12}["”']?\sto\s)(?<number>\d{5,6})${over}`, (part) => digitWords(part('number'))),
  rule(
    String.raw`(?<=(?:call|dial|ring|phone|contact)\s)(?<number>\d{3})(?![\d-]|[.,]\d|\s\p{L})`,
    (part) => digitWords(part('number')),
    'giu',
  ),
  rule(
    String.raw`(?<=(?:call|dial|ring|phone|contact)\s(?:[\p{L}\d\s,]{1,40}\s(?:or|and)\s)?)(?<number>(?:911|112|119|999|000|988|110|113))(?![\d-]|[.,]\d)`,
    (part) => digitWords(part('number')),
    'giu',
  ),
];

/** Versions and addresses (3.5.1, 192.168.0.1), and codes and results of three parts or more (978-0-13-468599-1, 10-6-1). */
export const dottedNumberRules: readonly Rule[] = [
  rule(String.raw`${alone}(?<number>\d{1,9}(?:[-–]\d{1,9}){2,7})${over}`, (part) => {
    const parts = part('number').split(/[-–]/);
    return parts.every((digits) => /^(?:\d|[1-9]\d)$/.test(digits)) ? parts.map(numberWords).join(', ') : groups(part('number'));
  }),
  rule(String.raw`(?<![\d.])(?<version>\d{1,5}(?:\.\d{1,5}){2,6})(?![\d]|\.\d)`, (part) =>
    part('version')
      .split('.')
      .map(numberWords)
      .join(part('version').split('.').length === 4 ? ' dot ' : ' point '),
  ),
];

function groups(number: string): string {
  const spoken = number
    .split(/[^\d+]+/)
    .filter((group) => group !== '')
    .map((group) => (group.startsWith('+') ? 'plus ' : '') + digitWords(group));
  return spoken.join(', ');
}
