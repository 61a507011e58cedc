import type { Language } from '../../speech-to-text/contract.js';
import { applyRules, type Rule, rule, words } from './rule.js';

/** Filled stars are a rating. */
const stars = {
  en: (count: number) => `${count} ${count === 1 ? 'star' : 'stars'}`,
  ko: (count: number) => `별 ${count}개`,
} as const;
const yesAndNo = { en: ['yes', 'no'], ko: ['예', '아니요'] } as const;

/** Where a tick or a cross is an answer: by itself, or at the end of a line after a colon. */
const answer = '(?<=(?:^|[:|=])\\s?)';
const alone = '(?=\\uFE0F?\\s?(?:$|[.,;|]))';

/** Takes emoji and emoticons away; a tick or a cross that is the answer itself ("Vegan: ✅") is said. */
export function withoutEmoji(line: string, language: Language): string {
  return applyRules(line, rules[language]);
}

/** Those that are said, before all others are taken away. */
function said(language: Language): readonly Rule[] {
  const [yes, no] = yesAndNo[language];
  const rating = rule(
    '(?<full>(?:⭐\\uFE0F?|★){2,10}|(?:⭐\\uFE0F?|★)(?=☆))[☆✩]{0,10}',
    (part) => ` ${stars[language]([...part('full').replaceAll('\uFE0F', '')].length)} `,
  );
  return [rating, words(`${answer}[✅☑✔]${alone}`, yes), words(`${answer}[❌✖✗✘]${alone}`, no)];
}

const takenAway: readonly Rule[] = [
  words('(?<=\\p{L}\\s)[❤♥]\\uFE0F?(?=\\s\\p{L})', 'love'),
  // A digit in a box is a number of a list.
  rule('(?<digit>[0-9#*])\\uFE0F?\\u20E3', (part) => `${part('digit')}, `),
  words('[\\u{1F1E6}-\\u{1F1FF}]{1,2}', ' '),
  words('‼', '!'),
  words('⁉', '?'),
  words('(?![©®™↔])\\p{Extended_Pictographic}', ' '),
  words('[\\u200D\\uFE0E\\uFE0F\\u20E3\\u{1F3FB}-\\u{1F3FF}\\u{E0020}-\\u{E007F}]', ''),
  words('[★☆●○■□◆◇▲△▼▽♪♫❤✓✔✗✘]', ' '),
  words("(?<=^|\\s)(?:[:;=][-']?[()DPpOo3*]{1,5}|<3|\\^[_.-]?\\^;{0,3}|[Tㅠㅜ][_.]?[Tㅠㅜ])(?=$|[\\s.,!?])", ''),
  words('[ㅋㅎㅠㅜ]{2,}', ''),
  // Faces made of signs and letters of other scripts: ¯\\_(ツ)_/¯, (◕‿◕), ʕ•ᴥ•ʔ.
  words(
    '[^\\s()\\p{L}\\p{N}]{0,3}[(ʕ][^()A-Za-z0-9가-힣]{0,8}[ツಠ◕╯□益ᴥ∀｡≧≦‿ᴗ͡°][^()A-Za-z0-9가-힣]{1,8}[)ʔ][^\\s()A-Za-z0-9가-힣.,!?]{0,4}(?:\\s¯)?|¯?[^\\s()\\p{L}\\p{N}]{0,3}\\(ツ\\)[^\\s()\\p{L}\\p{N}]{0,3}(?:\\s?¯)?',
    ' ',
  ),
];

const rules = { en: [...said('en'), ...takenAway], ko: [...said('ko'), ...takenAway] } as const;
