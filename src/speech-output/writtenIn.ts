import type { Language } from '../speech-to-text/contract.js';

/**
 * The language of one sentence in an answer that is in `language`: Korean where most letters are Hangul; English where a Korean answer
 * quotes a sentence of three words and more without any.
 */
export function writtenIn(sentence: string, language: Language): Language {
  const letters = sentence.match(/\p{L}/gu)?.length ?? 0;
  const hangul = sentence.match(/\p{Script=Hangul}/gu)?.length ?? 0;
  if (2 * hangul > letters) return 'ko';
  const quoted = hangul === 0 && (sentence.match(/(?<!\S)["'(]?[A-Za-z][a-z']+(?=[.,!?;:)"']*(?:\s|$))/g)?.length ?? 0) >= 3;
  return quoted ? 'en' : language;
}
