import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseTarget, type HostView, summarize } from '../../../src/handoff/device/hostChoice.js';
import type { HostPresent } from '../../../src/handoff/schemas.js';
import { hostPresent } from '../../support/hostPresent.js';

function host(name: string, state: HostView['state'] = 'ready', changes: Partial<HostPresent> = {}, confirmed = true): HostView {
  return { host: name, state, confirmed, status: hostPresent(changes) };
}
const none = new Set<string>();
const choose = (hosts: readonly HostView[], tried: ReadonlySet<string> = none, attempt = 1, random = () => 0.3) =>
  chooseTarget(hosts, 'home', tried, attempt, random);

describe('whom to ask', () => {
  it.each<[string, readonly HostView[], ReadonlySet<string>, number, object | undefined]>([
    ['nobody', [], none, 1, undefined],
    ['only one: it', [host('a')], none, 1, { to: 'host', host: 'a' }],
    ['several that are well: whichever the broker picks', [host('a'), host('b')], none, 1, { to: 'pool' }],
    ['one of them is gone for good: the same', [host('a'), host('b'), host('c', 'offline')], none, 1, { to: 'pool' }],
    ['the broker does not share: one of them', [host('a', 'ready', { shared: false }), host('b')], none, 1, { to: 'host' }],
    ['one of them is full: the other', [host('a', 'busy'), host('b')], none, 1, { to: 'host', host: 'b' }],
    ['one of them is silent: the other', [host('a', 'stale'), host('b')], none, 1, { to: 'host', host: 'b' }],
    ['one of them loads: the other', [host('a', 'unavailable'), host('b')], none, 1, { to: 'host', host: 'b' }],
    ['one has been tried: the other', [host('a'), host('b')], new Set(['a']), 2, { to: 'host', host: 'b' }],
    ['all have been tried: nobody', [host('a'), host('b')], new Set(['a', 'b']), 3, undefined],
    ['the pool did not answer: one by name', [host('a'), host('b')], none, 2, { to: 'host' }],
    [
      'only the broker’s memory of one: the one that was heard',
      [host('a', 'ready', {}, false), host('b')],
      none,
      2,
      { to: 'host', host: 'b' },
    ],
    ['all are full: one of them all the same', [host('a', 'busy')], none, 1, { to: 'host', host: 'a' }],
    ['all are silent: nobody', [host('a', 'stale'), host('b', 'offline')], none, 1, undefined],
    ['another pool: nobody', [host('a', 'ready', { pool: 'office' })], none, 1, undefined],
  ])('%s', (_, hosts, tried, attempt, target) => {
    const chosen = choose(hosts, tried, attempt);
    if (target === undefined) expect(chosen).toBeUndefined();
    else expect(chosen).toMatchObject(target);
  });

  it('of two the one with less to do', () => {
    const hosts = [host('slow', 'ready', { waitMs: 9_000 }), host('quick', 'ready', { waitMs: 10 })];
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (random) => {
        void expect(choose(hosts, none, 2, () => random)).toEqual({ to: 'host', host: 'quick' });
      }),
    );
  });

  it('of many always one that is there and not tried; the busiest never while there is another', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(fc.subarray(names), fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })), (triedNames, stream) => {
        const hosts = names.map((name, at) => host(name, 'ready', { queue: at }));
        const tried = new Set(triedNames);
        const left = names.filter((name) => !tried.has(name));
        const chosen = choose(hosts, tried, 2, () => stream.next().value);
        if (left.length === 0) return chosen === undefined;
        if (chosen?.to !== 'host') return false;
        return left.includes(chosen.host) && (left.length === 1 || chosen.host !== left.at(-1));
      }),
    );
  });
});

describe('what routing is told', () => {
  it('counts hosts of the pool that take questions', () => {
    const hosts = [
      host('a', 'ready', { queue: 2, running: 1, tokensPerSecond: 20 }),
      host('b', 'ready', { queue: 1, running: 1, tokensPerSecond: 10 }),
      host('c', 'busy', { queue: 4, running: 1, tokensPerSecond: 15 }),
      host('e', 'refusing', { tokensPerSecond: 99 }),
      host('f', 'stale', { tokensPerSecond: 99 }),
      host('d', 'ready', { pool: 'office' }),
    ];
    expect(summarize(hosts, 'home')).toEqual({ count: 3, queue: 2, tokensPerSecond: 20 });
    expect(summarize([], 'home')).toEqual({ count: 0, queue: 0, tokensPerSecond: undefined });
  });
});
