import type { Language } from '../../speech-to-text/contract.js';
import { type KeptAlert, MAX_ALERTS, type Repeat } from '../alerts/alertFile.js';
import { counted } from '../alerts/choice.js';
import { type KeptAlerts, nextTime } from '../alerts/keptAlerts.js';
import type { SkillContext, SkillReply } from '../contract.js';
import type { SentencesByLanguage } from '../sentences/byLanguage.js';
import { sayDuration } from '../values/duration.js';
import { inOneSentence } from '../values/list.js';
import { sayTime, sayWhen } from '../values/sayTime.js';
import { nearTo } from './halfDay.js';
import { sameDays, sayRepeat } from './repeat.js';
import { isDay, isMeant, isOn, saysWhen } from './which.js';

/** What is asked of the alarms, with its times understood. */
export interface AlarmRequest {
  readonly intent: string;
  readonly times?: readonly Date[];
  /** The words that named them. */
  readonly said?: string;
  readonly repeat?: Repeat;
  /** For how long it may sleep on. */
  readonly durationMs?: number;
  readonly name?: string;
  /** Which one is meant: a time or a name. */
  readonly which?: string;
  /** "It": the one that was spoken of last. */
  readonly goesOn?: boolean;
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
  /** Ids of those that were spoken of last. */
  private last: ReadonlySet<string> = new Set();

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
    return this.alerts.running().some(this.meant(which, language));
  }

  /** Whether what was spoken of last is still set. */
  get lastRuns(): boolean {
    return this.alerts.running().some(({ id }) => this.last.has(id));
  }

  /** Ids of those that the answer to "Which one?" means; undefined where it means none of them. */
  chosen(which: string, { among }: AlarmRequest, language: Language): ReadonlySet<string> | undefined {
    const asked = this.alerts.running().filter(({ id }) => among?.has(id) ?? true);
    const one = counted(which, asked, language);
    const found = one === undefined ? asked.filter(this.meant(which, language)) : [one];
    return found.length === 0 ? undefined : idsOf(found);
  }

  async answer(request: AlarmRequest, language: Language, context: SkillContext): Promise<SkillReply> {
    this.unclear = undefined;
    const { intent } = request;
    const say = (name: string): SkillReply => ({ text: this.sentences[language].reply(name) });
    if (intent === 'ask-time' || intent === 'no-such-time' || intent === 'no-such-repeat') return say(intent);
    if (intent === 'set-for') return await this.set(request, language);
    if (intent === 'snooze') return await this.snooze(request.durationMs ?? SNOOZE_MS, language, context);
    if (this.hasJustRung(request, language)) {
      context.stopEverything();
      return { text: '', followUp: false };
    }
    if (intent === 'cancel-all' && this.alerts.isRinging()) context.stopEverything();
    const all = this.alerts.running();
    const [first] = all;
    if (first === undefined) return intent === 'change-to' ? await this.set(request, language) : say('none');
    if (intent === 'next') return this.tellNext(first, language);
    if (intent === 'list') return this.tell(request.which, language);
    if (intent === 'cancel-all' && all.length > 1) return await this.cancelAll(request.which, language);
    const found = this.asked(request, language);
    const [alarm, ...others] = found;
    if (alarm === undefined) return say('not-found');
    return others.length > 0 ? this.askBack(request, found, language) : await this.change(alarm, request, language);
  }

  /** One that rang stops at the wake word already: "turn it off" is still about it, and about no other. */
  private hasJustRung({ intent, which }: AlarmRequest, language: Language): boolean {
    if (intent !== 'cancel') return false;
    const rang = this.alerts.justRang(AGAIN_WITHIN_MS);
    return rang.some(which === undefined ? () => true : this.meant(which, language));
  }

  /** Those that a request may mean. */
  private asked(request: AlarmRequest, language: Language): readonly KeptAlert[] {
    const among = request.among ?? (request.goesOn === true ? this.last : undefined);
    const asked = this.alerts.running().filter(({ id }) => among?.has(id) ?? true);
    const which = request.which?.replace(/'s$/, '');
    const one = counted(which ?? (request.intent === 'left' ? 'next' : ''), asked, language);
    if (one !== undefined) return [one];
    if (which === undefined) return asked;
    const isMeant = this.meant(which, language);
    return asked.filter(request.intent === 'skip' ? either(this.on(which), isMeant) : isMeant);
  }

  private askBack(request: AlarmRequest, found: readonly KeptAlert[], language: Language): SkillReply {
    this.unclear = { ...request, among: idsOf(found) };
    const alarms = found.map((alarm) => this.plainWhen(alarm, language));
    return { text: this.sentences[language].reply('which', { alarms: inOneSentence(alarms, language, 'disjunction') }) };
  }

  private tellNext(alarm: KeptAlert, language: Language): SkillReply {
    this.last = idsOf([alarm]);
    return { text: this.sentences[language].reply('next', { when: this.date(alarm, language).replace(/^on /, '') }) };
  }

  /** All of them, or those of a time or a name. */
  private tell(said: string | undefined, language: Language): SkillReply {
    const which = said?.replace(/^(?:for|on) /, '') ?? '';
    const all = this.alerts.running();
    const named = saysWhen(which, this.now(), language) || (which !== '' && this.knows(which, language));
    const asked = named ? all.filter(either(this.on(which), this.meant(which, language))) : all;
    this.last = idsOf(asked);
    const sentences = this.sentences[language];
    const [only] = asked;
    if (only === undefined) return { text: sentences.reply('not-found') };
    if (asked.length === 1) return { text: sentences.reply('only', { when: this.plainWhen(only, language) }) };
    const alarms = asked.map((alarm) => this.plainWhen(alarm, language));
    return { text: sentences.reply('list', { count: asked.length, alarms: inOneSentence(alarms, language) }) };
  }

  /** What is asked of the one that is meant. */
  private async change(alarm: KeptAlert, request: AlarmRequest, language: Language): Promise<SkillReply> {
    const sentences = this.sentences[language];
    const { intent } = request;
    if (intent === 'skip' && alarm.repeat !== undefined) {
      const next = await this.leaveOut(alarm);
      return { text: sentences.reply('skipped', { when: this.date(next ?? alarm, language).replace(/^on /, '') }) };
    }
    if (intent === 'left') {
      this.last = idsOf([alarm]);
      const minutes = Math.max(1, Math.round(this.alerts.leftMs(alarm) / 60_000));
      return { text: sentences.reply('left', { duration: sayDuration(minutes * 60_000, language), alarm: this.call(alarm, language) }) };
    }
    await this.alerts.remove([alarm]);
    if (intent === 'change-to') return await this.move(alarm, request, language);
    if (intent === 'later' || intent === 'earlier') return await this.shift(alarm, request, language);
    return { text: sentences.reply('cancelled', { alarm: this.call(alarm, language) }) };
  }

  /** All of them, or those of a time: what comes again and is only cancelled for a day is left out on it. */
  private async cancelAll(which: string | undefined, language: Language): Promise<SkillReply> {
    const all = this.alerts.running();
    const these = which === undefined ? all : all.filter(either(this.on(which), this.meant(which, language)));
    const [first] = these;
    if (first === undefined) return { text: this.sentences[language].reply('not-found') };
    const text =
      these.length === 1
        ? this.sentences[language].reply('cancelled', { alarm: this.call(first, language) })
        : this.sentences[language].reply('cancelled-all', { count: these.length });
    for (const alarm of these) {
      if (which === undefined || !isDay(which)) await this.alerts.remove([alarm]);
      else await this.leaveOut(alarm);
    }
    return { text };
  }

  /** Once; where it doesn't come again it is gone. */
  private async leaveOut(alarm: KeptAlert): Promise<KeptAlert | undefined> {
    await this.alerts.remove([alarm]);
    return alarm.repeat === undefined
      ? undefined
      : await this.alerts.add({ ...alarm, dueAt: nextTime(alarm.dueAt, alarm.repeat, this.now().getTime()) });
  }

  private async move(alarm: KeptAlert, request: AlarmRequest, language: Language): Promise<SkillReply> {
    const { said } = request;
    const times = request.times?.map((time) => (said === undefined ? time : nearTo(alarm.dueAt, time, said, language, this.now())));
    const reply = await this.set({ ...alarm, ...request, ...(times === undefined ? {} : { times }) }, language);
    const moved = this.last;
    const undo = async () => {
      await this.alerts.remove(this.alerts.running().filter(({ id }) => moved.has(id)));
      return await this.set({ ...alarm, intent: 'set-for', times: [new Date(alarm.dueAt)] }, language);
    };
    return { ...reply, undo };
  }

  /** Later or earlier by a duration; earlier than now is the next day. */
  private async shift(alarm: KeptAlert, { intent, durationMs = 0 }: AlarmRequest, language: Language): Promise<SkillReply> {
    const now = this.now().getTime();
    const time = alarm.dueAt + (intent === 'later' ? durationMs : -durationMs);
    const moved = new Date(time > now ? time : nextTime(time, EVERY_DAY, now));
    return await this.move(alarm, { intent, times: [moved] }, language);
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
    this.last = idsOf(added);
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
    const dueAt = this.now().getTime() + ms;
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
    return sayWhen(new Date(dueAt), this.now(), language);
  }

  /** After "set for": "Friday at 9:00 AM" without its "on". */
  private plainWhen(alarm: KeptAlert, language: Language): string {
    return this.when(alarm, language).replace(/^on /, '');
  }

  private meant(which: string, language: Language): (alarm: KeptAlert) => boolean {
    return (alarm) => isMeant(alarm, which, { language, now: this.now(), when: this.when(alarm, language) });
  }

  private on(day: string): (alarm: KeptAlert) => boolean {
    return (alarm) => isOn(alarm, day, this.now());
  }

  private now(): Date {
    return this.alerts.clock.now();
  }
}

const EVERY_DAY: Repeat = [0, 1, 2, 3, 4, 5, 6];

function idsOf(alarms: readonly KeptAlert[]): ReadonlySet<string> {
  return new Set(alarms.map(({ id }) => id));
}

function either<T>(one: (value: T) => boolean, other: (value: T) => boolean): (value: T) => boolean {
  return (value) => one(value) || other(value);
}
