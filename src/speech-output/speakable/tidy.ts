import { applyRules, type Rule, rule, words } from './rule.js';

/** One kind of space, composed characters, and the everyday form of letters and units that have a second one (５, ㎏, ℃). */
export function normalize(text: string): string {
  return text
    .normalize('NFC')
    .replace(
      /[\uFF01-\uFF5E\uFFE0-\uFFE6\u3380-\u33DF\u2100-\u2109\u2126\u212A\u212B\u2113\uFB00-\uFB06\u2102\u2115\u211A\u211D\u2124\u2160-\u217F]/g,
      (char) => char.normalize('NFKC').replaceAll('℃', '°C'),
    )
    .replace(/^\s*[①-⑳]\s?/, (mark) => `${mark.trim().charCodeAt(0) - 0x245f}. `)
    .replace(/\s?[①-⑳]\s?/g, (mark) => `, ${mark.trim().charCodeAt(0) - 0x245f}, `)
    .replace(/[\u{1D400}-\u{1D7FF}]/gu, (char) => char.normalize('NFKC'))
    .replaceAll('≒', '≈')
    .replaceAll('⁄', '/')
    .replace(/[₀-₉]/g, (char) => String(char.charCodeAt(0) - 0x2080))
    .replace(/[\u200B\u200C\u2060\uFEFF\u00AD\p{Cs}]/gu, '')
    .replace(/(?<=\d)[\u00A0\u2009\u202F](?=\d{3}(?!\d))|(?<=(?<![\d.,])\d{1,3}) (?=000(?!\d))/g, ',')
    .replace(/[\p{Zs}\p{Cc}]+/gu, ' ');
}

const rules: readonly Rule[] = [
  words(String.raw`\s*\|\s*`, ', '),
  words('[*_#<>{}\\[\\]~^\\\\`=$™®]', ' '),
  words(String.raw`\(\s*\)`, ' '),
  words(String.raw`\s+`, ' '),
  rule(String.raw`\s(?<mark>[,.;:!?)])(?=\s|$|[,.;:!?)])`, (part) => part('mark')),
  rule(String.raw`(?<open>\()\s`, (part) => part('open')),
  words(',(?:\\s?,)+', ','),
  rule(',(?<mark>[.;:!?])', (part) => part('mark')),
  words('(?<!\\.)\\.(?=[,;:])', ''),
  rule('(?<mark>[:;]),', (part) => part('mark')),
  words(String.raw`\.{4,}`, '...'),
  rule('(?<mark>[!?])[!?]{2,}', (part) => part('mark')),
  words(String.raw`^[\s,.;:)\]!?]+`, ''),
  words(String.raw`[\s,]+$`, ''),
];

/** White space and punctuation as one writes them; '' where nothing is left to say. */
export function tidy(text: string): string {
  const tidied = applyRules(text, rules);
  return /[\p{L}\p{N}]/u.test(tidied) ? tidied : '';
}
