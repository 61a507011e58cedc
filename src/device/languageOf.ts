import type { Language } from '../speech-to-text/contract.js';

/** The language of a written question: Korean where it has a Korean letter and the device speaks it, else the main language that fits. */
export function languageOf(text: string, languages: readonly Language[]): Language {
  const korean = /[\p{Script=Hangul}]/u.test(text);
  const guess: Language = korean ? 'ko' : 'en';
  return languages.includes(guess) ? guess : (languages[0] ?? 'en');
}
