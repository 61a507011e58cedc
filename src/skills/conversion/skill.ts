import type { Language } from '../../speech-to-text/contract.js';
import type { LoadSkill, SkillReply } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';
import type { Recognised, Sentences } from '../sentences/sentences.js';
import { englishNumber, parseEnglishNumber } from '../values/englishNumbers.js';
import { koreanNumber, parseKoreanNumber } from '../values/koreanNumbers.js';
import { sayNumber } from '../values/sayNumber.js';
import { readingsOf } from './readings.js';
import { type Conversion, sayAmount, Units } from './units.js';

const EN_AMOUNT = `(?:half(?: of)? an?|half(?: of)?(?: one)?|a half(?: an?)?|a (?:quarter|third)(?: of an?)?|one and a half|an?|the|each|1 single|a single|one single|every|a full|${englishNumber}(?: and half)?)`;

/** "How many feet in a mile", "convert 5 kilometers to miles", "5킬로미터는 몇 마일이야". */
export const load: LoadSkill = async () => {
  const units = await Units.load();
  const en = units.pattern('en');
  const ko = units.pattern('ko');
  const sentences = await loadSentences('conversion', {
    en: { amount: EN_AMOUNT, from: en, to: en },
    ko: {
      amount: `(?:${koreanNumber}|반|절반)`,
      half: '반',
      days: '(?:며칠|몇 ?일)',
      from: ko,
      to: ko,
      special: '(?:섭씨|화씨)',
      degrees: '(?:섭씨|화씨)',
    },
  });
  return {
    name: 'conversion',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language }) => {
      for (const recognised of readingsOf(text, language).flatMap((reading) => sentences[language].recognise(reading))) {
        const { intent } = recognised;
        if (intent === 'ask') return { skill: 'conversion', intent, run: async () => ({ text: sentences[language].reply('ask') }) };
        const asked = understand(recognised, units, language);
        if (asked !== undefined) return { skill: 'conversion', intent, run: async () => await convert(asked, sentences[language]) };
      }
      return undefined;
    },
    close: async () => {},
  };
};

interface Asked extends Conversion {
  readonly amount: number;
}

/** Undefined where the two can't be converted and nobody would think so: "how many seconds in a mile". */
function understand({ slots }: Recognised, units: Units, language: Language): Asked | undefined {
  // "영하 십 도는 화씨로": in the other scale.
  const degrees = slots.special ?? (slots.degrees === '섭씨' ? '화씨' : '섭씨');
  const from = slots.from ?? degrees;
  const to = slots.to ?? slots.degrees ?? (slots.days === undefined ? '' : '일');
  // "60 miles per hour in kilometers"
  const pair = units.pair(from, /(?:per hour|mph)$/.test(from) ? `${to} per hour` : to, language) ?? units.pair(from, to, language);
  const amount = slots.amount === undefined ? 1 : language === 'ko' ? koreanAmount(slots.amount) : englishAmount(slots.amount);
  if (pair === undefined || amount === undefined || pair.from === pair.to) return undefined;
  const halves = slots.half === undefined ? 0 : 0.5;
  const kinds = new Set([pair.from.kind, pair.to.kind]);
  return kinds.size === 1 || (kinds.has('weight') && kinds.has('volume')) ? { ...pair, amount: amount + halves } : undefined;
}

function koreanAmount(text: string): number | undefined {
  return /^(?:절)?반$/.test(text) ? 0.5 : parseKoreanNumber(text);
}

function englishAmount(text: string): number | undefined {
  if (/^(?:an?|the|each|every|1 single|a single|one single|a full)$/.test(text)) return 1;
  if (/^(?:a )?half\b/.test(text)) return 0.5;
  if (text.startsWith('a quarter')) return 0.25;
  if (text.startsWith('a third')) return 1 / 3;
  return parseEnglishNumber(text.replace(/ and half$/, ' and a half'));
}

async function convert({ from, to, amount }: Asked, sentences: Sentences): Promise<SkillReply> {
  const { language } = sentences;
  if (from.kind !== to.kind) {
    return { text: sentences.reply('depends', { a: sentences.reply(from.kind), b: sentences.reply(to.kind) }) };
  }
  const { unit } = await import('mathjs');
  const value = unit(amount * from.times, from.unit).toNumber(to.unit) / to.times;
  const said = sayNumber(value, language);
  const given = sayNumber(amount, language).text;
  const name = `${said.exact ? 'converted' : 'about'}${given === '1' || from.kind === 'temperature' ? '' : '-many'}`;
  return { text: sentences.reply(name, { from: sayAmount(given, from, language), to: sayAmount(said.text, to, language) }) };
}
