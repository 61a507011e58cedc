/** Digits whose Korean reading ends in a consonant: 영, 일, 삼, 육, 칠, 팔. */
const CLOSED_DIGITS = new Set(['0', '1', '3', '6', '7', '8']);
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FINALS = 28;
/** ㄹ among them. */
const RIEUL = 8;

/** "{value}이에요/예요" filled in: the form after a consonant, or after a vowel ("으로/로": or after ㄹ). */
export function chooseParticles(text: string): string {
  return text.replaceAll(
    /(.)(은\/는|이\/가|을\/를|과\/와|으로\/로|이에요\/예요|이었어요\/였어요)/gu,
    (_, before: string, forms: string) => {
      const [closed = '', open = ''] = forms.split('/');
      const opens = !endsClosed(before) || (closed === '으로' && endsInRieul(before));
      return `${before}${opens ? open : closed}`;
    },
  );
}

function endsClosed(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  if (code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE) return (code - FIRST_SYLLABLE) % FINALS !== 0;
  return CLOSED_DIGITS.has(letter) || /[lmn]/i.test(letter);
}

function endsInRieul(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  if (code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE) return (code - FIRST_SYLLABLE) % FINALS === RIEUL;
  return /[178l]/i.test(letter);
}
