import { describe, expect, it } from 'vitest';
import { ReplayPace } from '../../../src/device/pace.js';

const FRAME = 1_280;

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
