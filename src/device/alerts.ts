import type { AudioSink } from '../audio/contract.js';
import { earcon } from '../audio/earcons.js';
import type { Alert } from '../skills/contract.js';
import type { Mouth } from './mouth.js';

interface Waiting {
  readonly alert: Alert;
  readonly done: () => void;
}

/** Timers and alarms that are due: they wait for the device to be free, then ring until somebody stops them. */
export class Alerts {
  private readonly waiting = new Map<string, Waiting>();
  private readonly onDue: (alertId: string) => void;

  constructor(onDue: (alertId: string) => void) {
    this.onDue = onDue;
  }

  /** Resolves when it was stopped or gave up. */
  async add(alert: Alert): Promise<void> {
    await new Promise<void>((done) => {
      this.waiting.set(alert.id, { alert, done });
      this.onDue(alert.id);
    });
  }

  /** Rings and says what is due, again and again, until `signal` fires; a notice is said once. */
  async ring(alertId: string, sink: AudioSink | undefined, mouth: Mouth, signal: AbortSignal): Promise<void> {
    const alert = this.waiting.get(alertId)?.alert;
    if (alert === undefined) return;
    if (alert.kind === 'notice') {
      await mouth.speak({ sentences: once(alert.text), language: alert.language, signal });
      return;
    }
    while (!signal.aborted) {
      await sink?.play([earcon('ring')], { signal });
      if (!signal.aborted) await mouth.speak({ sentences: once(alert.text), language: alert.language, signal });
      if (sink === undefined) return;
    }
  }

  stop(alertId: string): void {
    this.waiting.get(alertId)?.done();
    this.waiting.delete(alertId);
  }

  stopAll(): void {
    for (const id of this.waiting.keys()) this.stop(id);
  }
}

/** One sentence as a mouth takes it. */
export async function* once(sentence: string): AsyncGenerator<string> {
  yield sentence;
}
