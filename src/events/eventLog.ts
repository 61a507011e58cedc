import type { LoggedEvent, TandemEvent } from './events.js';

/** Takes each event in the order in which it happened; must not throw. */
export type EventListener = (event: LoggedEvent) => void;

/** The one stream of events of a device or host. */
export class EventLog {
  private readonly listeners = new Set<EventListener>();
  private readonly startedAt = performance.now();

  /** Milliseconds since start, monotonic. */
  now(): number {
    return Math.round((performance.now() - this.startedAt) * 10) / 10;
  }

  emit(event: TandemEvent, where: { readonly turn?: number | undefined; readonly audioAt?: number | undefined } = {}): void {
    const logged: LoggedEvent = {
      at: this.now(),
      ...(where.turn === undefined ? {} : { turn: where.turn }),
      ...event,
      ...(where.audioAt === undefined ? {} : { audioAt: Math.round(where.audioAt * 10) / 10 }),
    };
    for (const listener of this.listeners) listener(logged);
  }

  /** Returns what takes the listener off again. */
  listen(listener: EventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** What was said is left out unless the person asked for it. */
export function withoutSpeech(event: LoggedEvent): LoggedEvent {
  if (event.event !== 'transcript' && event.event !== 'sentence') return event;
  return { ...event, text: '' };
}
