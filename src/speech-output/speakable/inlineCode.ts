import type { Language } from '../../speech-to-text/contract.js';
import { signNames } from './signNames.js';

const unspeakable = { en: 'a bit of code', ko: '짧은 코드' } as const;

/** A name or a command in the middle of a sentence, without the signs that nobody says: `read_file()` is "read file". */
export function codeWords(code: string, language: Language): string {
  const dense = code.replace(/[\s_]/g, '');
  if (/^[^\p{L}\p{N}]{1,4}$/u.test(dense)) return signNames(dense, language) ?? code;
  const [, escaped] = /^\\([a-z0])$/.exec(dense) ?? [];
  if (escaped !== undefined) return `${signNames('\\', language)} ${escaped}`;
  const letters = dense.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  // Noise: ^\d{3}-\d{4}$
  if (dense.length >= 10 && 2 * letters < dense.length) return unspeakable[language];
  return code
    .replace(/(?<=\b(?:select|import|distinct)\s)\*|(?<=\()\*(?=\))|(?<![\w)]\s?)\*(?=\.)/gi, language === 'ko' ? '별표 ' : 'star ')
    .replaceAll('**', '^')
    .replace(/(?<=\b\w)\s?\*\s?(?=\w\b)/g, ' × ')
    .replace(/\(\s*\)|[;{}[\]"$\\`]/g, ' ')
    .replace(/<\/?([a-z][a-z0-9-]*(?:\s[^<>]*)?)\/?>/gi, '$1')
    .replace(/_+/g, ' ')
    .replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
    .trim();
}
