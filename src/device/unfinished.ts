import type { Language } from '../speech-to-text/contract.js';

/** Last words after which a sentence goes on. No prepositions: questions end in them ("what is it made of"). */
const OPEN_ENDINGS: Readonly<Record<Language, RegExp>> = {
  en: /(?:^|\s)(?:and|or|but|the|a|an|because|if|than|my|your|um|uh)$/i,
  ko: /(?:^|\s)(?:그리고|그런데|그래서|하지만|그러면|또는|혹은)$|(?:하고|이랑|에서|부터|보다)$/,
};

/** A pause in the middle of a sentence rather than its end. */
export function soundsUnfinished(text: string, language: Language): boolean {
  return OPEN_ENDINGS[language].test(text.trim().replace(/[,.…]+$/, ''));
}
