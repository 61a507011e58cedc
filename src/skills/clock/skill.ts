import type { Language } from '../../speech-to-text/contract.js';
import type { LoadSkill } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';

const LOCALE: Readonly<Record<Language, string>> = { en: 'en-US', ko: 'ko-KR' };

/** Each intent's words for a moment, in the machine's own time zone. */
const FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  time: { hour: 'numeric', minute: '2-digit' },
  date: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  day: { weekday: 'long' },
  month: { month: 'long' },
  year: { year: 'numeric' },
};

const DAY_MS = 86_400_000;

/** "What time is it", "what's the date". */
export const load: LoadSkill = async () => {
  const sentences = await loadSentences('clock');
  return {
    name: 'clock',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language, now }) => {
      const recognised = sentences[language].recognise(text)[0];
      if (recognised === undefined) return undefined;
      const [name = '', shift = ''] = recognised.intent.split('-');
      const moment = shift === 'tomorrow' ? new Date(now.getTime() + DAY_MS) : now;
      const value = new Intl.DateTimeFormat(LOCALE[language], FORMATS[name]).format(moment);
      return {
        skill: 'clock',
        intent: recognised.intent,
        run: async () => ({ text: sentences[language].reply(recognised.intent, { value }) }),
      };
    },
    close: async () => {},
  };
};
