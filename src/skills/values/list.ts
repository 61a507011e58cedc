import type { Language } from '../../speech-to-text/contract.js';

/** "tea, eggs, and rice" */
export function inOneSentence(parts: readonly string[], language: Language): string {
  if (language === 'ko') return parts.join(', ');
  return new Intl.ListFormat('en-US', { type: 'conjunction' }).format(parts);
}
