import type { Language } from '../../speech-to-text/contract.js';
import type { LoadSkill, SkillReply } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';
import type { Recognised, Sentences } from '../sentences/sentences.js';
import { sayNumber } from '../values/sayNumber.js';
import { evaluate } from './evaluate.js';
import { expressionOf, numbersIn } from './expression.js';

/** "What's 15 percent of 80", "십이 곱하기 삼은". */
export const load: LoadSkill = async () => {
  const sentences = await loadSentences('calculator');
  return {
    name: 'calculator',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language }) => {
      for (const recognised of sentences[language].recognise(text)) {
        const { intent } = recognised;
        if (intent === 'ask') return { skill: 'calculator', intent, run: async () => ({ text: sentences[language].reply('ask') }) };
        const signs = signsOf(recognised, language);
        if (signs !== undefined) {
          return { skill: 'calculator', intent, run: async () => await answer(recognised, signs, sentences[language]) };
        }
      }
      return undefined;
    },
    close: async () => {},
  };
};

/** Undefined where the slots hold no numbers. */
function signsOf({ intent, slots }: Recognised, language: Language): string | undefined {
  if (slots.expression !== undefined) return expressionOf(slots.expression, language);
  if (slots.list !== undefined) {
    const numbers = numbersIn(slots.list, language);
    if (numbers === undefined) return undefined;
    const joined = numbers.map((number) => `(${number})`).join(intent === 'product' ? '*' : '+');
    return intent === 'average' ? `(${joined})/(${numbers.length})` : joined;
  }
  const a = operand(slots.a, language);
  const b = operand(slots.b, language);
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

async function answer({ intent, slots }: Recognised, signs: string, sentences: Sentences): Promise<SkillReply> {
  const result = await evaluate(signs);
  if ('problem' in result) return { text: sentences.reply(result.problem) };
  const { text, exact } = sayNumber(intent === 'difference' ? Math.abs(result.value) : result.value);
  const values = { value: text, a: slots.a ?? '', b: slots.b ?? '' };
  if (intent === 'divisible') return { text: sentences.reply(Number.isInteger(result.value) ? 'divisible' : 'not-divisible', values) };
  if (intent === 'percent-is') return { text: sentences.reply('percent', values) };
  return { text: sentences.reply(exact ? 'exact' : 'about', values) };
}
