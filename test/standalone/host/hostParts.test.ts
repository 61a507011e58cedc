import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Load, refusalOf } from '../../../src/host/admission.js';
import { FairQueue } from '../../../src/host/fairQueue.js';
import { type HostView, statusText } from '../../../src/host/hostScreen.js';
import { ReplyLog } from '../../../src/host/replyLog.js';
import { Speed } from '../../../src/host/speed.js';
import { TextBatcher } from '../../../src/host/textBatcher.js';
import type { Generation } from '../../../src/language-model/contract.js';

describe('the fair queue', () => {
  const pushes = fc
    .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 })
    .map((devices) => devices.map((device, at) => ({ device, at })));

  it('gives everything back once, that of one device in order', () => {
    fc.assert(
      fc.property(pushes, (items) => {
        const queue = new FairQueue<{ device: string; at: number }>();
        for (const item of items) queue.push(item.device, 0, item);
        void expect(queue.length).toBe(items.length);
        const out = items.map(() => queue.shift());
        void expect(queue.shift()).toBeUndefined();
        for (const device of ['a', 'b', 'c']) {
          void expect(out.filter((item) => item?.device === device)).toEqual(items.filter((item) => item.device === device));
        }
      }),
    );
  });

  it('never lets a device be two turns ahead of another one that waits', () => {
    fc.assert(
      fc.property(pushes, (items) => {
        const queue = new FairQueue<(typeof items)[number]>();
        for (const item of items) queue.push(item.device, 0, item);
        const had = new Map(items.map(({ device }) => [device, 0]));
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          had.set(next.device, (had.get(next.device) ?? 0) + 1);
          const most = Math.max(...had.values());
          for (const { device } of queue.order()) void expect(had.get(device)).toBeGreaterThanOrEqual(most - 1);
        }
      }),
    );
  });

  it('keeps to the order that it has said', () => {
    fc.assert(
      fc.property(pushes, (items) => {
        const queue = new FairQueue<(typeof items)[number]>();
        for (const item of items) queue.push(item.device, 0, item);
        const order = queue.order();
        void expect(items.map(() => queue.shift())).toEqual(order);
      }),
    );
  });

  it('lets who had fewer turns lately go first, and knows beforehand where a new one would stand', () => {
    let now = 0;
    const queue = new FairQueue<string>(() => now);
    for (const item of ['a1', 'a2']) queue.push('a', 0, item);
    expect([queue.shift(), queue.shift()]).toEqual(['a1', 'a2']);
    queue.push('a', 0, 'a3');
    expect([queue.ahead('b', 0), queue.ahead('a', 0), queue.ahead('b', 2), queue.ahead('b', 3)]).toEqual([0, 1, 1, 1]);
    for (const item of ['b1', 'b2', 'b3']) queue.push('b', 0, item);
    expect(queue.order()).toEqual(['b1', 'b2', 'a3', 'b3']);
    now = 600_001;
    expect(queue.order()).toEqual(['a3', 'b1', 'b2', 'b3']);
  });

  it('gives up what is taken out', () => {
    const queue = new FairQueue<number>();
    queue.push('a', 0, 1);
    queue.push('a', 0, 2);
    expect([queue.remove(1), queue.remove(1), queue.remove(3)]).toEqual([true, false, false]);
    expect([queue.shift(), queue.shift()]).toEqual([2, undefined]);
  });
});

describe('the log of replies', () => {
  it('numbers replies without gaps, and takes nothing after the end', () => {
    const log = new ReplyLog('big', 10, 1_000);
    log.begin('r', 'kitchen');
    const seqs = [
      log.add('r', { kind: 'text', text: 'a' })?.seq,
      log.add('r', { kind: 'text', text: 'b' })?.seq,
      log.add('r', { kind: 'failed', code: 'x' })?.seq,
      log.add('r', { kind: 'text', text: 'c' })?.seq,
      log.add('unheard-of', { kind: 'text', text: 'c' })?.seq,
    ];
    expect(seqs).toEqual([0, 1, 2, undefined, undefined]);
    expect(log.find('r')?.replies.map(({ seq, host }) => [seq, host])).toEqual([
      [0, 'big'],
      [1, 'big'],
      [2, 'big'],
    ]);
  });

  it('keeps a bounded number of what is over, for a bounded time, and whatever is not over', () => {
    let now = 0;
    const log = new ReplyLog('big', 3, 1_000, () => now);
    log.begin('open', 'kitchen');
    for (const id of ['1', '2', '3', '4', '5']) {
      log.begin(id, 'kitchen');
      log.add(id, { kind: 'failed', code: 'x' });
    }
    expect(['open', '1', '2', '3', '4', '5'].map((id) => log.find(id) !== undefined)).toEqual([true, false, false, true, true, true]);
    now = 1_000;
    expect(['open', '5'].map((id) => log.find(id) !== undefined)).toEqual([true, false]);
    expect(log.size).toBe(1);
  });
});

describe('admission', () => {
  const idle: Load = {
    draining: false,
    running: 0,
    atOnce: 1,
    ahead: 0,
    queueLimit: 2,
    ofDevice: 0,
    perDeviceLimit: 2,
    waitMs: 0,
    contextTokens: 1_000,
  };
  const asks = (content = 'why?', ttlMs = 10_000, firstTextMs = 5_000) => ({
    messages: [{ role: 'user' as const, content }],
    ttlMs,
    firstTextMs,
  });

  it.each<[string, ReturnType<typeof asks>, Partial<Load>, string | undefined]>([
    ['an idle host takes it', asks(), {}, undefined],
    ['a busy host takes it', asks(), { running: 1, ahead: 1, waitMs: 3_000 }, undefined],
    ['a busy host of unknown speed takes it', asks(), { running: 1, ahead: 1, waitMs: undefined }, undefined],
    ['draining', asks(), { draining: true }, 'draining'],
    ['the queue is full', asks(), { running: 1, ahead: 2 }, 'queue-full'],
    ['no queue, but idle', asks(), { queueLimit: 0 }, undefined],
    ['no queue, and busy', asks(), { queueLimit: 0, running: 1 }, 'queue-full'],
    ['one device has its share', asks(), { running: 1, ahead: 1, ofDevice: 2 }, 'queue-full'],
    ['no time left', asks('why?', 0), {}, 'deadline-too-short'],
    ['it would be over before its turn', asks('why?', 2_000), { running: 1, waitMs: 3_000 }, 'deadline-too-short'],
    ['its turn would come too late', asks('why?', 60_000, 2_000), { running: 1, waitMs: 3_000 }, 'queue-full'],
    ['too long for the model', asks('x'.repeat(6_100)), {}, 'conversation-too-long'],
    ['just not too long for sure', asks('x'.repeat(5_900)), {}, undefined],
  ])('%s', (_, request, load, refusal) => {
    expect(refusalOf(request, { ...idle, ...load })).toBe(refusal);
  });
});

describe('speed', () => {
  const generation = (tokensPerSecond: number, stopReason: Generation['stopReason'] = 'end'): Generation => ({
    text: '',
    stopReason,
    promptTokens: 1,
    cachedTokens: 0,
    generatedTokens: 10,
    tokensPerSecond,
  });

  it('says how long a new request would wait, once it knows', () => {
    const speed = new Speed();
    expect([speed.waitMs(0, 0, 1), speed.waitMs(1, 0, 1), speed.tokensPerSecond]).toEqual([0, undefined, undefined]);
    speed.warmedUp(20);
    expect([speed.waitMs(1, 0, 1), speed.tokensPerSecond]).toEqual([undefined, 20]);
    speed.add(generation(10), 4_000);
    expect([speed.waitMs(1, 0, 1), speed.waitMs(1, 2, 1), speed.waitMs(2, 2, 2)]).toEqual([2_000, 10_000, 6_000]);
    expect(speed.tokensPerSecond).toBe(17);
  });

  it('learns nothing of answers’ length from those that were cut short', () => {
    const speed = new Speed();
    speed.add(generation(10, 'aborted'), 100);
    expect([speed.waitMs(1, 0, 1), speed.tokensPerSecond]).toEqual([undefined, 10]);
  });
});

describe('the batcher', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sends the first piece at once, joins those that come fast, and loses nothing', () => {
    vi.useFakeTimers();
    const sent: string[] = [];
    const batcher = new TextBatcher((text) => sent.push(text));
    batcher.push('a');
    expect(sent).toEqual(['a']);
    batcher.push('b');
    batcher.push('c');
    expect(sent).toEqual(['a']);
    vi.advanceTimersByTime(15);
    expect(sent).toEqual(['a', 'bc']);
    vi.advanceTimersByTime(100);
    batcher.push('d');
    expect(sent).toEqual(['a', 'bc', 'd']);
    batcher.push('e');
    batcher.flush();
    expect(sent.join('')).toBe('abcde');
    batcher.push('f');
    batcher.close();
    vi.advanceTimersByTime(100);
    expect(sent.join('')).toBe('abcde');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the line on the terminal', () => {
  const figures = { draining: false, full: false, running: 0, queue: 0, tokensPerSecond: undefined, waitMs: undefined, remembered: 0 };
  const view: HostView = { name: 'big', connected: true, devices: 1, queueLimit: 16, figures };

  it.each<[HostView, string]>([
    [{ ...view, figures: undefined }, 'big: loading'],
    [view, 'big: ready · 0 running · 0 of 16 waiting · 1 device'],
    [
      { ...view, devices: 3, figures: { ...figures, running: 1, queue: 2, tokensPerSecond: 21.34 } },
      'big: answering · 1 running · 2 of 16 waiting · 21.3 tokens/s · 3 devices',
    ],
    [{ ...view, connected: false }, 'big: the broker is away · 0 running · 0 of 16 waiting · 1 device'],
    [{ ...view, figures: { ...figures, draining: true, running: 1 } }, 'big: draining · 1 running · 0 of 16 waiting · 1 device'],
    [{ ...view, figures: { ...figures, full: true, running: 1, queue: 16 } }, 'big: full · 1 running · 16 of 16 waiting · 1 device'],
  ])('%#', (one, text) => {
    expect(statusText(one)).toBe(text);
  });
});
