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
              text: inThrees(offers(language))
                .map((some, i) =>
                  sentences[language].reply(i === 0 ? 'abilities' : 'furtherAbilities', { offers: inOneSentence(some, language) }),
                )
                .join(' '),
            }),
          },
    close: async () => {},
  };
};

/** As much as anybody keeps in mind of one sentence. */
function inThrees(all: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(all.length / 3) }, (_, i) => all.slice(3 * i, 3 * i + 3));
}
