import type { Language } from '../../speech-to-text/contract.js';

/** Small words that only an English sentence has: Korean ones borrow names, not these. */
const ENGLISH = /\b(?:what|how|who|why|where|when|which|is|are|does|do|did|can|the|in|to|of|say|mean|means)\b/i;

/**
 * The language of a written question: a Korean one has mostly Hangul words or ends in one ("iPhone 15 Pro Max 가격은?"); an English one
 * may quote some ("What does 안녕 mean?"). What has no letters, or is
 * in a language that the device does not speak, counts as its main language.
 */
export function languageOf(text: string, languages: readonly Language[]): Language {
  const main = languages[0] ?? 'en';
  if (!/\p{L}/u.test(text)) return main;
  const guess = looksKorean(text) ? 'ko' : 'en';
  return languages.includes(guess) ? guess : main;
}

function looksKorean(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const hangul = words.filter((word) => /\p{Script=Hangul}/u.test(word));
  if (hangul.length === 0) return false;
  return 2 * hangul.length > words.length || (words.at(-1) === hangul.at(-1) && !ENGLISH.test(text));
}
