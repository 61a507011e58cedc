import type { LoadSkill } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';
import { normalize } from '../sentences/normalize.js';
import { clockAnswer } from './answers.js';
import { daySlots } from './days.js';
import { Holidays } from './holidays.js';
import { momentSlots } from './moments.js';
import { Places } from './places.js';

/** "What time is it in Tokyo", "what's the date", "how many days until Christmas". */
export const load: LoadSkill = async () => {
  const sentences = await loadSentences('clock', { en: { ...daySlots.en, ...momentSlots.en }, ko: { ...daySlots.ko, ...momentSlots.ko } });
  const [places, holidays] = await Promise.all([Places.load(), Holidays.load()]);
  return {
    name: 'clock',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language, now, goesOn }) => {
      const parts = { sentences: sentences[language], places, holidays, text: normalize(text, language), now };
      for (const recognised of sentences[language].recognise(text, goesOn)) {
        const answer = clockAnswer(recognised, parts);
        if (answer !== undefined) return { skill: 'clock', intent: recognised.intent, run: async () => ({ text: answer }) };
      }
      return undefined;
    },
    close: async () => {},
  };
};
