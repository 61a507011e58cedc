import type { LoadSkill } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';
import { inOneSentence } from '../values/list.js';

/** "What can you do": says what all skills offer. */
export const load: LoadSkill = async () => {
  const sentences = await loadSentences('help');
  return {
    name: 'help',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language }) =>
      sentences[language].recognise(text).length === 0
        ? undefined
        : {
            skill: 'help',
            intent: 'abilities',
            run: async ({ offers }) => ({
              text: sentences[language].reply('abilities', { offers: inOneSentence(offers(language), language) }),
            }),
          },
    close: async () => {},
  };
};
