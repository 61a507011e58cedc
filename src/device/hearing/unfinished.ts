import type { Language } from '../../speech-to-text/contract.js';

/** Last words after which a sentence goes on. No prepositions: questions end in them ("what is it made of"). */
const OPEN_WORDS: Readonly<Record<Language, RegExp>> = {
  en: /(?:^|\s)(?:and|or|but|the|a|an|because|if|than|my|your|um|uh|uhm|er|hmm)$/i,
  ko: /(?:^|\s)(?:그리고|그런데|근데|그래서|그러니까|왜냐하면|하지만|그러면|만약에?|또는|혹은|음|어|저기|그게)$/,
};

/** Endings after which a Korean word goes on. Not after a question word: "언제부터?", "어디에서?" are whole. */
const OPEN_KOREAN_ENDING =
  /(?<!(?:언제|어디|누구|누가|무엇|뭐|몇 시|몇 살|얼마)에?)(?:하고|이랑|에서|부터|보다|는데|니까|지만|려면|으면|거나)$/;

/** A pause in the middle of a sentence rather than its end. */
export function soundsUnfinished(text: string, language: Language): boolean {
  const said = withoutMarks(text);
  return OPEN_WORDS[language].test(said) || (language === 'ko' && OPEN_KOREAN_ENDING.test(said));
}

/** Without the last word of who wanted to go on and did not: "what time is it and". */
export function withoutOpenWord(text: string, language: Language): string {
  return withoutMarks(text).replace(OPEN_WORDS[language], '');
}

function withoutMarks(text: string): string {
  return text.trim().replace(/[,.…]+$/, '');
}
