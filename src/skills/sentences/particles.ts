/** Digits whose Korean reading ends in a consonant: 영, 일, 삼, 육, 칠, 팔. */
const CLOSED_DIGITS = new Set(['0', '1', '3', '6', '7', '8']);
const FIRST_SYLLABLE = 0xac00;
const FINALS = 28;

/** "{value}이에요/예요" filled in: the form after a consonant, or after a vowel. */
export function chooseParticles(text: string): string {
  return text.replaceAll(/(.)(은\/는|이\/가|을\/를|이에요\/예요|이었어요\/였어요)/gu, (_, before: string, forms: string) => {
    const [closed = '', open = ''] = forms.split('/');
    return `${before}${endsClosed(before) ? closed : open}`;
  });
}

function endsClosed(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  if (code >= FIRST_SYLLABLE && code <= 0xd7a3) return (code - FIRST_SYLLABLE) % FINALS !== 0;
  return CLOSED_DIGITS.has(letter) || /[lmn]/i.test(letter);
}
