import type { Language } from '../../speech-to-text/contract.js';
import { counts, meansAll } from '../alerts/choice.js';
import { KeptAlerts } from '../alerts/keptAlerts.js';
import type { LoadSkill, SkillMatch, SkillRequest } from '../contract.js';
import { bareAnswers } from '../sentences/bareAnswers.js';
import { loadSentences } from '../sentences/byLanguage.js';
import { normalize } from '../sentences/normalize.js';
import { durationPatterns, parseDuration, sayDurationBefore } from '../values/duration.js';
import { englishNumber } from '../values/englishNumbers.js';
import { MINUTES, type TimerRequest, timerRequest } from './request.js';
import { Timers } from './timers.js';

/** Korean: what it is set for comes before it. */
const WHY = '.{1,12}(?:게|니까|거든|려고|는데|거야|테니까)';

/** So long after "For how long?" a duration alone is the answer to it. */
const ANSWER_WITHIN_MS = 30_000;

/** "Set a timer for five minutes", "how long is left", "cancel the tea timer". */
export const load: LoadSkill = async (home) => {
  const sentences = await loadSentences('timer', {
    en: { duration: durationPatterns.en, minutes: englishNumber },
    ko: { duration: durationPatterns.ko, why: WHY },
  });
  const alerts: KeptAlerts = await KeptAlerts.load(
    home,
    { name: 'timers', countsDown: true },
    {
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
    },
  );
  const timers = new Timers(alerts, sentences);
  /** When something was asked back, and what the answer to it is about: one to be set, or one of several. */
  let asked: { readonly at: number; readonly about: TimerRequest | 'duration' } | undefined;

  function understand({ text, language, now, goesOn, undo }: SkillRequest): TimerRequest | undefined {
    for (const recognised of sentences[language].recognise(text, goesOn)) {
      const request = timerRequest(recognised, language, now);
      if (request === undefined) continue;
      if (recognised.goesOn && request.intent !== 'set' && !timers.lastRuns) continue;
      // "Cancel the first one"; names are known without what was said before.
      if (recognised.goesOn && request.which !== undefined && !counts(request.which, language)) continue;
      // "Cancel that" takes back what was just set or changed.
      if (request.intent === 'cancel-it' && undo !== undefined) continue;
      // "How long on the pasta" is only about a timer where there is one of that name.
      const { intent, which } = request;
      if (intent.endsWith('-of') && !timers.hasNamed(which)) continue;
      if (intent === 'cancel-everything' && !timers.anyRuns) continue;
      if (intent === 'give-time' && !timers.anyRuns && !timers.anyRang) continue;
      if (intent === 'give-time') return { ...request, intent: 'add-time' };
      if (intent === 'put-time') return { ...request, intent: timers.anyRuns ? 'add-time' : 'set' };
      return { ...request, intent: intent === 'cancel-everything' ? 'cancel-all' : intent.replace(/-(?:of|it)$/, '') };
    }
    if (asked === undefined || now.getTime() - asked.at > ANSWER_WITHIN_MS) return undefined;
    const answer = normalize(text, language);
    if (asked.about !== 'duration') return choiceOf(answer, asked.about, language);
    // "For how long?" "Twenty."
    const [durationMs] = bareAnswers(text, language).flatMap(
      (plain) => parseDuration(plain, language) ?? parseDuration(`${plain} ${MINUTES[language]}`, language) ?? [],
    );
    return durationMs === undefined ? undefined : { intent: 'set', durationMs };
  }

  /** The answer to "Which one?": a name, or all of them. */
  function choiceOf(answer: string, request: TimerRequest, language: Language): TimerRequest | undefined {
    if (request.intent.startsWith('cancel') && meansAll(answer, language)) return { intent: 'cancel-all' };
    const which = answer.replace(
      /^(?:(?:the|my) )?(?:one (?:for |called )?(?:the |my )?)?|(?: one| timer)+$|(?: ?짜리)?(?: ?(?:타이머|거|것))?(?:요|이요)?$/g,
      '',
    );
    const among = timers.chosen(which, request, language);
    const { which: _, ...rest } = request;
    return among === undefined ? undefined : { ...rest, among };
  }

  return {
    name: 'timer',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: (spoken): SkillMatch | undefined => {
      const request = understand(spoken);
      if (request === undefined) return undefined;
      return {
        skill: 'timer',
        intent: request.intent,
        ...(request.intent === 'set' ? { sets: 1 } : {}),
        run: async (context) => {
          const reply = await timers.answer(request, spoken.language, context);
          const about = request.intent === 'ask-duration' ? 'duration' : timers.unclear;
          asked = about === undefined ? undefined : { at: spoken.now.getTime(), about };
          return reply;
        },
      };
    },
    close: async () => await alerts.close(),
  };
};
