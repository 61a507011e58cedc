import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Alert, SkillClock, SkillHome } from '../contract.js';
import { type KeptAlert, type Repeat, readAlertFile, writeAlertFile } from './alertFile.js';
import { systemClock } from './systemClock.js';

/** After a power cut, and where the clock jumps, what was due less long ago than this rings at once; what is older is said as missed. */
const RING_LATE_MS = 15 * 60_000;
/** The wall clock is looked at this often, because it jumps: summer time, a machine that slept, a Pi that has just found the time. */
const LOOK_AGAIN_MS = 30_000;

/** What is said when one is due, when one was missed, and when the file was not readable. */
export interface AlertTexts {
  due(alert: KeptAlert): string;
  missed(alert: KeptAlert): string;
  lost(language: 'en' | 'ko'): string;
}

export type NewAlert = Omit<KeptAlert, 'id'>;

export interface AlertKind {
  /** Of the file in the data folder. */
  readonly name: 'timers' | 'alarms';
  /** What is due after a while rather than at a time of day: where the clock is set, it moves along. */
  readonly countsDown: boolean;
}

/** The clock is slewed by less; more is a jump, ms. */
const JUMP_MS = 2_000;

/** The running timers, or the alarms: kept on disk, and rung when they are due. */
export class KeptAlerts {
  readonly clock: SkillClock;
  private readonly home: SkillHome;
  private readonly path: string;
  private readonly texts: AlertTexts;
  private readonly countsDown: boolean;
  /** Ids of what was set since the start: what was set before went by the clock while the device was off. */
  private readonly setHere = new Set<string>();
  /** How far the clock is ahead of the time that passed, ms. */
  private aheadMs: number;
  private kept: readonly KeptAlert[] = [];
  private readonly ringing = new Set<string>();
  private rang: { readonly alert: KeptAlert; readonly at: number } | undefined;
  private cancelWaiting: (() => void) | undefined;
  private writing: Promise<void> = Promise.resolve();
  private closed = false;

  private constructor(home: SkillHome, { name, countsDown }: AlertKind, texts: AlertTexts) {
    this.home = home;
    this.clock = home.clock ?? systemClock;
    this.path = join(home.dataFolder, `${name}.json`);
    this.texts = texts;
    this.countsDown = countsDown;
    this.aheadMs = this.clock.now().getTime() - this.clock.passedMs();
  }

  static async load(home: SkillHome, kind: AlertKind, texts: AlertTexts): Promise<KeptAlerts> {
    const alerts = new KeptAlerts(home, kind, texts);
    const { name } = kind;
    const { alerts: kept, lost } = await readAlertFile(alerts.path);
    if (lost) alerts.tell(`${name}-lost`, texts.lost(home.languages[0] ?? 'en'), home.languages[0] ?? 'en');
    alerts.kept = kept;
    alerts.ringDue();
    await alerts.writing;
    return alerts;
  }

  /** Those not ringing yet, soonest first; paused ones last. */
  running(): readonly KeptAlert[] {
    this.followClock();
    return this.kept.filter(({ id }) => !this.ringing.has(id)).sort((a, b) => this.leftMs(a) - this.leftMs(b));
  }

  isRinging(): boolean {
    return this.ringing.size > 0;
  }

  /** Those ringing; where none is, the one that stopped ringing less than `withinMs` ago. */
  justRang(withinMs: number): readonly KeptAlert[] {
    if (this.isRinging()) return this.kept.filter(({ id }) => this.ringing.has(id));
    return this.rang !== undefined && this.clock.now().getTime() - this.rang.at <= withinMs ? [this.rang.alert] : [];
  }

  leftMs({ dueAt, pausedLeftMs }: KeptAlert): number {
    return pausedLeftMs ?? dueAt - this.clock.now().getTime();
  }

  async add(alert: NewAlert): Promise<KeptAlert> {
    const added = { ...alert, id: randomUUID() };
    this.setHere.add(added.id);
    await this.change([...this.kept, added]);
    return added;
  }

  async remove(removed: readonly KeptAlert[]): Promise<void> {
    const ids = new Set(removed.map(({ id }) => id));
    for (const id of ids) this.setHere.delete(id);
    await this.change(this.kept.filter(({ id }) => !ids.has(id)));
  }

  async replace(alert: KeptAlert): Promise<void> {
    await this.change(this.kept.map((kept) => (kept.id === alert.id ? alert : kept)));
  }

  /** What runs stays on disk for the next start. */
  async close(): Promise<void> {
    this.closed = true;
    this.cancelWaiting?.();
    await this.writing;
  }

  private async change(alerts: readonly KeptAlert[]): Promise<void> {
    this.kept = alerts;
    this.ringDue();
    await this.write();
  }

  private async write(): Promise<void> {
    const { kept } = this;
    const write = this.writing.then(() => writeAlertFile(this.path, kept));
    this.writing = write.catch(() => {});
    await write;
  }

  private ringDue(): void {
    this.cancelWaiting?.();
    if (this.closed) return;
    this.dropMissed();
    for (const alert of this.running().filter((one) => one.pausedLeftMs === undefined && this.leftMs(one) <= 0)) this.ring(alert);
    const next = this.running().find(({ pausedLeftMs }) => pausedLeftMs === undefined);
    if (next === undefined) return;
    this.cancelWaiting = this.clock.after(Math.min(this.leftMs(next), LOOK_AGAIN_MS), () => this.ringDue());
  }

  /** A Pi has no clock of its own: minutes after the start the network sets it hours ahead, and a timer still has its minutes left. */
  private followClock(): void {
    const aheadMs = this.clock.now().getTime() - this.clock.passedMs();
    const jumpMs = aheadMs - this.aheadMs;
    this.aheadMs = aheadMs;
    if (!this.countsDown || Math.abs(jumpMs) < JUMP_MS || this.setHere.size === 0) return;
    this.kept = this.kept.map((alert) => (this.setHere.has(alert.id) ? { ...alert, dueAt: alert.dueAt + jumpMs } : alert));
    this.writeBeside();
  }

  private ring(kept: KeptAlert): void {
    const alert: Alert = { id: kept.id, text: this.texts.due(kept), language: kept.language };
    this.ringing.add(kept.id);
    this.home
      .ring(alert)
      .catch((error: unknown) => this.home.onTrouble?.(error))
      .then(async () => {
        // A device that is switched off while it rings rings again when it is back.
        if (this.closed) return;
        this.ringing.delete(kept.id);
        this.rang = { alert: kept, at: this.clock.now().getTime() };
        await this.change(this.without(kept));
      })
      .catch((error: unknown) => this.home.onTrouble?.(error));
  }

  /** One that comes again waits for its next time. */
  private without(done: KeptAlert): readonly KeptAlert[] {
    if (done.repeat === undefined) {
      this.setHere.delete(done.id);
      return this.kept.filter(({ id }) => id !== done.id);
    }
    const dueAt = nextTime(done.dueAt, done.repeat, this.clock.now().getTime());
    return this.kept.map((kept) => (kept.id === done.id ? { ...kept, dueAt } : kept));
  }

  private dropMissed(): void {
    const missed = this.running().filter((alert) => alert.pausedLeftMs === undefined && this.leftMs(alert) < -RING_LATE_MS);
    for (const alert of missed) {
      this.tell(`${alert.id}-missed`, this.texts.missed(alert), alert.language);
      this.kept = this.without(alert);
    }
    if (missed.length > 0) this.writeBeside();
  }

  private writeBeside(): void {
    this.write().catch((error: unknown) => this.home.onTrouble?.(error));
  }

  private tell(id: string, text: string, language: 'en' | 'ko'): void {
    this.home.ring({ id, text, language, kind: 'notice' }).catch((error: unknown) => this.home.onTrouble?.(error));
  }
}

/** The same time of day on the next day that it is for, after `now`; summer time doesn't move it. */
export function nextTime(dueAt: number, repeat: Repeat, now: number): number {
  const next = new Date(dueAt);
  do next.setDate(next.getDate() + 1);
  while (next.getTime() <= now || !repeat.includes(next.getDay()));
  return next.getTime();
}
