import type { Language } from '../../speech-to-text/contract.js';
import { KeptAlerts } from '../alerts/keptAlerts.js';
import { Holidays } from '../clock/holidays.js';
import type { LoadSkill, SkillMatch, SkillRequest } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';
import { normalize } from '../sentences/normalize.js';
import { parseTimes } from '../values/clockTimes.js';
import { durationPatterns, parseDuration } from '../values/duration.js';
import { koreanMoment } from '../values/koreanTimes.js';
import { sayTime } from '../values/sayTime.js';
import { type AlarmRequest, Alarms } from './alarms.js';
import { nameIn } from './name.js';
import { repeatIn } from './repeat.js';

/** So long after "For what time?" a time alone is the answer to it. */
const ANSWER_WITHIN_MS = 30_000;
/** More than that in one request is no request for alarms. */
const MAX_TIMES = 5;

/** "Set an alarm for seven", "wake me up at half past six", "cancel my alarm". */
export const load: LoadSkill = async (home) => {
  const sentences = await loadSentences('alarm', {
    en: { duration: durationPatterns.en },
    ko: { duration: durationPatterns.ko, moment: koreanMoment },
  });
  const alerts: KeptAlerts = await KeptAlerts.load(home, 'alarms', {
    due: ({ name, dueAt, language }) => {
      const time = sayTime(new Date(dueAt), language);
      return name === undefined ? sentences[language].reply('due', { time }) : sentences[language].reply('due-named', { name, time });
    },
    missed: ({ dueAt, language }) => sentences[language].reply('missed', { when: sayTime(new Date(dueAt), language) }),
    lost: (language) => sentences[language].reply('lost'),
  });
  const holidays = await Holidays.load();
  const alarms = new Alarms(alerts, sentences);
  /** When something was asked back, and what the answer to it is about: a time, or one of several. */
  let asked: { readonly at: number; readonly about: AlarmRequest | 'time' } | undefined;

  function understand({ text, language, now }: SkillRequest): AlarmRequest | undefined {
    const request = normalize(text, language);
    let noSuchTime = false;
    for (const { intent, slots } of sentences[language].recognise(text)) {
      if (intent === 'snooze' || intent === 'ring-again') {
        const again = alarms.canSnooze(intent) ? snoozeOf(slots, language) : undefined;
        if (again !== undefined) return again;
        continue;
      }
      if (intent === 'later' || intent === 'earlier') {
        const durationMs = parseDuration(slots.duration ?? '', language);
        if (durationMs !== undefined) return { intent, durationMs, ...(slots.which === undefined ? {} : { which: slots.which }) };
        continue;
      }
      if (intent !== 'set-for' && intent !== 'change-to') return { intent, ...(slots.which === undefined ? {} : { which: slots.which }) };
      // "Move my alarm from six to seven", "I start work at eight, wake me at six"
      const clock = intent === 'change-to' ? slots.clock : slots.wake;
      const spoken = clock === undefined ? request : `wake me at ${clock}`;
      const again = repeatIn(request, language);
      const once = intent === 'set-for' ? (repeatIn(spoken, language)?.rest ?? spoken) : spoken;
      const times = parseTimes(holidays.dated(once, language, now), language, now).map((time) =>
        meansMorning(spoken) ? inTheMorning(time, now) : time,
      );
      const { which } = slots;
      const name = intent === 'set-for' ? nameIn(slots.name === undefined ? once : `called ${slots.name}`, language) : undefined;
      if (times.length > 0 && times.length <= MAX_TIMES)
        return {
          intent,
          times,
          ...(again === undefined ? {} : { repeat: again.repeat }),
          ...(name === undefined ? {} : { name }),
          ...(which === undefined ? {} : { which }),
        };
      noSuchTime ||= times.length === 0 && LIKE_A_TIME[language].test(spoken);
    }
    if (noSuchTime) return { intent: 'no-such-time' };
    if (asked === undefined || now.getTime() - asked.at > ANSWER_WITHIN_MS || request.split(' ').length > 6) return undefined;
    if (asked.about !== 'time') {
      const which = request.replace(/^(?:the )?(?:one )?(?:for |at |on )?|(?: one| alarm)+$|(?: ?(?:알람|거|것))?(?:요|이요)?$/g, '');
      return which !== '' && alarms.knows(which, language) ? { ...asked.about, which } : undefined;
    }
    const times = parseTimes(request, language, now);
    return times.length === 0 ? undefined : { intent: 'set-for', times };
  }

  return {
    name: 'alarm',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: (spoken): SkillMatch | undefined => {
      const request = understand(spoken);
      if (request === undefined) return undefined;
      return {
        skill: 'alarm',
        intent: request.intent,
        ...(request.intent === 'set-for' ? { sets: request.times?.length ?? 0 } : {}),
        run: async (context) => {
          const reply = await alarms.answer(request, spoken.language, context);
          const about = request.intent === 'ask-time' || request.intent === 'no-such-time' ? 'time' : alarms.unclear;
          asked = about === undefined ? undefined : { at: spoken.now.getTime(), about };
          return reply;
        },
      };
    },
    close: async () => await alerts.close(),
  };
};

/** "Snooze", "five more minutes"; undefined where what is said to be a duration is none. */
function snoozeOf({ duration, count, unit }: Readonly<Record<string, string>>, language: Language): AlarmRequest | undefined {
  const said = duration ?? (unit === undefined ? undefined : `${count ?? 'one'} ${unit}`);
  if (said === undefined) return { intent: 'snooze' };
  const durationMs = parseDuration(said, language);
  return durationMs === undefined ? undefined : { intent: 'snooze', durationMs };
}

/** "25:00", "7:75", "25시": written like a time of day, though it is none. */
const LIKE_A_TIME: Readonly<Record<Language, RegExp>> = {
  en: /(?:^| )(?:\d{1,2}[:.]\d\d|\d{1,4} ?(?:[ap]\.? ?m\b|o'?clock))/,
  ko: /\d ?시(?!간)|\d{1,2}:\d\d/,
};

/** Who wants to be woken at seven, or at seven every day, and says no more, gets up in the morning. */
function meansMorning(text: string): boolean {
  if (
    /\b(?:[ap]\.? ?m\b|morning|afternoon|evening|night|tonight|today|noon|midday|midnight|later|from now|(?:1[3-9]|2[0-3])[:.]?\d\d)|\bin (?:an?|\d|[a-z]+) ?(?:hour|minute)/.test(
      text,
    )
  )
    return false;
  if (/오전|오후|저녁|밤|아침|새벽|낮|점심|정오|자정|오늘|(?:1[3-9]|2[0-4]) ?시|뒤에|후에|있다가|이따가/.test(text)) return false;
  return /\b(?:wake|wake-up|wakeup|awake|sleep|oversleep|get (?:me )?up|have me up|get me out|be up|every (?:day|weekday)|weekdays|weekends|daily)\b|깨워|일어나|모닝콜|매일|평일|주말/.test(
    text,
  );
}

/** Four to eleven in the evening is four to eleven in the morning. */
function inTheMorning(time: Date, now: Date): Date {
  if (time.getHours() < 16) return time;
  const morning = new Date(time.getFullYear(), time.getMonth(), time.getDate(), time.getHours() - 12, time.getMinutes());
  if (morning <= now) morning.setDate(morning.getDate() + 1);
  return morning;
}
