/** Characters. A sentence longer than this is cut off: it would keep festival busy for minutes. */
const LONGEST = 2_000;

/**
 * Text reduced to what can't leave the quotes of a Scheme string, nor be taken for a switch of a program: Latin letters without
 * accents, digits, space and , . ? ! ' - in the middle. '' where no letter or digit is left.
 */
export function plainSpeech(sentence: string): string {
  const plain = sentence
    .slice(0, LONGEST)
    .normalize('NFKD')
    .replace(/[‘’]/g, "'")
    .replace(/\p{M}+/gu, '')
    .replace(/[;:()]/g, ', ')
    .replace(/[^A-Za-z0-9 ,.?!'-]+/g, ' ')
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,.?!])/g, '')
    .replace(/,(?=[,.?!])/g, '')
    .trim();
  return /[A-Za-z0-9]/.test(plain) ? plain : '';
}
