import { KeptAlerts } from '../alerts/keptAlerts.js';
import type { LoadSkill, SkillMatch, SkillRequest } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';
import { normalize } from '../sentences/normalize.js';
import { parseTimes } from '../values/clockTimes.js';
import { sayTime } from '../values/sayTime.js';
import { type AlarmRequest, Alarms } from './alarms.js';

/** So long after "For what time?" a time alone is the answer to it. */
const ANSWER_WITHIN_MS = 30_000;
/** More than that in one request is no request for alarms. */
const MAX_TIMES = 5;

/** "Set an alarm for seven", "wake me up at half past six", "cancel my alarm". */
export const load: LoadSkill = async (home) => {
  const sentences = await loadSentences('alarm');
  const alerts: KeptAlerts = await KeptAlerts.load(home, 'alarms', {
    due: ({ name, dueAt, language }) => {
      const time = sayTime(new Date(dueAt), language);
      return name === undefined ? sentences[language].reply('due', { time }) : sentences[language].reply('due-named', { name, time });
    },
    missed: ({ dueAt, language }) => sentences[language].reply('missed', { when: sayTime(new Date(dueAt), language) }),
    lost: (language) => sentences[language].reply('lost'),
  });
  const alarms = new Alarms(alerts, sentences);
  let askedAt: number | undefined;

  function understand({ text, language, now }: SkillRequest): AlarmRequest | undefined {
    const request = normalize(text, language);
    for (const { intent, slots } of sentences[language].recognise(text)) {
      if (intent !== 'set-for') return { intent, ...(slots.which === undefined ? {} : { which: slots.which }) };
      const times = parseTimes(request, language, now);
      const name = slots.name;
      if (times.length > 0 && times.length <= MAX_TIMES)
        return { intent, times, ...repeatOf(request), ...(name === undefined ? {} : { name }) };
    }
    if (askedAt === undefined || now.getTime() - askedAt > ANSWER_WITHIN_MS || request.split(' ').length > 6) return undefined;
    const times = parseTimes(request, language, now);
    return times.length === 0 ? undefined : { intent: 'set-for', times };
  }

  return {
    name: 'alarm',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: (asked): SkillMatch | undefined => {
      const request = understand(asked);
      if (request === undefined) return undefined;
      return {
        skill: 'alarm',
        intent: request.intent,
        run: async (context) => {
          askedAt = request.intent === 'ask-time' ? asked.now.getTime() : undefined;
          return await alarms.answer(request, asked.language, context);
        },
      };
    },
    close: async () => await alerts.close(),
  };
};

function repeatOf(text: string): { readonly repeat?: 'daily' | 'weekdays' } {
  if (/\b(?:every (?:weekday|workday)|(?:on )?weekdays)\b|평일/.test(text)) return { repeat: 'weekdays' };
  return /\b(?:every (?:day|morning|evening|night)|daily|each (?:day|morning))\b|매일/.test(text) ? { repeat: 'daily' } : {};
}
