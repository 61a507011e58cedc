import type { LoadSkill } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';

/** "Stop", "never mind": ends whatever runs, without a word. */
export const load: LoadSkill = async () => {
  const sentences = await loadSentences('stop');
  return {
    name: 'stop',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language }) =>
      sentences[language].recognise(text).length === 0
        ? undefined
        : {
            skill: 'stop',
            intent: 'stop',
            run: async (context) => {
              context.stopEverything();
              return { text: '', followUp: false };
            },
          },
    close: async () => {},
  };
};
