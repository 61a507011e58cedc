import { amount, anyOf, type Rule, rule, wordBegins, wordEnds, words } from '../rule.js';
import { amountWords } from './numberWords.js';
import { unitNames, ways } from './unitNames.js';

interface Unit {
  readonly one: string;
  readonly many: string;
}

const bySign = new Map<string, Unit>(unitNames.map(([sign, one, many]) => [sign, { one, many: many ?? `${one}s` }]));
const sign = anyOf(bySign.keys());
/** Units that something is counted per. */
const per: Readonly<Record<string, string>> = {
  h: 'hour',
  hr: 'hour',
  s: 'second',
  sec: 'second',
  min: 'minute',
  d: 'day',
  day: 'day',
  wk: 'week',
  mo: 'month',
  yr: 'year',
};
const perUnit = anyOf([...Object.keys(per), ...bySign.keys()]);
const powers: Readonly<Record<string, string>> = {
  '²': 'square ',
  '2': 'square ',
  '^2': 'square ',
  '³': 'cubic ',
  '3': 'cubic ',
  '^3': 'cubic ',
};
const power = String.raw`(?:\^?[23]|[²³])`;

/** What stands after a slash, in words: `kg` → kilogram, `yr` → year; a word stays as it is. */
export function unitName(sign: string): string {
  return per[sign] ?? bySign.get(sign)?.one ?? sign;
}

/** A size before a noun is in the singular: a 10 mm bolt, a 30° angle. */
export const beforeNoun = String.raw`(?=\s(?!(?:of|and|or|in|on|to|per|is|are|was|were|at|away|from|for|with|than|by|long|tall|high|wide|deep|thick|old|more|less|each|every|if|when|while|after|before|until|above|below)${wordEnds})\p{Ll}{2})`;

export const unitRules: readonly Rule[] = [
  // A place on earth: 40°42'46"N.
  rule(
    String.raw`(?<degrees>(?<![\d.])\d{1,3})\s?[°º]\s?(?<minutes>\d{1,2}(?:\.\d{1,4})?)\s?['′’]\s?(?:(?<seconds>\d{1,2}(?:\.\d{1,3})?)\s?["″”]\s?)?(?<way>[NSEW])?${wordEnds}`,
    (part) => {
      const seconds = part('seconds') === '' ? '' : ` ${amountWords(String(Number(part('seconds')))).words} seconds`;
      return `${amountWords(part('degrees')).words} degrees ${amountWords(String(Number(part('minutes')))).words} minutes${seconds} ${ways[part('way')] ?? ''}`;
    },
  ),
  words('(?<=(?<![\\d/.])\\d{2,3})/(?=\\d{2,3}\\s?mm\\s?Hg)', ' over '),
  words(`(?<=\\d\\s?)sq\\.\\s?(?=(?:ft|k?m|in|mi|yd)${wordEnds})`, 'sq '),
  words(`(?<=°[CF].{0,40}\\d)\\s?K${wordEnds}`, ' kelvin'),
  rule(
    `(?<![\\d.])(?<days>\\d{1,3})\\s?d(?=\\s\\d{1,2}\\s?h${wordEnds})`,
    (part) => `${part('days')} ${part('days') === '1' ? 'day' : 'days'}`,
  ),
  words(String.raw`(?<=[°º]\s?[CF])\s?\/\s?(?=\d)`, ' or '),
  // The same amount in two systems: 100 g/3.5 oz.
  words(
    String.raw`(?<=\d\s?(?:k?g|m?[lL]|[ckm]?m|oz|lbs?|in|ft|mi|cups?))\s?\/\s?(?=\d[\d.,\/]{0,6}\s?(?:k?g|m?[lL]|[ckm]?m|oz|fl oz|lbs?|in|ft|mi|cups?|tbsp|tsp)${wordEnds})`,
    ' or ',
  ),
  words(String.raw`(?<=(?<![\p{L}\d.,/-])[1-5]\d\d)(?=[CF]${wordEnds})`, '°'),
  rule(
    String.raw`(?<=${wordBegins}(?:[Aa]n?|[Tt]his|[Tt]hat|[Ee]ach|[Ee]very|[Oo]ne)\s)${amount('amount')}\s?(?<sign>${sign})${wordEnds}${beforeNoun}`,
    (part) => `${amountWords(part('amount')).words} ${bySign.get(part('sign'))?.one ?? part('sign')}`,
  ),
  rule(
    String.raw`${amount('amount')}[ -]?(?<sign>${sign})(?=\s(?:runs?|races?|relay|sprint|dash|pool|walks?|hikes?|radius|bulbs?|batter(?:y|ies)|bag|bottle|screen|monitor|TVs?|tablet|laptop|display)${wordEnds})`,
    (part) => `${amountWords(part('amount')).words} ${bySign.get(part('sign'))?.one ?? part('sign')}`,
  ),
  rule(String.raw`${amount('amount')}\s?″${beforeNoun}`, (part) => `${amountWords(part('amount')).words} inch`),
  rule(
    String.raw`${amount('amount')}\s?[°º]\s(?=(?:angle|turn|rotation|bend|slope|heat|view)${wordEnds})`,
    (part) => `${amountWords(part('amount')).words} degree `,
  ),
  rule(
    String.raw`(?<![\d.])(?<hours>\d{1,2})\s?h\s?(?<minutes>[0-5]?\d)\s?m${wordEnds}`,
    (part) => `${part('hours')} h ${part('minutes')} min`,
  ),
  rule(
    String.raw`(?<feet>(?<![\d.])\d{1,2})(?:['′]\s?|\sft\.?\s)(?<inches>\d{1,2}(?:\.\d|\s?[½¼¾⅛⅜⅝⅞])?)(?:["″”]|''|(?<=ft\.?\s\d{1,2})\sin(?:ches|\.)?${wordEnds})`,
    (part) => {
      const [feet, inches] = [amountWords(part('feet')), amountWords(part('inches'))];
      return `${feet.words} ${feet.counted === 'one' ? 'foot' : 'feet'} ${inches.words}`;
    },
  ),
  rule(
    String.raw`${amount('amount')}[ -]?(?<sign>${sign})(?:(?<=m|ft)(?<power>${power}))?(?:\s?\/\s?(?<per>${perUnit}(?!\p{L})|\p{Ll}{2,11}(?!s)\p{Ll}(?!\p{L}))(?<perPower>${power})?)?${wordEnds}\.?(?<=\.(?=\s{1,2}[\p{Ll}(]|[),;:])|[^.])`,
    (part) => {
      const { words: said, counted } = amountWords(part('amount'));
      const unit = bySign.get(part('sign'));
      if (unit === undefined) return part('match');
      const size = powers[part('power')] ?? '';
      const each = part('per') === '' ? '' : ` per ${powers[part('perPower')] ?? ''}${unitName(part('per'))}`;
      const joined = part('match').startsWith(`${part('amount')}-`) && /^\s?\p{L}/u.test(part('sign'));
      if (counted === 'part')
        return `${said} ${/spoon|cup/.test(unit.one) ? '' : /^(?:[aeio]|hour)/.test(unit.one) ? 'of an ' : 'of a '}${size}${unit.one}${each}`;
      return `${said} ${size}${counted === 'one' || joined ? unit.one : unit.many}${each}`;
    },
  ),
  words(String.raw`(?<=\d)['′](?=\s{1,2}by\s)|(?<=\sby\s{1,2}\d{1,3})['′]`, ' feet'),
  rule(
    String.raw`(?<number>\d{1,3})['′](?=\s(?:tall|long|wide|deep|high)${wordEnds}|[.,;)]|$)`,
    (part) => `${amountWords(part('number')).words} feet`,
  ),
  words(String.raw`(?<=\d)-in\.?(?=\s\p{L})`, ' inch'),
  words(String.raw`(?<=(?<![\d.])1)\s?in(?=\s{1,2}(?:equals|is about))`, ' inch'),
  words(String.raw`(?<=[\d½¼¾⅛⅜⅝⅞⅓⅔])\s?in(?:\.(?!\p{L})|(?=\s{1,2}(?:equals|is about)|\)|$))`, ' inches'),
  rule(String.raw`(?<=${wordBegins}per\s)(?<sign>${sign})${wordEnds}`, (part) => unitName(part('sign'))),
  rule(
    String.raw`(?<=${wordBegins}in\s)(?<sign>kg|km|cm|mm|mg|mL|ml|kWh|GB|MB|lbs|Hz|°C|°F)${wordEnds}`,
    (part) => bySign.get(part('sign'))?.many ?? '',
  ),
  rule(
    String.raw`(?<=${wordBegins}(?:hundred|thousand|million|billion|trillion|power of (?:minus )?[a-z-]{3,20})\s{1,2})(?<sign>${sign})${wordEnds}(?!\/|\s{1,2}(?:to the power|\p{L}(?!\p{L})))`,
    (part) => bySign.get(part('sign'))?.many ?? '',
  ),
  // Without a number of its own, after a range or in a question.
  rule(
    String.raw`(?<=^|[\s(])(?<sign>km|m|k?g|mg|[µμ]g|W|N|J)\/(?<per>h|s|c?m|kg|m?L|dL)(?<perPower>${power})?${wordEnds}`,
    (part) => `${bySign.get(part('sign'))?.many} per ${powers[part('perPower')] ?? ''}${unitName(part('per'))}`,
  ),
  words(String.raw`(?<=^|\s)mph${wordEnds}`, 'miles per hour'),
  words(String.raw`[°º]\s?C${wordEnds}`, ' degrees Celsius'),
  words(String.raw`[°º]\s?F${wordEnds}`, ' degrees Fahrenheit'),
  words('[°º]', ' degrees '),
  words('%', ' percent'),
];
