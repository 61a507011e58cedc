import { spellingsOf } from '../../wake-word/spellings.js';

/** Sounds of somebody who thinks; a recogniser may write "hmm" letter by letter. */
const FILLER = /^(?:um+|uh+|uhm|er+|h?m*|음+|으음|어+|으어|흠+|에+|그+|저+|저기|있잖아|그게|뭐지)$/;

/** Words without anything to answer: the wake word again ("Alexa … Alexa!"), "hmm". Not where there are no words at all. */
export function saysNothing(text: string, wakeWords: readonly string[]): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  // Two spaces between words, so that each has its own on both sides.
  let said = ` ${words.join('  ')} `;
  for (const name of wakeWords.flatMap(spellingsOf).map((spelling) => spelling.replaceAll(' ', '  '))) {
    for (const called of [`hey  ${name}`, `헤이  ${name}`, `${name}야`, name]) said = said.replaceAll(` ${called} `, ' ');
  }
  return words.length > 0 && said.split(' ').every((word) => FILLER.test(word));
}
