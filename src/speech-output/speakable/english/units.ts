import { amount, anyOf, type Rule, rule, wordBegins, wordEnds, words } from '../rule.js';
import { amountWords } from './numberWords.js';

/** Sign, singular, plural (where it is not the singular and an s). */
const units: readonly (readonly [string, string, string?])[] = [
  ['km', 'kilometer'],
  ['m', 'meter'],
  ['cm', 'centimeter'],
  ['mm', 'millimeter'],
  ['µm', 'micrometer'],
  ['μm', 'micrometer'],
  ['nm', 'nanometer'],
  ['mi', 'mile'],
  ['yd', 'yard'],
  ['ft', 'foot', 'feet'],
  ['kg', 'kilogram'],
  ['g', 'gram'],
  ['mg', 'milligram'],
  ['µg', 'microgram'],
  ['μg', 'microgram'],
  ['lb', 'pound'],
  ['lbs', 'pound'],
  ['oz', 'ounce'],
  ['L', 'liter'],
  ['l', 'liter'],
  ['mL', 'milliliter'],
  ['ml', 'milliliter'],
  ['cL', 'centiliter'],
  ['dL', 'deciliter'],
  ['gal', 'gallon'],
  ['qt', 'quart'],
  ['pt', 'pint'],
  ['fl oz', 'fluid ounce'],
  ['fl. oz', 'fluid ounce'],
  ['tbsp', 'tablespoon'],
  ['Tbsp', 'tablespoon'],
  ['Tsp', 'teaspoon'],
  ['cups', 'cup'],
  ['tsp', 'teaspoon'],
  ['ha', 'hectare'],
  ['sq ft', 'square foot', 'square feet'],
  ['sq mi', 'square mile'],
  ['sq in', 'square inch', 'square inches'],
  ['cu ft', 'cubic foot', 'cubic feet'],
  ['sq km', 'square kilometer'],
  ['sq m', 'square meter'],
  ['°C', 'degree Celsius', 'degrees Celsius'],
  ['° C', 'degree Celsius', 'degrees Celsius'],
  ['ºC', 'degree Celsius', 'degrees Celsius'],
  ['°F', 'degree Fahrenheit', 'degrees Fahrenheit'],
  ['° F', 'degree Fahrenheit', 'degrees Fahrenheit'],
  ['ºF', 'degree Fahrenheit', 'degrees Fahrenheit'],
  ...['N north', 'S south', 'E east', 'W west'].flatMap((way): [string, string, string][] => {
    const [letter, name] = way.split(' ');
    return ['°', '° '].map((mark) => [`${mark}${letter}`, `degree ${name}`, `degrees ${name}`]);
  }),
  ['°', 'degree'],
  ['º', 'degree'],
  ['mph', 'mile per hour', 'miles per hour'],
  ['kph', 'kilometer per hour', 'kilometers per hour'],
  ['kmh', 'kilometer per hour', 'kilometers per hour'],
  ['mpg', 'mile per gallon', 'miles per gallon'],
  ['s', 'second'],
  ['sec', 'second'],
  ['secs', 'second'],
  ['min', 'minute'],
  ['mins', 'minute'],
  ['h', 'hour'],
  ['hr', 'hour'],
  ['hrs', 'hour'],
  ['ms', 'millisecond'],
  ['yr', 'year'],
  ['yrs', 'year'],
  ['W', 'watt'],
  ['kW', 'kilowatt'],
  ['MW', 'megawatt'],
  ['GW', 'gigawatt'],
  ['Wh', 'watt hour'],
  ['kWh', 'kilowatt hour'],
  ['V', 'volt'],
  ['kV', 'kilovolt'],
  ['mA', 'milliamp'],
  ['Ω', 'ohm'],
  ['kΩ', 'kilohm'],
  ['lm', 'lumen'],
  ['atm', 'atmosphere'],
  ['N', 'newton'],
  ['Nm', 'newton meter'],
  ['mAh', 'milliamp hour'],
  ['Hz', 'hertz', 'hertz'],
  ['kHz', 'kilohertz', 'kilohertz'],
  ['MHz', 'megahertz', 'megahertz'],
  ['GHz', 'gigahertz', 'gigahertz'],
  ['KB', 'kilobyte'],
  ['kB', 'kilobyte'],
  ['MB', 'megabyte'],
  ['GB', 'gigabyte'],
  ['TB', 'terabyte'],
  ['kbps', 'kilobit per second', 'kilobits per second'],
  ['Mbps', 'megabit per second', 'megabits per second'],
  ['Gbps', 'gigabit per second', 'gigabits per second'],
  ['cal', 'calorie'],
  ['kcal', 'kilocalorie'],
  ['J', 'joule'],
  ['kJ', 'kilojoule'],
  ['Pa', 'pascal'],
  ['hPa', 'hectopascal'],
  ['kPa', 'kilopascal'],
  ['psi', 'pound per square inch', 'pounds per square inch'],
  ['dB', 'decibel'],
  ['rpm', 'revolution per minute', 'revolutions per minute'],
  ['bpm', 'beat per minute', 'beats per minute'],
  ['ppm', 'part per million', 'parts per million'],
  ['fps', 'frame per second', 'frames per second'],
  ['px', 'pixel'],
  ['%', 'percent', 'percent'],
  ['‰', 'per mille', 'per mille'],
];

interface Unit {
  readonly one: string;
  readonly many: string;
}

const bySign = new Map<string, Unit>(units.map(([sign, one, many]) => [sign, { one, many: many ?? `${one}s` }]));
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
  words(`(?<=\\d\\s?)sq\\.\\s?(?=(?:ft|k?m|in|mi|yd)${wordEnds})`, 'sq '),
  words(`(?<=°[CF].{0,40}\\d)\\s?K${wordEnds}`, ' kelvin'),
  rule(
    `(?<![\\d.])(?<days>\\d{1,3})\\s?d(?=\\s\\d{1,2}\\s?h${wordEnds})`,
    (part) => `${part('days')} ${part('days') === '1' ? 'day' : 'days'}`,
  ),
  words(String.raw`(?<=[°º]\s?[CF])\s?\/\s?(?=\d)`, ' or '),
  rule(
    String.raw`(?<=${wordBegins}(?:[Aa]n?|[Tt]his|[Tt]hat|[Ee]ach|[Ee]very|[Oo]ne)\s)${amount('amount')}\s?(?<sign>${sign})${wordEnds}${beforeNoun}`,
    (part) => `${amountWords(part('amount')).words} ${bySign.get(part('sign'))?.one ?? part('sign')}`,
  ),
  rule(
    String.raw`${amount('amount')}[ -]?(?<sign>${sign})(?=\s(?:runs?|races?|walks?|hikes?|radius|bulbs?|battery|bag|bottle|screen|monitor)${wordEnds})`,
    (part) => `${amountWords(part('amount')).words} ${bySign.get(part('sign'))?.one ?? part('sign')}`,
  ),
  rule(
    String.raw`${amount('amount')}\s?[°º]\s(?=(?:angle|turn|rotation|bend|slope|heat|view)${wordEnds})`,
    (part) => `${amountWords(part('amount')).words} degree `,
  ),
  rule(
    String.raw`(?<![\d.])(?<hours>\d{1,2})\s?h\s?(?<minutes>[0-5]?\d)\s?m${wordEnds}`,
    (part) => `${part('hours')} h ${part('minutes')} min`,
  ),
  rule(
    String.raw`(?<feet>(?<![\d.])\d{1,2})(?:['′]\s?|\sft\.?\s)(?<inches>\d{1,2})(?:["″”]|''|(?<=ft\.?\s\d{1,2})\sin(?:ches|\.)?${wordEnds})`,
    (part) => {
      const [feet, inches] = [amountWords(part('feet')), amountWords(part('inches'))];
      return `${feet.words} ${feet.counted === 'one' ? 'foot' : 'feet'} ${inches.words}`;
    },
  ),
  rule(
    String.raw`${amount('amount')}[ -]?(?<sign>${sign})(?:(?<=m|ft)(?<power>${power}))?(?:\s?\/\s?(?<per>${perUnit})(?<perPower>${power})?)?${wordEnds}\.?(?<=\.(?=\s\p{Ll})|[^.])`,
    (part) => {
      const { words: said, counted } = amountWords(part('amount'));
      const unit = bySign.get(part('sign'));
      if (unit === undefined) return part('match');
      const size = powers[part('power')] ?? '';
      const each = part('per') === '' ? '' : ` per ${powers[part('perPower')] ?? ''}${unitName(part('per'))}`;
      const joined = part('match').includes('-') && /^\s?\p{L}/u.test(part('sign'));
      if (counted === 'part') return `${said} ${/spoon|cup/.test(unit.one) ? '' : 'of a '}${size}${unit.one}${each}`;
      return `${said} ${size}${counted === 'one' || joined ? unit.one : unit.many}${each}`;
    },
  ),
  rule(
    String.raw`(?<number>\d{1,3})['′](?=\s(?:tall|long|wide|deep|high)${wordEnds}|[.,;)]|$)`,
    (part) => `${amountWords(part('number')).words} feet`,
  ),
  rule(String.raw`(?<number>\d{1,3})″`, (part) => `${amountWords(part('number')).words} inches`),
  words(String.raw`(?<=\d)\s?in\.(?!\p{L})`, ' inches'),
  rule(String.raw`(?<=${wordBegins}per\s)(?<sign>${sign})${wordEnds}`, (part) => unitName(part('sign'))),
  rule(
    String.raw`(?<=${wordBegins}in\s)(?<sign>kg|km|cm|mm|mg|mL|ml|kWh|GB|MB|lbs|Hz|°C|°F)${wordEnds}`,
    (part) => bySign.get(part('sign'))?.many ?? '',
  ),
  rule(
    String.raw`(?<=${wordBegins}(?:hundred|thousand|million|billion|trillion)\s)(?<sign>${sign})${wordEnds}`,
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
