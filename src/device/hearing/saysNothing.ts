import { spellingsOf } from '../../wake-word/spellings.js';

/** Sounds of somebody who thinks; a recogniser may write "hmm" letter by letter. */
const FILLER = /^(?:um+|uh+|uhm|er+|h?m*|음+|어+|흠+)$/;

/** Words without anything to answer: the wake word again ("Alexa … Alexa!"), "hmm". Not where there are no words at all. */
export function saysNothing(text: string, wakeWords: readonly string[]): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  // Two spaces between words, so that each has its own on both sides.
  let said = ` ${words.join('  ')} `;
  for (const name of wakeWords.flatMap(spellingsOf).map((spelling) => spelling.replaceAll(' ', '  '))) {
    said = said.replaceAll(` hey  ${name} `, ' ').replaceAll(` ${name} `, ' ');
  }
  return words.length > 0 && said.split(' ').every((word) => FILLER.test(word));
}
