import type { Language } from '../../speech-to-text/contract.js';
import { type KeptAlert, MAX_ALERTS } from '../alerts/alertFile.js';
import type { KeptAlerts } from '../alerts/keptAlerts.js';
import type { SkillContext, SkillReply } from '../contract.js';
import type { SentencesByLanguage } from '../sentences/byLanguage.js';
import { parseTimes } from '../values/clockTimes.js';
import { inOneSentence } from '../values/list.js';
import { sayWhen } from '../values/sayTime.js';

/** What is asked of the alarms, with its times understood. */
export interface AlarmRequest {
  readonly intent: string;
  readonly times?: readonly Date[];
  readonly repeat?: 'daily' | 'weekdays';
  readonly name?: string;
  /** Which one is meant: a time or a name. */
  readonly which?: string;
}

/** What can be asked of the alarms, each with its answer. */
export class Alarms {
  private readonly alerts: KeptAlerts;
  private readonly sentences: SentencesByLanguage;

  constructor(alerts: KeptAlerts, sentences: SentencesByLanguage) {
    this.alerts = alerts;
    this.sentences = sentences;
  }

  async answer(request: AlarmRequest, language: Language, context: SkillContext): Promise<SkillReply> {
    const sentences = this.sentences[language];
    const say = (name: string, values: Readonly<Record<string, string | number>> = {}) => ({ text: sentences.reply(name, values) });
    if (request.intent === 'ask-time') return say('ask-time');
    if (request.intent === 'set-for') return { text: await this.set(request, language) };
    if (this.alerts.isRinging() && request.intent.startsWith('cancel')) {
      context.stopEverything();
      return { text: '', followUp: false };
    }
    const all = this.alerts.running();
    const [first] = all;
    if (first === undefined) return say('none');
    if (request.intent === 'list') {
      if (all.length === 1) return say('only', { when: this.when(first, language) });
      return say('list', {
        count: all.length,
        alarms: inOneSentence(
          all.map((alarm) => this.when(alarm, language)),
          language,
        ),
      });
    }
    if (request.intent === 'cancel-all' && all.length > 1) {
      await this.alerts.remove(all);
      return say('cancelled-all', { count: all.length });
    }
    const found = request.which === undefined ? all : all.filter((alarm) => this.isMeant(alarm, request.which ?? '', language));
    const [alarm, ...others] = found;
    if (alarm === undefined) return say('not-found');
    if (others.length > 0)
      return say('which', {
        alarms: inOneSentence(
          found.map((one) => this.when(one, language)),
          language,
        ),
      });
    await this.alerts.remove([alarm]);
    return say('cancelled', { alarm: this.call(alarm, language) });
  }

  private async set({ times = [], repeat, name }: AlarmRequest, language: Language): Promise<string> {
    const sentences = this.sentences[language];
    if (this.alerts.running().length + times.length > MAX_ALERTS / 2) return sentences.reply('too-many');
    const added: KeptAlert[] = [];
    for (const time of times) {
      const dueAt = time.getTime();
      added.push(
        await this.alerts.add({ language, dueAt, ...(name === undefined ? {} : { name }), ...(repeat === undefined ? {} : { repeat }) }),
      );
    }
    const when = inOneSentence(
      added.map((alarm) => this.when(alarm, language)),
      language,
    );
    if (repeat !== undefined) return sentences.reply(`set-${repeat}`, { when });
    return name === undefined ? sentences.reply('set', { when }) : sentences.reply('set-named', { name, when });
  }

  private call(alarm: KeptAlert, language: Language): string {
    const when = this.when(alarm, language);
    const sentences = this.sentences[language];
    return alarm.name === undefined ? sentences.reply('one', { when }) : sentences.reply('one-named', { name: alarm.name, when });
  }

  private when({ dueAt }: KeptAlert, language: Language): string {
    return sayWhen(new Date(dueAt), this.alerts.clock.now(), language);
  }

  private isMeant({ dueAt, name }: KeptAlert, which: string, language: Language): boolean {
    if (name !== undefined && (name.includes(which) || which.includes(name))) return true;
    const due = new Date(dueAt);
    const now = this.alerts.clock.now();
    const sameClock = (time: Date) => time.getHours() % 12 === due.getHours() % 12 && time.getMinutes() === due.getMinutes();
    const times = parseTimes(which, language, now);
    if (times.length > 0) return times.some((time) => time.getTime() === dueAt) || times.some(sameClock);
    return sayWhen(due, now, language).includes(which) || PART_OF_DAY[which]?.(due.getHours()) === true;
  }
}

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
