import type { Language } from '../../speech-to-text/contract.js';

/** "tea, eggs, and rice"; for a choice "tea, eggs, or rice". */
export function inOneSentence(parts: readonly string[], language: Language, type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  if (language === 'ko') return parts.join(', ');
  return new Intl.ListFormat('en-US', { type }).format(parts);
}
