import { KeptAlerts } from '../alerts/keptAlerts.js';
import type { LoadSkill, SkillMatch, SkillRequest } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';
import { normalize } from '../sentences/normalize.js';
import { durationPatterns, parseDuration, sayDurationBefore } from '../values/duration.js';
import { type TimerRequest, timerRequest } from './request.js';
import { Timers } from './timers.js';

/** So long after "For how long?" a duration alone is the answer to it. */
const ANSWER_WITHIN_MS = 30_000;

/** "Set a timer for five minutes", "how long is left", "cancel the tea timer". */
export const load: LoadSkill = async (home) => {
  const sentences = await loadSentences('timer', { en: { duration: durationPatterns.en }, ko: { duration: durationPatterns.ko } });
  const alerts: KeptAlerts = await KeptAlerts.load(home, 'timers', {
    due: ({ name, durationMs, language }) => {
      if (name !== undefined) return sentences[language].reply('due-named', { name });
      if (durationMs === undefined) return sentences[language].reply('due');
      return sentences[language].reply('due-of', {
        duration: sayDurationBefore(durationMs, language),
      });
    },
    missed: ({ name, language }) =>
      sentences[language].reply('missed', {
        timer: name === undefined ? sentences[language].reply('one') : sentences[language].reply('one-named', { name }),
      }),
    lost: (language) => sentences[language].reply('lost'),
  });
  const timers = new Timers(alerts, sentences);
  let askedAt: number | undefined;

  function understand({ text, language, now }: SkillRequest): TimerRequest | undefined {
    for (const recognised of sentences[language].recognise(text)) {
      const request = timerRequest(recognised, language);
      if (request !== undefined) return request;
    }
    if (askedAt === undefined || now.getTime() - askedAt > ANSWER_WITHIN_MS) return undefined;
    const durationMs = parseDuration(normalize(text, language).replace(/^(?:for|about) /, ''), language);
    return durationMs === undefined ? undefined : { intent: 'set', durationMs };
  }

  return {
    name: 'timer',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: (asked): SkillMatch | undefined => {
      const request = understand(asked);
      if (request === undefined) return undefined;
      return {
        skill: 'timer',
        intent: request.intent,
        run: async (context) => {
          askedAt = request.intent === 'ask-duration' ? asked.now.getTime() : undefined;
          return await timers.answer(request, asked.language, context);
        },
      };
    },
    close: async () => await alerts.close(),
  };
};
