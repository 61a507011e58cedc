import type { AudioSink } from '../../audio/contract.js';
import { earcon } from '../../audio/earcons.js';
import type { Alert } from '../../skills/contract.js';
import { pause } from '../../waiting.js';
import type { Mouth } from './mouth.js';

/** What rings, and is told why it can't. */
export interface Bell {
  readonly sink: AudioSink | undefined;
  readonly mouth: Mouth;
  readonly onTrouble: (error: unknown) => void;
}

/** A loudspeaker, or a voice, that failed is tried again after so long, ms. */
const AGAIN_AFTER_MS = 1_000;

interface Waiting {
  readonly alert: Alert;
  readonly done: () => void;
  /** The device was told that it is due, and it began to ring or to be said. */
  told: boolean;
  begun: boolean;
}

/**
 * Timers and alarms that are due: they wait for the device to be free, then ring until somebody stops them. Notices are said once; in
 * quiet hours they wait until those are over.
 */
export class Alerts {
  private readonly waiting = new Map<string, Waiting>();
  private onDue: ((alertId: string) => void) | undefined;
  private onOver: (alertId: string) => void = () => {};
  private quiet = false;
  private readonly onRinging: (ringing: boolean) => void;

  /** `onRinging`: a timer or an alarm begins or ends to ring. */
  constructor(onRinging: (ringing: boolean) => void = () => {}) {
    this.onRinging = onRinging;
  }

  /** The device is there: it is told of what is due, and of what was before; and where that is over before anything of it was heard. */
  attach(onDue: (alertId: string) => void, onOver: (alertId: string) => void = () => {}): void {
    this.onDue = onDue;
    this.onOver = onOver;
    this.tell();
  }

  /** Whether notices wait. */
  hush(quiet: boolean): void {
    this.quiet = quiet;
    this.tell();
  }

  /** Resolves when it was stopped or gave up. */
  async add(alert: Alert): Promise<void> {
    this.stop(alert.id);
    await new Promise<void>((done) => {
      this.waiting.set(alert.id, { alert, done, told: false, begun: false });
      this.tell();
    });
  }

  private tell(): void {
    if (this.onDue === undefined) return;
    for (const [id, waiting] of this.waiting) {
      if (waiting.told || (this.quiet && waiting.alert.kind === 'notice')) continue;
      waiting.told = true;
      this.onDue(id);
    }
  }

  /**
   * Rings and says what is due, again and again, until `signal` fires, with whichever of loudspeaker and voice works: somebody wants to
   * be woken. A notice is said once, and rejects where it can't be.
   */
  async ring(alertId: string, { sink, mouth, onTrouble }: Bell, signal: AbortSignal): Promise<void> {
    const waiting = this.waiting.get(alertId);
    if (waiting === undefined) return;
    waiting.begun = true;
    const { alert } = waiting;
    const say = () => mouth.speak({ sentences: once(alert.text), language: alert.language, signal });
    if (alert.kind === 'notice') {
      await say();
      return;
    }
    let told = false;
    const sound = async (make: () => Promise<unknown>): Promise<void> => {
      try {
        await make();
      } catch (error) {
        if (!told) onTrouble(error);
        told = true;
        await pause(AGAIN_AFTER_MS, signal);
      }
    };
    this.onRinging(true);
    try {
      while (!signal.aborted) {
        if (sink !== undefined) await sound(() => sink.play([earcon('ring')], { signal }));
        if (!signal.aborted) await sound(say);
        if (sink === undefined) return;
      }
    } finally {
      this.onRinging(false);
    }
  }

  /** True where it had waited and nothing of it was heard. */
  stop(alertId: string): boolean {
    const waiting = this.waiting.get(alertId);
    this.waiting.delete(alertId);
    waiting?.done();
    if (waiting?.told === true && !waiting.begun) this.onOver(alertId);
    return waiting?.begun === false;
  }

  stopAll(): void {
    for (const id of this.waiting.keys()) this.stop(id);
  }
}

/** One sentence as a mouth takes it. */
export async function* once(sentence: string): AsyncGenerator<string> {
  yield sentence;
}
