import type { Language } from '../../speech-to-text/contract.js';
import type { LoadSkill } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';
import { normalize } from '../sentences/normalize.js';
import type { Sentences } from '../sentences/sentences.js';
import { englishNumber, parseEnglishNumber } from '../values/englishNumbers.js';
import { koreanNumber, parseKoreanNumber } from '../values/koreanNumbers.js';
import { inOneSentence } from '../values/list.js';

const MOST_DICE = 20;
const MOST_SIDES = 1000;

const SIDES = new RegExp(`(${englishNumber})[ -]?(?:sided|sides|side)\\b|\\bd(\\d+)\\b|(${koreanNumber}) ?면`);
const COUNT = new RegExp(
  `(${englishNumber}|a pair of|a couple of|couple of|pair of) (?:sided )?(?:[a-z]+ )?(?:dice|dices|die)\\b|(${koreanNumber}) ?개`,
);

/** "Flip a coin", "roll two dice", "pick a number between one and ten". */
export const load: LoadSkill = async ({ random = Math.random }) => {
  const sentences = await loadSentences('chance', {
    en: { low: englishNumber, high: englishNumber },
    ko: { low: koreanNumber, high: koreanNumber },
  });
  const upTo = (sides: number) => 1 + Math.floor(random() * sides);

  function roll(text: string, say: Sentences): string {
    const sides = numberOf(SIDES.exec(text), 6, say.language);
    const count = numberOf(COUNT.exec(text.replace(SIDES, ' sided').replaceAll(/ +/g, ' ')), 1, say.language);
    if (sides < 2 || sides > MOST_SIDES) return say.reply('no-sides');
    if (count > MOST_DICE) return say.reply('too-many');
    const values = Array.from({ length: Math.max(1, count) }, () => upTo(sides));
    const [only] = values;
    if (values.length === 1 && only !== undefined) return say.reply('die', { value: only });
    const sum = values.reduce((total, value) => total + value, 0);
    return say.reply('dice', { values: inOneSentence(values.map(String), say.language), sum });
  }

  return {
    name: 'chance',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language }) => {
      const say = sentences[language];
      const [recognised] = say.recognise(text);
      if (recognised === undefined) return undefined;
      const { intent, slots } = recognised;
      if (intent === 'coin') return { skill: 'chance', intent, run: async () => ({ text: say.reply(random() < 0.5 ? 'heads' : 'tails') }) };
      if (intent === 'dice') return { skill: 'chance', intent, run: async () => ({ text: roll(normalize(text, language), say) }) };
      const low = parse(slots.low ?? '', language);
      const high = parse(slots.high ?? '', language);
      if (low === undefined || high === undefined || !Number.isInteger(low) || !Number.isInteger(high) || low >= high) return undefined;
      return { skill: 'chance', intent, run: async () => ({ text: say.reply('number', { value: low - 1 + upTo(high - low + 1) }) }) };
    },
    close: async () => {},
  };
};

function numberOf(found: RegExpExecArray | null, otherwise: number, language: Language): number {
  const text = found?.slice(1).find((group) => group !== undefined);
  if (text === undefined) return otherwise;
  if (/pair|couple/.test(text)) return 2;
  return parse(text, language) ?? otherwise;
}

function parse(text: string, language: Language): number | undefined {
  return language === 'ko' ? parseKoreanNumber(text) : parseEnglishNumber(text);
}
