import { describe, expect, it } from 'vitest';
import { ReplayPace } from '../../../src/device/pace.js';

const FRAME = 1_280;
const FRAME_MS = 80;

function pending(promise: Promise<void>): { done: boolean } {
  const state = { done: false };
  promise.then(
    () => {
      state.done = true;
    },
    () => {},
  );
  return state;
}

function clockOf(pace: ReplayPace) {
  return {
    skillClock: pace.skillClock,
    advance: (frames: number): void => {
      for (let frame = 0; frame < frames; frame++) pace.advance(FRAME);
    },
  };
}

async function turns(count = 10): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

describe('a replay', () => {
  it('counts time by the input alone', () => {
    const pace = new ReplayPace();
    const fired: string[] = [];
    pace.clock.setTimeout(() => fired.push('late'), 200);
    pace.clock.setTimeout(() => fired.push('soon'), 80);
    pace.advance(FRAME);
    expect(fired).toEqual(['soon']);
    pace.advance(FRAME);
    pace.advance(FRAME);
    expect(fired).toEqual(['soon', 'late']);
  });

  it('forgets a timer that was cleared', () => {
    const pace = new ReplayPace();
    const fired: string[] = [];
    const id = pace.clock.setTimeout(() => fired.push('no'), 10);
    pace.clock.clearTimeout(id);
    pace.advance(FRAME);
    expect(fired).toEqual([]);
  });

  it('fires timers that other timers set, in order', () => {
    const pace = new ReplayPace();
    const fired: string[] = [];
    pace.clock.setTimeout(() => {
      fired.push('first');
      pace.clock.setTimeout(() => fired.push('second'), 10);
    }, 20);
    pace.advance(FRAME);
    pace.advance(FRAME);
    expect(fired).toEqual(['first', 'second']);
  });

  it('has a time of day that goes on with the input, for skills that wait', () => {
    const { skillClock, advance } = clockOf(new ReplayPace());
    const start = skillClock.now().getTime();
    const rang: number[] = [];
    skillClock.after(200, () => rang.push(skillClock.now().getTime() - start));
    skillClock.after(200, () => rang.push(-1))();
    advance(2);
    expect(skillClock.now().getTime() - start).toBe(160);
    expect(rang).toEqual([]);
    advance(1);
    expect(rang).toEqual([200]);
    expect(skillClock.now().getTime() - start).toBe(240);
  });

  it('shows a timer the time at which it is due, so that what looks again is not served for ever', () => {
    const pace = new ReplayPace();
    const end = pace.now() + 100;
    let looks = 0;
    const look = (): void => {
      looks += 1;
      const left = end - pace.now();
      if (left > 0 && looks < 1_000) pace.clock.setTimeout(look, Math.min(left, 30));
    };
    look();
    pace.advance(FRAME);
    pace.advance(FRAME);
    expect(looks).toBe(5);
  });

  it('lets the input wait while an engine works, until all have let go', async () => {
    const pace = new ReplayPace();
    const first = pace.hold();
    const second = pace.hold();
    const ready = pending(pace.ready());
    first();
    first();
    await turns();
    expect(ready.done).toBe(false);
    second();
    await turns();
    expect(ready.done).toBe(true);
  });

  it('lets as much input pass as an engine says that is slow in its own time, whoever holds it', async () => {
    const pace = new ReplayPace();
    const release = pace.hold();
    const slow = pending(pace.letPass(FRAME_MS, new AbortController().signal));
    await pace.ready();
    pace.advance(FRAME);
    await turns();
    expect(slow.done).toBe(true);
    const ready = pending(pace.ready());
    await turns();
    expect(ready.done).toBe(false);
    release();
    await turns();
    expect(ready.done).toBe(true);
  });

  it('lets no more pass when the engine is told to stop', async () => {
    const pace = new ReplayPace();
    pace.hold();
    const stop = new AbortController();
    const slow = pending(pace.letPass(60_000, stop.signal));
    stop.abort();
    await turns();
    expect(slow.done).toBe(true);
    const ready = pending(pace.ready());
    await turns();
    expect(ready.done).toBe(false);
  });

  it('still ends an engine that hangs: held time counts by the wall clock', async () => {
    const pace = new ReplayPace();
    const release = pace.hold();
    await new Promise<void>((resolve) => {
      pace.clock.setTimeout(() => resolve(), 30);
    });
    release();
    await pace.ready();
  });
});
