import { type Rule, rule, wordBegins, wordEnds, words } from '../rule.js';
import { numberWords } from './numberWords.js';

const hour = String.raw`(?<![\d:.,/])(?<hour>[01]?\d|2[0-4])`;
/** Kept together with the time before them. */
const zone = `(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|KST|JST|IST)${wordEnds}`;
const half = String.raw`(?<half>[AaPp]\.?\s?[Mm])${wordEnds}(?:\.(?=\s(?:\p{Ll}|\(|${zone})|[,;:)]))?`;

const military = String.raw`(?<![\p{L}\d.,:/-])`;

export const timeRules: readonly Rule[] = [
  rule(
    String.raw`(?<![\d:.,/])(?<one>\d{1,3}):(?<other>\d{1,5})(?=\s(?:ratio|dilution|scale|mix(?:ture)?|solution|odds|model)${wordEnds})|(?<=(?:ratio|scale|odds)\s(?:of|is)\s)(?<from>\d{1,3}):(?<to>\d{1,5})(?![\d:])`,
    (part) => `${numberWords(part('one') || part('from'))} to ${numberWords(part('other') || part('to'))}`,
  ),
  words(`${wordBegins}M[-–]F${wordEnds}`, 'Monday to Friday'),
  // As soldiers write them: 0600 - 1730, 0800 hours.
  rule(
    String.raw`${military}(?<from>0\d[0-5]\d)\s?[-–]\s?(?<to>(?:[01]\d|2[0-3])[0-5]\d)(?![\d-]|[.,:]\d)`,
    (part) => `${hundreds(part('from'))} to ${hundreds(part('to'))}`,
  ),
  rule(
    String.raw`${military}(?<time>(?:0\d|(?<=${wordBegins}(?:at|by|until)\s)(?:1\d|2[0-3]))[0-5]\d)(?=\s(?:hours|hrs)${wordEnds})`,
    (part) => hundreds(part('time')),
  ),
  // 11:30a–9p
  rule(String.raw`(?<=\d:\d\d|\d[ap]?[-–]\d{1,2})(?<half>[ap])(?![\p{L}\d])`, (part) => ` ${part('half')}m`),
  words(String.raw`(?<![\p{L}\p{N}])[~∼]\s?(?=\d{1,2}(?::\d\d)?\s?[AaPp]\.?[Mm])`, 'about '),
  words(String.raw`(?<=\d\s?[AaPp]\.?[Mm]\.?)\s?[-–—]\s?(?=(?:noon|midnight)${wordEnds})`, ' to '),
  words(String.raw`(?<=(?<![\d.,:/-])(?:1\d|2[0-4]|\d))\s?[-–—]\s?(?=(?:1\d|2[0-4]|\d):[0-5]\d(?!\d))`, ' to '),
  words(String.raw`(?<=\d:\d\d|\d\s?[AaPp]\.?[Mm]\.?)\s?[-–—~]\s?(?=\d)`, ' to '),
  words(String.raw`(?<=(?<![\d.,:/-])(?:1[0-2]|\d))\s?[-–—~]\s?(?=(?:1[0-2]|\d)(?::\d\d)?\s?[AaPp]\.?[Mm]${wordEnds})`, ' to '),
  rule(String.raw`${hour}:(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.\d{1,6})?)?\s?${half}`, (part) => {
    return `${clock(part('hour'), part('minute'), part('second'), true)} ${halfWords(part('half'))}`;
  }),
  rule(String.raw`${hour}\s?${half}`, (part) => `${numberWords(String(Number(part('hour'))))} ${halfWords(part('half'))}`),
  rule(
    String.raw`${hour}:(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.\d{1,6})?)?(?![\d:]|[.,]\d)(?:\s?(?:o['’]clock|hours|hrs))?`,
    (part) => {
      return clock(part('hour'), part('minute'), part('second'), false);
    },
  ),
  rule(String.raw`(?<![\d:.,/])\d{1,3}(?::\d{1,3}){2,3}(?![\d:])`, (part) => part('match').split(':').map(numberWords).join(' to ')),
  rule(String.raw`(?<![\d:.,/])(?<first>\d{1,5})(?::|\s:\s)(?<second>\d{1,5})(?![\d:]|[.,]\d)`, (part) => {
    return `${numberWords(part('first'))} to ${numberWords(part('second'))}`;
  }),
  rule(String.raw`${wordBegins}(?<half>[AaPp])\.\s?[Mm]\.(?=\s\p{Ll}|[,;:])`, (part) => halfWords(`${part('half')}m`)),
  rule(String.raw`${wordBegins}(?<half>[AaPp])\.\s?[Mm](?=\.)`, (part) => halfWords(`${part('half')}m`)),
];

/** `14`, `30` → fourteen thirty; `9`, `05` → nine oh five; `9`, `00` → nine o'clock. */
function clock(hourText: string, minute: string, second: string, hasHalf: boolean): string {
  const hours = Number(hourText);
  const said = hours === 0 ? (minute === '00' ? 'midnight' : 'zero') : numberWords(String(hours));
  const seconds =
    second === '' || second === '00' ? '' : ` and ${numberWords(String(Number(second)))} ${second === '01' ? 'second' : 'seconds'}`;
  if (minute === '00') {
    if (hasHalf || seconds !== '' || hours === 0) return said + seconds;
    return hours > 12 ? `${said} hundred` : `${said} o'clock`;
  }
  return `${said} ${minute.startsWith('0') ? 'oh ' : ''}${numberWords(String(Number(minute)))}${seconds}`;
}

/** `0600` → oh six hundred; `1730` → seventeen thirty. */
function hundreds(time: string): string {
  const [hours, minutes] = [time.slice(0, 2), time.slice(2)];
  const said = `${hours.startsWith('0') ? 'oh ' : ''}${numberWords(String(Number(hours)))}`;
  return `${said} ${minutes === '00' ? 'hundred' : minutes.startsWith('0') ? `oh ${numberWords(minutes.slice(1))}` : numberWords(minutes)}`;
}

function halfWords(text: string): string {
  return text.toLowerCase().startsWith('a') ? 'AM' : 'PM';
}
