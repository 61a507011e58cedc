import type { Language } from '../../speech-to-text/contract.js';
import { type KeptAlert, MAX_ALERTS, type Repeat } from '../alerts/alertFile.js';
import { type KeptAlerts, nextTime } from '../alerts/keptAlerts.js';
import type { SkillContext, SkillReply } from '../contract.js';
import type { SentencesByLanguage } from '../sentences/byLanguage.js';
import { parseTimes } from '../values/clockTimes.js';
import { sayDuration } from '../values/duration.js';
import { inOneSentence } from '../values/list.js';
import { daysBetween, sayTime, sayWhen } from '../values/sayTime.js';
import { repeatIn, sameDays, sayRepeat } from './repeat.js';

/** What is asked of the alarms, with its times understood. */
export interface AlarmRequest {
  readonly intent: string;
  readonly times?: readonly Date[];
  readonly repeat?: Repeat;
  /** For how long it may sleep on. */
  readonly durationMs?: number;
  readonly name?: string;
  /** Which one is meant: a time or a name. */
  readonly which?: string;
  /** Ids, where it is one of these: the answer to "Which one?". */
  readonly among?: ReadonlySet<string>;
}

/** So long after an alarm was stopped "snooze" is about it. */
const SNOOZE_WITHIN_MS = 5 * 60_000;
const AGAIN_WITHIN_MS = 60_000;
const SNOOZE_MS = 10 * 60_000;

/** What can be asked of the alarms, each with its answer. */
export class Alarms {
  private readonly alerts: KeptAlerts;
  private readonly sentences: SentencesByLanguage;
  /** What "Which one?" was asked about. */
  unclear: AlarmRequest | undefined;

  constructor(alerts: KeptAlerts, sentences: SentencesByLanguage) {
    this.alerts = alerts;
    this.sentences = sentences;
  }

  /** One rings or has just been stopped, so that it can be told to wait a little; "add a minute" is about it for a shorter time. */
  canSnooze(intent: 'snooze' | 'ring-again'): boolean {
    return this.alerts.justRang(intent === 'snooze' ? SNOOZE_WITHIN_MS : AGAIN_WITHIN_MS).length > 0;
  }

  /** Whether one that is set can be meant by that. */
  knows(which: string, language: Language): boolean {
    return this.alerts.running().some((alarm) => this.isMeant(alarm, which, language));
  }

  async answer(request: AlarmRequest, language: Language, context: SkillContext): Promise<SkillReply> {
    this.unclear = undefined;
    const sentences = this.sentences[language];
    const say = (name: string, values: Readonly<Record<string, string | number>> = {}) => ({ text: sentences.reply(name, values) });
    if (request.intent === 'ask-time' || request.intent === 'no-such-time') return say(request.intent);
    if (request.intent === 'set-for') return await this.set(request, language);
    if (request.intent === 'snooze') return await this.snooze(request.durationMs ?? SNOOZE_MS, language, context);
    if (this.alerts.isRinging() && request.intent.startsWith('cancel')) {
      context.stopEverything();
      return { text: '', followUp: false };
    }
    const all = this.alerts.running();
    const [first] = all;
    if (first === undefined) return request.intent === 'change-to' ? await this.set(request, language) : say('none');
    if (request.intent === 'next') return say('next', { when: this.date(first, language).replace(/^on /, '') });
    if (request.intent === 'list') {
      const which = request.which?.replace(/^(?:for|on) /, '') ?? '';
      const asked = this.isTime(which, language)
        ? all.filter((alarm) => this.isOn(alarm, which) || this.isMeant(alarm, which, language))
        : all;
      const [only] = asked;
      if (only === undefined) return say('not-found');
      if (asked.length === 1) return say('only', { when: this.plainWhen(only, language) });
      const alarms = asked.map((alarm) => this.plainWhen(alarm, language));
      return say('list', { count: asked.length, alarms: inOneSentence(alarms, language) });
    }
    if (request.intent === 'cancel-all' && all.length > 1) {
      await this.alerts.remove(all);
      return say('cancelled-all', { count: all.length });
    }
    const asked = all.filter(({ id }) => request.among?.has(id) ?? true);
    const found = request.which === undefined ? asked : asked.filter((alarm) => this.isMeant(alarm, request.which ?? '', language));
    const [alarm, ...others] = found;
    if (alarm === undefined) return say('not-found');
    if (others.length > 0) {
      this.unclear = { ...request, among: new Set(found.map(({ id }) => id)) };
      const alarms = found.map((one) => this.plainWhen(one, language));
      return say('which', { alarms: inOneSentence(alarms, language, 'disjunction') });
    }
    await this.alerts.remove([alarm]);
    if (request.intent === 'change-to') return await this.set({ ...alarm, ...request }, language);
    return say('cancelled', { alarm: this.call(alarm, language) });
  }

  private async set({ times = [], repeat, name }: AlarmRequest, language: Language): Promise<SkillReply> {
    const say = (reply: string, values = {}) => ({ text: this.sentences[language].reply(reply, values) });
    if (this.alerts.running().length + times.length > MAX_ALERTS / 2) return say('too-many');
    const added: KeptAlert[] = [];
    for (const time of times) {
      const dueAt = repeat === undefined || repeat.includes(time.getDay()) ? time.getTime() : nextTime(time.getTime(), repeat, 0);
      const same = this.alerts.running().find((alarm) => alarm.dueAt === dueAt && alarm.name === name && sameDays(alarm.repeat, repeat));
      const alarm = { language, dueAt, ...(name === undefined ? {} : { name }), ...(repeat === undefined ? {} : { repeat }) };
      // Said twice, it rings once.
      added.push(same ?? (await this.alerts.add(alarm)));
    }
    const when = inOneSentence(
      added.map((alarm) => this.date(alarm, language).replace(/^on /, '')),
      language,
    );
    const undo = async () => await this.takeBack(added, language);
    if (repeat !== undefined) return { ...say('set-again', { when, days: sayRepeat(repeat, language) }), undo };
    return { ...say(name === undefined ? 'set' : 'set-named', { name, when }), undo };
  }

  /** The one that rings, or was just stopped, rings again after a while. */
  private async snooze(ms: number, language: Language, context: SkillContext): Promise<SkillReply> {
    const [{ name } = {}] = this.alerts.justRang(SNOOZE_WITHIN_MS);
    if (this.alerts.isRinging()) context.stopEverything();
    const dueAt = this.alerts.clock.now().getTime() + ms;
    const alarm = await this.alerts.add({ language, dueAt, ...(name === undefined ? {} : { name }) });
    const text = this.sentences[language].reply('snoozed', { duration: sayDuration(ms, language) });
    return { text, followUp: false, undo: async () => await this.takeBack([alarm], language) };
  }

  private async takeBack(alarms: readonly KeptAlert[], language: Language): Promise<SkillReply> {
    await this.alerts.remove(alarms);
    const named = alarms.map((alarm) => this.call(alarm, language));
    return { text: this.sentences[language].reply('cancelled', { alarm: inOneSentence(named, language) }) };
  }

  private call(alarm: KeptAlert, language: Language): string {
    const when = this.when(alarm, language);
    const sentences = this.sentences[language];
    return alarm.name === undefined ? sentences.reply('one', { when }) : sentences.reply('one-named', { name: alarm.name, when });
  }

  /** "tomorrow at 7:00 AM", and for one that comes again "every weekday at 7:00 AM". */
  private when(alarm: KeptAlert, language: Language): string {
    if (alarm.repeat === undefined) return this.date(alarm, language);
    const time = sayTime(new Date(alarm.dueAt), language);
    return this.sentences[language].reply('again', { days: sayRepeat(alarm.repeat, language), time });
  }

  private date({ dueAt }: KeptAlert, language: Language): string {
    return sayWhen(new Date(dueAt), this.alerts.clock.now(), language);
  }

  /** After "set for": "Friday at 9:00 AM" without its "on". */
  private plainWhen(alarm: KeptAlert, language: Language): string {
    return this.when(alarm, language).replace(/^on /, '');
  }

  /** A day, a part of one or a time of day, rather than words that say nothing of when. */
  private isTime(which: string, language: Language): boolean {
    return which in DAYS || which in PART_OF_DAY || parseTimes(which, language, this.alerts.clock.now()).length > 0;
  }

  /** The next time is on that day: "tomorrow". */
  private isOn({ dueAt }: KeptAlert, day: string): boolean {
    return day in DAYS && daysBetween(this.alerts.clock.now(), new Date(dueAt)) === DAYS[day];
  }

  private isMeant(alarm: KeptAlert, which: string, language: Language): boolean {
    const { dueAt, name } = alarm;
    if (name !== undefined && (name.includes(which) || which.includes(name))) return true;
    const due = new Date(dueAt);
    // "My weekday alarm", "the one on mondays"
    const days = repeatIn(which, language) ?? repeatIn(`every ${which}`, language);
    if (days !== undefined && days.rest === '') return sameDays(alarm.repeat, days.repeat);
    // "The one tomorrow" is not one of every day.
    if (which in DAYS) return alarm.repeat === undefined && this.isOn(alarm, which);
    const now = this.alerts.clock.now();
    const sameClock = (time: Date) => time.getHours() % 12 === due.getHours() % 12 && time.getMinutes() === due.getMinutes();
    const times = parseTimes(which, language, now);
    if (times.length > 0) return times.some((time) => time.getTime() === dueAt) || times.some(sameClock);
    return (
      sayWhen(due, now, language).includes(which) ||
      this.when(alarm, language).includes(which) ||
      PART_OF_DAY[which]?.(due.getHours()) === true
    );
  }
}

/** "my alarm tomorrow" */
const DAYS: Readonly<Record<string, number>> = { today: 0, tomorrow: 1, 오늘: 0, 내일: 1, 모레: 2 };

/** "my morning alarm" */
const PART_OF_DAY: Readonly<Record<string, (hour: number) => boolean>> = {
  morning: (hour) => hour < 12,
  afternoon: (hour) => hour >= 12 && hour < 18,
  evening: (hour) => hour >= 17,
  아침: (hour) => hour < 12,
  오전: (hour) => hour < 12,
  오후: (hour) => hour >= 12,
  저녁: (hour) => hour >= 17,
};
