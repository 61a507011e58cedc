import type { LoadSkill } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';

/** "Stop": ends whatever runs, without a word. "Never mind", "cancel that": takes back what was just done; where nothing was, it stops. */
export const load: LoadSkill = async () => {
  const sentences = await loadSentences('stop');
  return {
    name: 'stop',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language, undo, rang }) => {
      const recognised = sentences[language].recognise(text, rang);
      if (recognised.length === 0) return undefined;
      if (undo !== undefined && recognised.some(({ intent }) => intent === 'take-back'))
        return { skill: 'stop', intent: 'undo', run: undo };
      return {
        skill: 'stop',
        intent: 'stop',
        run: async (context) => {
          context.stopEverything();
          return { text: '', followUp: false };
        },
      };
    },
    close: async () => {},
  };
};
