import type { LoadSkill } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';

/** "Repeat that", "what did you say": the last answer again. */
export const load: LoadSkill = async () => {
  const sentences = await loadSentences('repeat');
  return {
    name: 'repeat',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language }) =>
      sentences[language].recognise(text).length === 0
        ? undefined
        : {
            skill: 'repeat',
            intent: 'repeat',
            run: async (context) => ({ text: context.lastAnswer() ?? sentences[language].reply('nothing') }),
          },
    close: async () => {},
  };
};
