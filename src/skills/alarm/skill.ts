import type { Language } from '../../speech-to-text/contract.js';
import { meansAll } from '../alerts/choice.js';
import { KeptAlerts } from '../alerts/keptAlerts.js';
import { Holidays } from '../clock/holidays.js';
import type { LoadSkill, SkillMatch, SkillRequest } from '../contract.js';
import { loadSentences } from '../sentences/byLanguage.js';
import { normalize } from '../sentences/normalize.js';
import { parseTimes } from '../values/clockTimes.js';
import { durationPatterns, parseDuration } from '../values/duration.js';
import { englishNumber } from '../values/englishNumbers.js';
import { koreanMoment } from '../values/koreanTimes.js';
import { sayTime } from '../values/sayTime.js';
import { type AlarmRequest, Alarms } from './alarms.js';
import { inTheMorning, meansMorning, saysHalf } from './halfDay.js';
import { nameIn } from './name.js';
import { repeatIn } from './repeat.js';

/** So long after "For what time?" a time alone is the answer to it. */
const ANSWER_WITHIN_MS = 30_000;
/** More than that in one request is no request for alarms. */
const MAX_TIMES = 5;

/** Nothing but a time: "make it seven thirty", and not "make it five times as loud". */
const EN_TIME = `(?:(?:${[
  englishNumber,
  "\\d{1,2}:\\d\\d|o'?clock|[ap]\\.? ?m\\.?|half|(?:a )?quarter|past|to|till|after|before|noon|midnight|oh",
  'at|on|in the|morning|afternoon|evening|tonight|today|tomorrow|every|day|(?:week|sun|mon|tues|wednes|thurs|fri|satur)days?|weekends?|next',
].join('|')})(?: |(?=$| instead$)))+`;

/** "Set an alarm for seven", "wake me up at half past six", "cancel my alarm". */
export const load: LoadSkill = async (home) => {
  const sentences = await loadSentences('alarm', {
    en: { duration: durationPatterns.en, time: EN_TIME },
    ko: { duration: durationPatterns.ko, moment: koreanMoment },
  });
  const alerts: KeptAlerts = await KeptAlerts.load(
    home,
    { name: 'alarms', countsDown: false },
    {
      due: ({ name, dueAt, language }) => {
        const time = sayTime(new Date(dueAt), language);
        return name === undefined ? sentences[language].reply('due', { time }) : sentences[language].reply('due-named', { name, time });
      },
      missed: ({ dueAt, language }) => sentences[language].reply('missed', { when: sayTime(new Date(dueAt), language) }),
      lost: (language) => sentences[language].reply('lost'),
    },
  );
  const holidays = await Holidays.load();
  const alarms = new Alarms(alerts, sentences);
  /** When something was asked back, and what the answer to it is about: what was said without a time, or one of several. */
  let asked: { readonly at: number; readonly about: AlarmRequest | string } | undefined;

  function understand({ text, language, now, goesOn, undo }: SkillRequest): AlarmRequest | undefined {
    const request = normalize(text, language);
    let noSuchTime = false;
    for (const { intent, slots, goesOn: aboutLast } of sentences[language].recognise(text, goesOn)) {
      if (intent === 'ask-time' && slots.name !== undefined && nameIn(request, language) === undefined) continue;
      if (aboutLast && intent !== 'set-for' && !alarms.lastRuns) continue;
      const about = { ...(aboutLast ? { goesOn: true } : {}), ...(slots.which === undefined ? {} : { which: slots.which }) };
      if (intent === 'snooze' || intent === 'ring-again') {
        const again = alarms.canSnooze(intent) ? snoozeOf(slots, language) : undefined;
        if (again !== undefined) return again;
      } else if (intent === 'later' || intent === 'earlier') {
        const durationMs = parseDuration(slots.duration ?? '', language);
        if (durationMs !== undefined) return { intent, durationMs, ...about };
      } else if (intent === 'cancel-of') {
        if (alarms.knows(slots.which ?? '', language)) return { intent: 'cancel', ...about };
      } else if (intent === 'cancel-it') {
        // "Cancel that" takes back what was just set or moved.
        if (undo === undefined) return { intent: 'cancel', ...about };
      } else if (intent === 'set-for' || intent === 'change-to') {
        // "Move my alarm from six to seven", "I start work at eight, wake me at six"
        const clock = slots.time ?? (intent === 'change-to' ? slots.clock : slots.wake);
        const spoken = clock === undefined ? request : `${intent === 'set-for' || request.startsWith('wake') ? 'wake me ' : ''}at ${clock}`;
        const again = repeatIn(request, language);
        const timed = timesIn(spoken, language, now);
        const called = slots.name === undefined ? (again?.rest ?? request) : `called ${slots.name}`;
        const name = intent === 'set-for' ? nameIn(called, language) : undefined;
        if (timed !== undefined && NO_SUCH_REPEAT.test(request)) return { intent: 'no-such-repeat' };
        if (timed !== undefined)
          return {
            intent,
            ...timed,
            ...(again === undefined ? {} : { repeat: again.repeat }),
            ...(name === undefined ? {} : { name }),
            ...about,
          };
        noSuchTime ||= LIKE_A_TIME[language].test(spoken);
      } else return { intent, ...about };
    }
    if (noSuchTime) return { intent: 'no-such-time' };
    if (asked === undefined || now.getTime() - asked.at > ANSWER_WITHIN_MS || request.split(' ').length > 8) return undefined;
    return typeof asked.about === 'string' ? answerOf(request, asked.about, language, now) : choiceOf(request, asked.about, language);
  }

  /** Undefined where no time is named, or more than anybody wants. */
  function timesIn(spoken: string, language: Language, now: Date): Pick<AlarmRequest, 'times' | 'said'> | undefined {
    const again = repeatIn(spoken, language);
    const once = again?.rest ?? spoken;
    const times = parseTimes(holidays.dated(once, language, now), language, now);
    if (times.length === 0 || times.length > MAX_TIMES) return undefined;
    // "At seven on mondays and at eight on tuesdays" is two requests.
    if (times.length > 1 && repeatIn(once, language) !== undefined) return undefined;
    const morning = meansMorning(spoken, language) || (again !== undefined && !saysHalf(spoken, language));
    return { times: times.map((time) => (morning ? inTheMorning(time, now) : time)), said: spoken };
  }

  /** The answer to "For what time?", understood with what was said before: "wake me up", "set a gym alarm for tomorrow". */
  function answerOf(answer: string, before: string, language: Language, now: Date): AlarmRequest | undefined {
    if (timesIn(answer, language, now) === undefined) return undefined;
    const whole = `${before} ${answer}`;
    const timed = timesIn(language === 'en' ? `${before} at ${answer}` : whole, language, now);
    const again = repeatIn(whole, language);
    const name = nameIn(before, language);
    return timed === undefined
      ? undefined
      : {
          intent: 'set-for',
          ...timed,
          ...(again === undefined ? {} : { repeat: again.repeat }),
          ...(name === undefined ? {} : { name }),
        };
  }

  /** The answer to "Which one?". */
  function choiceOf(answer: string, request: AlarmRequest, language: Language): AlarmRequest | undefined {
    if (request.intent === 'cancel' && meansAll(answer, language)) return { intent: 'cancel-all' };
    const which = answer.replace(/^(?:the )?(?:one )?(?:for |at |on )?|(?: one| alarm)+$|(?: ?(?:알람|거|것))?(?:요|이요)?$/g, '');
    const among = which === '' ? undefined : alarms.chosen(which, request, language);
    if (among === undefined) return undefined;
    const { which: _, ...rest } = request;
    return { ...rest, among };
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
          const timeless = { 'ask-time': normalize(spoken.text, spoken.language), 'no-such-time': '' }[request.intent];
          const about = timeless ?? alarms.unclear;
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

/** Alarms come again by the day of the week, and in no other way. */
const NO_SUCH_REPEAT =
  /\b(?:every|each) (?:other|second|third|few|(?:two|three|four|five|six|\d+) (?:days|weeks|months|hours|minutes)|hour|month|year)\b|\b(?:hourly|monthly|yearly|biweekly|fortnightly)\b/;

/** "25:00", "7:75", "25시": written like a time of day, though it is none. */
const LIKE_A_TIME: Readonly<Record<Language, RegExp>> = {
  en: /(?:^| )(?:\d{1,2}[:.]\d\d|\d{1,4} ?(?:[ap]\.? ?m\b|o'?clock))/,
  ko: /\d ?시(?!간)|\d{1,2}:\d\d/,
};
