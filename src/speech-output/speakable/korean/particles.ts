import { type Rule, rule } from '../rule.js';

/** Pairs of particles: after a final consonant, after a vowel. */
const pairs: readonly (readonly [string, string])[] = [
  ['은', '는'],
  ['이', '가'],
  ['을', '를'],
  ['과', '와'],
];

/** The one of two particles that follows `text`: 은 or 는, 과 or 와. */
export function particle(text: string, afterConsonant: string, afterVowel: string): string {
  return endsInConsonant(text) ? afterConsonant : afterVowel;
}

function endsInConsonant(text: string): boolean {
  const last = text.at(-1) ?? '';
  const code = last.charCodeAt(0) - 0xac00;
  if (code >= 0 && code < 11_172) return code % 28 !== 0;
  return /[LMNRlmnr]/.test(last);
}

/** Both particles written, "은(는)": only the fitting one is said. */
export const particleRules: readonly Rule[] = [
  ...pairs.flatMap(([consonant, vowel]) =>
    [`${consonant}\\(${vowel}\\)`, `${vowel}\\(${consonant}\\)`].map((both) =>
      rule(`(?<word>[\\p{L}\\p{N}])${both}`, (part) => part('word') + particle(part('word'), consonant, vowel)),
    ),
  ),
  rule(
    String.raw`(?<word>[\p{L}\p{N}])\(으\)로`,
    (part) => part('word') + (endsInConsonant(part('word')) && !endsInRieul(part('word')) ? '으로' : '로'),
  ),
];

function endsInRieul(text: string): boolean {
  return (text.charCodeAt(text.length - 1) - 0xac00) % 28 === 8;
}
