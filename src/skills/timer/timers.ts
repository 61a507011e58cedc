import type { Language } from '../../speech-to-text/contract.js';
import { type KeptAlert, MAX_ALERTS } from '../alerts/alertFile.js';
import { counted } from '../alerts/choice.js';
import type { KeptAlerts } from '../alerts/keptAlerts.js';
import type { SkillContext, SkillReply } from '../contract.js';
import type { SentencesByLanguage } from '../sentences/byLanguage.js';
import { parseDuration, sayDuration, sayDurationBefore } from '../values/duration.js';
import { inOneSentence } from '../values/list.js';
import type { TimerRequest } from './request.js';

const LONGEST_MS = 7 * 24 * 3_600_000;
/** So long after one has rung "five more minutes" is about it. */
const AGAIN_WITHIN_MS = 60_000;
/** What can be taken back. */
const CHANGES = new Set(['add-time', 'take-time', 'change-to', 'restart', 'pause', 'resume']);

/** What can be asked of the timers, each with its answer. */
export class Timers {
  private readonly alerts: KeptAlerts;
  private readonly sentences: SentencesByLanguage;
  /** What "Which one?" was asked about. */
  unclear: TimerRequest | undefined;
  /** Ids of those that were spoken of last. */
  private last: ReadonlySet<string> = new Set();

  constructor(alerts: KeptAlerts, sentences: SentencesByLanguage) {
    this.alerts = alerts;
    this.sentences = sentences;
  }

  /** Ids of those that the answer to "Which one?" means; undefined where it means none of them. */
  chosen(which: string, { among }: TimerRequest, language: Language): ReadonlySet<string> | undefined {
    const asked = this.alerts.running().filter(({ id }) => among?.has(id) ?? true);
    const one = counted(which, asked, language);
    const leftMs = parseDuration(which.replace(/^(?:with |that has )/, '').replace(/ left$/, ''), language);
    const left = asked.filter((timer) => leftMs !== undefined && this.left(timer, language) === sayDuration(leftMs, language));
    const named = asked.filter((timer) => isMeant(timer, which, language));
    const found = one !== undefined ? [one] : left.length > 0 ? left : named;
    return which === '' || found.length === 0 ? undefined : new Set(found.map(({ id }) => id));
  }

  /** Whether what was spoken of last still runs. */
  get lastRuns(): boolean {
    return this.alerts.running().some(({ id }) => this.last.has(id));
  }

  /** Whether one that is running, or has just rung, is called exactly that, or it is a word of its name. */
  hasNamed(name: string | undefined): boolean {
    const timers = [...this.alerts.running(), ...this.justRang()];
    return name !== undefined && timers.some((timer) => timer.name === name || timer.name?.split(' ').includes(name) === true);
  }

  /** Whether any runs: "cancel everything" is then about timers. */
  get anyRuns(): boolean {
    return this.alerts.running().length > 0;
  }

  get anyRang(): boolean {
    return this.justRang().length > 0;
  }

  async answer(request: TimerRequest, language: Language, context: SkillContext): Promise<SkillReply> {
    this.unclear = undefined;
    const say = (name: string, values: Readonly<Record<string, string | number>> = {}) => ({
      text: this.sentences[language].reply(name, values),
    });
    if (request.intent === 'set') return await this.set(request, language);
    if (request.intent === 'ask-duration') return say('ask-duration');
    const rings = this.alerts.isRinging();
    // One that rang stops at the wake word already: what is said then is still about it, and about no other.
    const rang = this.justRang().find((timer) => request.which === undefined || isMeant(timer, request.which, language));
    if (rang !== undefined && request.intent === 'cancel') {
      context.stopEverything();
      return { text: '', followUp: false };
    }
    if (rang !== undefined && request.intent === 'add-time') {
      if (rings) context.stopEverything();
      return await this.set({ ...request, ...(rang.name === undefined ? {} : { name: rang.name }) }, language);
    }
    if (rings && request.intent === 'cancel-all') context.stopEverything();
    const running = this.alerts.running();
    if (running.length === 0 && request.intent === 'change-to') return await this.set(request, language);
    if (running.length === 0) return say(rings ? 'ringing' : 'none');
    if (request.intent === 'list') return say(...this.list(running, language));
    const isIt = request.goesOn === true && request.which === undefined && request.intent !== 'cancel-all';
    const among = request.among ?? (isIt ? this.last : undefined);
    const asked = running.filter(({ id }) => among?.has(id) ?? true);
    const { which = '' } = request;
    const one = counted(which, asked, language);
    const found = one === undefined ? asked.filter((timer) => which === '' || isMeant(timer, which, language)) : [one];
    const [timer, ...others] = found;
    if (timer === undefined) return say('not-found', { name: request.which ?? '' });
    this.last = new Set(found.map(({ id }) => id));
    if (others.length > 0 && request.intent === 'cancel-all') {
      await this.alerts.remove(found);
      return say('cancelled-all', { count: found.length });
    }
    if (others.length > 0 && request.intent === 'left') return say(...this.list(found, language));
    const names = this.toldApart(found, language);
    if (names.length > 1) {
      this.unclear = { ...request, among: this.last };
      return say('which', { timers: inOneSentence(names, language, 'disjunction') });
    }
    const reply = say(...(await this.change(timer, request, language)));
    return CHANGES.has(request.intent) ? { ...reply, undo: async () => await this.putBack(timer, language) } : reply;
  }

  /** What to call them so that one can be chosen; fewer than there are where some can't be told apart, so that any of them will do. */
  private toldApart(timers: readonly KeptAlert[], language: Language): readonly string[] {
    const names = new Set(timers.map((timer) => this.call(timer, language)));
    return names.size === timers.length ? [...names] : [...new Set(timers.map((timer) => this.withLeft(timer, language)))];
  }

  private async putBack(timer: KeptAlert, language: Language): Promise<SkillReply> {
    await this.alerts.replace(timer);
    const [name, values] = this.leftOf(timer, language);
    return { text: this.sentences[language].reply(name, values) };
  }

  /** "your tea timer", "the 5 minute timer" */
  call(timer: KeptAlert, language: Language): string {
    const sentences = this.sentences[language];
    if (timer.name !== undefined) return sentences.reply('one-named', { name: timer.name });
    if (timer.durationMs === undefined) return sentences.reply('one');
    return sentences.reply('one-of', { duration: sayDurationBefore(timer.durationMs, language) });
  }

  private justRang(): readonly KeptAlert[] {
    return this.alerts.justRang(AGAIN_WITHIN_MS);
  }

  private async set({ durationMs, name }: TimerRequest, language: Language): Promise<SkillReply> {
    const say = (reply: string, values = {}) => ({ text: this.sentences[language].reply(reply, values) });
    if (durationMs === undefined) return say('ask-duration');
    if (durationMs > LONGEST_MS) return say('too-long');
    if (this.alerts.running().length >= MAX_ALERTS / 2) return say('too-many');
    const dueAt = this.alerts.clock.now().getTime() + durationMs;
    const timer = await this.alerts.add({ language, dueAt, durationMs, ...(name === undefined ? {} : { name }) });
    this.last = new Set([timer.id]);
    const duration = sayDuration(durationMs, language, 'exact');
    const undo = async () => {
      await this.alerts.remove([timer]);
      return say('cancelled', { timer: this.call(timer, language) });
    };
    return { ...say(name === undefined ? 'set' : 'set-named', { duration, name }), undo };
  }

  private list(timers: readonly KeptAlert[], language: Language): Said {
    const items = timers.map((timer) => this.withLeft(timer, language));
    const [only] = timers;
    this.last = new Set(timers.map(({ id }) => id));
    if (timers.length === 1 && only !== undefined) return this.leftOf(only, language);
    return ['list', { count: timers.length, timers: inOneSentence(items, language) }];
  }

  private async change(timer: KeptAlert, { intent, durationMs = 0 }: TimerRequest, language: Language): Promise<Said> {
    const named = { timer: this.call(timer, language) };
    if (intent.startsWith('cancel')) {
      await this.alerts.remove([timer]);
      return ['cancelled', named];
    }
    if (intent === 'add-time') return await this.shift(timer, durationMs, language);
    if (intent === 'take-time') return await this.shift(timer, -durationMs, language);
    if (intent === 'restart') return await this.shift(timer, (timer.durationMs ?? 0) - this.alerts.leftMs(timer), language);
    if (intent === 'change-to') {
      return await this.shift({ ...timer, durationMs }, durationMs - this.alerts.leftMs(timer), language);
    }
    if (intent === 'pause' && timer.pausedLeftMs === undefined) {
      await this.alerts.replace({ ...timer, pausedLeftMs: Math.max(0, this.alerts.leftMs(timer)) });
      return ['paused', { ...named, duration: this.left(timer, language) }];
    }
    if (intent === 'resume' && timer.pausedLeftMs !== undefined) {
      const { pausedLeftMs, ...rest } = timer;
      await this.alerts.replace({ ...rest, dueAt: this.alerts.clock.now().getTime() + pausedLeftMs });
      return ['resumed', { ...named, duration: sayDuration(pausedLeftMs, language) }];
    }
    return this.leftOf(timer, language);
  }

  private async shift(timer: KeptAlert, byMs: number, language: Language): Promise<Said> {
    const leftMs = Math.min(this.alerts.leftMs(timer) + byMs, LONGEST_MS);
    const moved =
      timer.pausedLeftMs === undefined
        ? { ...timer, dueAt: this.alerts.clock.now().getTime() + leftMs }
        : { ...timer, pausedLeftMs: Math.max(0, leftMs) };
    await this.alerts.replace(moved);
    return ['changed', { timer: this.call(timer, language), duration: sayDuration(leftMs, language) }];
  }

  private leftOf(timer: KeptAlert, language: Language): Said {
    const values = { timer: this.call(timer, language), duration: this.left(timer, language) };
    return [timer.pausedLeftMs === undefined ? 'left' : 'left-paused', values];
  }

  private withLeft(timer: KeptAlert, language: Language): string {
    return this.sentences[language].reply('list-item', { timer: this.call(timer, language), duration: this.left(timer, language) });
  }

  private left(timer: KeptAlert, language: Language): string {
    return sayDuration(this.alerts.leftMs(timer), language);
  }
}

/** A reply's name and its values. */
type Said = readonly [name: string, values?: Readonly<Record<string, string>> | Readonly<Record<string, string | number>>];

function isMeant({ name, durationMs }: KeptAlert, which: string, language: Language): boolean {
  if (name !== undefined && (name === which || name.includes(which) || which.includes(name))) return true;
  return durationMs !== undefined && parseDuration(which, language) === durationMs;
}
