import { type Rule, rule, wordBegins, wordEnds, words } from '../rule.js';

/** Said in full wherever they stand; the dot goes with them. */
const always: Readonly<Record<string, string>> = {
  'e.g.': 'for example',
  'eg.': 'for example',
  'ie.': 'that is',
  'i.e.': 'that is',
  'cf.': 'compare',
  'viz.': 'namely',
  'vs.': 'versus',
  'Mr.': 'Mister',
  'Mrs.': 'Missus',
  'Ms.': 'Miz',
  'Prof.': 'Professor',
  'Gov.': 'Governor',
  'Sen.': 'Senator',
  'Rep.': 'Representative',
  'Gen.': 'General',
  'Capt.': 'Captain',
  'Lt.': 'Lieutenant',
  'Sgt.': 'Sergeant',
  'Rev.': 'Reverend',
  'Mt.': 'Mount',
  'Ft.': 'Fort',
  'approx.': 'approximately',
  'esp.': 'especially',
  'incl.': 'including',
  'w/out': 'without',
  'w/o': 'without',
  'w/': 'with ',
  'b/c': 'because',
  'N/A': 'not applicable',
  'n/a': 'not applicable',
};

/** The dot stays where it ends the sentence. */
const atEnd: Readonly<Record<string, string>> = {
  etc: 'et cetera',
  'et al': 'and others',
  Inc: 'Incorporated',
  Ltd: 'Limited',
  Corp: 'Corporation',
  Co: 'Company',
  Jr: 'Junior',
  Sr: 'Senior',
  dept: 'department',
  appt: 'appointment',
  pkg: 'package',
  temp: 'temperature',
  govt: 'government',
  intl: 'international',
  tel: 'telephone',
  avg: 'average',
  est: 'estimated',
  max: 'maximum',
  min: 'minimum',
  gal: 'gallon',
  qt: 'quart',
  tbsp: 'tablespoons',
  tsp: 'teaspoons',
  hrs: 'hours',
  lbs: 'pounds',
  'Ph.D': 'P H D',
};

const streets: Readonly<Record<string, string>> = { St: 'Street', Ave: 'Avenue', Blvd: 'Boulevard', Rd: 'Road', Ln: 'Lane' };

/** Also with a capital where they begin a sentence: Approx. */
function withCapitals(names: Readonly<Record<string, string>>): [string, string][] {
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return Object.entries(names).flatMap(([written, said]): [string, string][] =>
    /^\p{Ll}/u.test(written) && /\p{Ll}{2}|\./u.test(written)
      ? [
          [written, said],
          [capital(written), capital(said)],
        ]
      : [[written, said]],
  );
}

const escaped = (text: string) => text.replace(/[./]/g, '\\$&');

/** In recipes, behind a number. */
const kitchen: Readonly<Record<string, string>> = { 'lg.': 'large', 'med.': 'medium', 'sm.': 'small' };

export const abbreviationRules: readonly Rule[] = [
  ...Object.entries(kitchen).map(([written, said]) => words(String.raw`(?<=\d\s)${escaped(written)}(?=\s\p{Ll}{3})`, said)),
  words(String.raw`(?<=\p{L}\s|\d\s?)ea\.?${wordEnds}`, 'each'),
  words(String.raw`${wordBegins}Dr\.?(?=\s\p{Lu})`, 'Doctor'),
  words(String.raw`${wordBegins}St\.(?=\s\p{Lu})`, 'Saint'),
  rule(
    String.raw`(?<=\p{L}\s)(?<kind>St|Ave|Blvd|Rd|Ln)(?:\.(?!["”’]?\s*$)|(?=\.?["”’]?\s*$)|(?=[\s,;]))`,
    (part) => streets[part('kind')] ?? '',
  ),
  words(String.raw`${wordBegins}(?:[Nn]o|[Nn]r|№)\.?\s?(?=\d)(?<=[.№]\s?)`, 'number '),
  words(String.raw`${wordBegins}[Nn]os\.\s?(?=\d)`, 'numbers '),
  words(String.raw`${wordBegins}[Ll]vl?\.\s?(?=\d)`, 'level '),
  words(String.raw`${wordBegins}[Ee]q\.\s?(?=\d)`, 'equation '),
  words(String.raw`${wordBegins}[Ss]ec\.\s?(?=\d)`, 'section '),
  words(String.raw`${wordBegins}Op\.\s?(?=\d)`, 'Opus '),
  words(String.raw`${wordBegins}Hwy\.?\s?(?=\d)`, 'Highway '),
  words(String.raw`${wordBegins}[Ff]ig\.\s?(?=\d)`, 'figure '),
  words(String.raw`${wordBegins}[Vv]ol\.\s?(?=\d)`, 'volume '),
  words(String.raw`${wordBegins}[Cc]h\.\s?(?=\d)`, 'chapter '),
  words(String.raw`${wordBegins}pp\.\s?(?=\d)`, 'pages '),
  words(String.raw`${wordBegins}p\.\s?(?=\d)`, 'page '),
  words(String.raw`${wordBegins}vs${wordEnds}(?!\.)`, 'versus'),
  words(String.raw`${wordBegins}aka${wordEnds}|${wordBegins}a\.k\.a\.`, 'also known as'),
  words(String.raw`${wordBegins}w\/(?=\s?\p{L}{2})(?!o(?:ut)?${wordEnds})\s?`, 'with '),
  words(`${wordBegins}eg${wordEnds}[,:]`, 'for example,'),
  rule(`(?<=[AP]M\\s)(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|KST|JST|IST)${wordEnds}`, (part) => [...part('match')].join(' ')),
  ...withCapitals(always).map(([written, said]) => words(`${wordBegins}${escaped(written)}`, said)),
  ...withCapitals(atEnd).flatMap(([written, said]) => [
    words(`${wordBegins}${escaped(written)}\\.(?=["”’]?\\s*$)`, `${said}.`),
    words(`${wordBegins}${escaped(written)}\\.`, said),
  ]),
  // What else is written with a dot after each capital: U.S., M.D., J.K. Rowling.
  rule(`${wordBegins}(?:\\p{Lu}\\.){2,5}(?=["”’]?\\s*$)`, (part) => `${part('match').replaceAll('.', ' ').trim()}.`),
  rule(`${wordBegins}(?:\\p{Lu}\\.){2,5}`, (part) => part('match').replaceAll('.', ' ').trim()),
];
