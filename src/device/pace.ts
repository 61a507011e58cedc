import type { ActorOptions, AnyActorLogic } from 'xstate';
import { samplesToMs } from '../audio/contract.js';
import { systemClock } from '../skills/alerts/systemClock.js';
import type { SkillClock } from '../skills/contract.js';

type Clock = NonNullable<ActorOptions<AnyActorLogic>['clock']>;

/** What a device needs of time: timers for its charts and skills, and holding the input while an engine works. */
export interface Pace {
  readonly clock: Clock;
  /** The time of day, and what skills wait by. */
  readonly skillClock: SkillClock;
  /** Milliseconds, monotonic. */
  now(): number;
  /** One more frame of input has been heard. */
  advance(samples: number): void;
  /** An engine works: in a replay, the input waits until the returned function is called. Calling it twice does nothing. */
  hold(): () => void;
  /** Resolves when the next frame may be taken in. */
  ready(): Promise<void>;
}

/** Live, or a file at the pace of real time: the wall clock; nothing is ever held. */
export class RealTimePace implements Pace {
  readonly clock: Clock = { setTimeout: (fn, ms) => setTimeout(fn, ms), clearTimeout: (id) => clearTimeout(id) };
  readonly skillClock = systemClock;
  now(): number {
    return performance.now();
  }
  advance(): void {}
  hold(): () => void {
    return () => {};
  }
  async ready(): Promise<void> {}
}

interface Timer {
  readonly fn: (...args: unknown[]) => void;
  readonly due: number;
}

/** Longest wait of Node's own timers. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * A file as fast as it can be (`--fast`), with the result of real time: time is the input's own. While an engine works the input
 * stands still, and only then does the wall clock count too, so that limits still end an engine that hangs.
 */
export class ReplayPace implements Pace {
  private readonly startsAt: number;
  private nowMs = 0;
  /** When the timer is due that is being served: for it, that is now. */
  private servingAt: number | undefined;
  private holds = 0;
  /** Those who let the input pass, whoever else holds it. */
  private passing = 0;
  /** By the wall clock, while the input stands still. */
  private stillSince: number | undefined;
  private wake: (() => void) | undefined;
  private wallTimer: NodeJS.Timeout | undefined;
  private readonly timers = new Map<number, Timer>();
  private nextId = 1;

  readonly clock: Clock = {
    setTimeout: (fn, ms) => {
      const id = this.nextId++;
      this.timers.set(id, { fn, due: this.now() + ms });
      this.watchWall();
      return id;
    },
    clearTimeout: (id: number) => this.timers.delete(id),
  };

  /** The day of the replay begins now and goes on as fast as the input: a timer that was set in it rings in it. */
  readonly skillClock: SkillClock = {
    now: () => new Date(this.startsAt + this.now()),
    passedMs: () => this.now(),
    after: (ms, run) => {
      const id = this.clock.setTimeout(run, ms);
      return () => this.clock.clearTimeout(id);
    },
  };

  /** `startsAt`: the time of day at which it begins, ms since 1970. */
  constructor(startsAt: number = Date.now()) {
    this.startsAt = startsAt;
  }

  now(): number {
    return this.servingAt ?? (this.stillSince === undefined ? this.nowMs : this.nowMs + performance.now() - this.stillSince);
  }

  advance(samples: number): void {
    this.moveTo(this.nowMs + samplesToMs(samples));
  }

  hold(): () => void {
    this.holds += 1;
    this.standOrGoOn();
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.holds -= 1;
      this.standOrGoOn();
    };
  }

  /** Lets `ms` of input pass, whoever holds it: an engine that is slow in the replay's own time. Ends early when `signal` fires. */
  async letPass(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.passing += 1;
    this.standOrGoOn();
    await new Promise<void>((resolve) => {
      const id = this.clock.setTimeout(resolve, ms);
      const end = () => {
        this.clock.clearTimeout(id);
        resolve();
      };
      signal.addEventListener('abort', end, { once: true });
    });
    this.passing -= 1;
    this.standOrGoOn();
  }

  async ready(): Promise<void> {
    // Whatever the last frame set going (promises of charts and actors) takes its first steps, and its holds, before the next one.
    await settle();
    while (this.stillSince !== undefined) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      await settle();
    }
  }

  private standOrGoOn(): void {
    if (this.holds > 0 && this.passing === 0) {
      this.stillSince ??= performance.now();
      this.watchWall();
    } else if (this.stillSince !== undefined) {
      clearTimeout(this.wallTimer);
      const until = this.nowMs + performance.now() - this.stillSince;
      this.stillSince = undefined;
      this.moveTo(until);
      this.wake?.();
      this.wake = undefined;
    }
  }

  private watchWall(): void {
    clearTimeout(this.wallTimer);
    if (this.stillSince === undefined || this.timers.size === 0) return;
    const next = Math.min(...Array.from(this.timers.values(), (timer) => timer.due));
    this.wallTimer = setTimeout(
      () => {
        this.fireDue(this.now());
        this.watchWall();
      },
      Math.min(Math.max(0, next - this.now()), MAX_TIMEOUT_MS),
    );
  }

  private moveTo(ms: number): void {
    this.fireDue(ms);
    this.nowMs = Math.max(this.nowMs, ms);
  }

  /** In order of time; a timer that sets another one in the past is served in the same sweep. */
  private fireDue(ms: number): void {
    for (;;) {
      const due = Array.from(this.timers).filter(([, timer]) => timer.due <= ms);
      due.sort(([a, x], [b, y]) => x.due - y.due || a - b);
      const first = due[0];
      if (first === undefined) return;
      this.timers.delete(first[0]);
      const before = this.servingAt;
      this.servingAt = first[1].due;
      try {
        first[1].fn();
      } finally {
        this.servingAt = before;
      }
    }
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
