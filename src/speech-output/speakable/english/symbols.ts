import { type Rule, rule, wordBegins, wordEnds, words } from '../rule.js';

/** Signs between words. */
export const symbolRules: readonly Rule[] = [
  words(String.raw`\s?&{1,2}\s?`, ' and '),
  words(String.raw`(?<=^|\s)(?:\.{1,2}/|--)(?=\p{L})`, ''),
  words(String.raw`${wordBegins}and\/or${wordEnds}`, 'and or'),
  rule(
    String.raw`${wordBegins}(?<one>s?he|his|her|him|yes|no|true|false|on|off)\/(?<other>s?he|his|hers?|him|yes|no|true|false|on|off)${wordEnds}`,
    (part) => `${part('one')} or ${part('other')}`,
    'giu',
  ),
  words(`(?<=${wordBegins}[A-G])[#♯](?!\\d)`, ' sharp'),
  words(`(?<=${wordBegins}[A-G])♭`, ' flat'),
  // A grade, a blood type.
  words(`(?<=${wordBegins}(?:(?:[Aa]n?|[Gg]rade|[Gg]ot|[Tt]ype)\\s[A-FO]|O|AB))[-−](?=[\\s.,;:!?)]|$)`, ' minus'),
  words(String.raw`#\s?(?=\d)`, 'number '),
  words(String.raw`@(?=[\p{L}\d])|(?:^|\s)@\s`, ' at '),
  words('§\\s?', 'section '),
  words('©', 'copyright '),
  words('(?<=[\\p{L}\\p{N})])\\s?…', '...'),
  words('…', ' '),
  words(String.raw`(?<=\p{L})–(?=\p{L})`, ' to '),
  words(String.raw`\s?[—–]\s?|\s-{1,3}\s|--`, ', '),
  words(String.raw`\s?[•·]\s?`, ', '),
  words(
    String.raw`(?<=\p{L}{2})(?<!${wordBegins}(?:day|night|week|weeks|month|hour|year))/(?=(?:day|week|month|year|hour|night|person|serving)${wordEnds})`,
    ' per ',
  ),
  words(String.raw`\s\/\s`, ', '),
  words(String.raw`(?<=[\p{L}\d.])\/(?=[\p{L}\d])`, ' '),
  words('[/]', ' '),
];
