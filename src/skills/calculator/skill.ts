import type { Language } from '../../speech-to-text/contract.js';
import type { LoadSkill, SkillReply } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';
import type { Recognised, Sentences } from '../sentences/sentences.js';
import { koreanNumber } from '../values/koreanNumbers.js';
import { sayNumber } from '../values/sayNumber.js';
import { evaluate } from './evaluate.js';
import { expressionOf, numbersIn } from './expression.js';
import { inFull } from './inFull.js';

/** "What's 15 percent of 80", "십이 곱하기 삼은". */
export const load: LoadSkill = async () => {
  const sentences = await loadSentences('calculator', { ko: { price: `${koreanNumber} ?원`, by: koreanNumber } });
  /** The last result, as it can be calculated with. */
  let last: number | undefined;
  return {
    name: 'calculator',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language, goesOn }) => {
      const said = language === 'en' ? text.replaceAll(/(?<=\d) ?%/g, ' percent') : text;
      const whole = goesOn === true && last !== undefined ? inFull(said, last, language) : said;
      for (const recognised of sentences[language].recognise(whole)) {
        const { intent } = recognised;
        if (intent === 'ask') return { skill: 'calculator', intent, run: async () => ({ text: sentences[language].reply('ask') }) };
        const signs = signsOf(recognised, language);
        if (signs !== undefined) {
          const run = async () => {
            const result = await evaluate(signs);
            last = 'value' in result ? result.value : undefined;
            return answer(recognised, result, sentences[language]);
          };
          return { skill: 'calculator', intent, run };
        }
      }
      return undefined;
    },
    close: async () => {},
  };
};

/** Sums of money in Korean: 만 원의 십 퍼센트. */
const WON = /(?<=[\d일이삼사오육칠팔구십백천만억조]) ?원(?=$|[^가-힣]|의)/g;

function isWon(slots: Recognised['slots']): boolean {
  return Object.values(slots).some((text) => text.search(WON) >= 0);
}

/** Undefined where the slots hold no numbers. */
function signsOf({ intent, slots: spoken }: Recognised, language: Language): string | undefined {
  const slots = Object.fromEntries(Object.entries(spoken).map(([name, text]) => [name, text.replaceAll(WON, '')]));
  if (slots.expression !== undefined) return expressionOf(slots.expression, language);
  if (slots.list !== undefined) {
    const numbers = numbersIn(slots.list, language);
    if (numbers === undefined) return undefined;
    const joined = numbers.map((number) => `(${number})`).join(intent === 'product' ? '*' : '+');
    return intent === 'average' ? `(${joined})/(${numbers.length})` : joined;
  }
  const a = operand(slots.a ?? slots.by, language);
  const b = operand(slots.b ?? slots.price ?? slots.by, language);
  if (a === undefined || b === undefined) return undefined;
  return (
    {
      multiply: `${a}*${b}`,
      add: `${a}+${b}`,
      divide: `${a}/${b}`,
      divisible: `${a}/${b}`,
      'percent-is': `100*${a}/${b}`,
      remainder: `${a} mod ${b}`,
      tip: `${a}/100*${b}`,
      'percent-more': `${b}*(1+${a}/100)`,
      'sum-to': `(${a}+${b})*(${b}-${a}+1)/2`,
      'percent-off': `${b}*(1-${a}/100)`,
    }[intent] ?? `${a}-${b}`
  );
}

/** A number, or a smaller calculation: "the square root of 16". */
function operand(text = '', language: Language): string | undefined {
  const [number] = numbersIn(`${text},0`, language) ?? [];
  if (number !== undefined) return `(${number})`;
  const inner = expressionOf(text, language);
  return inner === undefined ? undefined : `(${inner})`;
}

function answer({ intent, slots }: Recognised, result: Awaited<ReturnType<typeof evaluate>>, sentences: Sentences): SkillReply {
  if ('problem' in result) return { text: sentences.reply(result.problem) };
  const { text, exact } = sayNumber(intent === 'difference' ? Math.abs(result.value) : result.value, sentences.language);
  const values = { value: isWon(slots) ? `${text}원` : text, a: slots.a ?? '', b: slots.b ?? '' };
  if (intent === 'divisible') return { text: sentences.reply(Number.isInteger(result.value) ? 'divisible' : 'not-divisible', values) };
  if (intent === 'percent-is') return { text: sentences.reply('percent', values) };
  return { text: sentences.reply(exact ? 'exact' : 'about', values) };
}
