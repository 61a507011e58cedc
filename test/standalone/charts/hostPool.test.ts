import { describe, expect, it } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import type { HostStatus } from '../../../src/handoff/schemas.js';
import { type HostEvent, hostMachine, hostPoolMachine } from '../../../statecharts/hostPool.js';
import { hostPresent } from '../../support/hostPresent.js';

const limits = { staleMs: 1_000, refusedMs: 200, forgetMs: 60_000 };

function status(state: HostStatus['state']): HostStatus {
  return state === 'offline' ? { v: 1, state, instance: hostPresent().instance } : hostPresent({ state });
}
const live = (state: HostStatus['state']): HostEvent => ({ type: 'STATUS', status: status(state), live: true });
const kept = (state: HostStatus['state']): HostEvent => ({ type: 'STATUS', status: status(state), live: false });
const wait = (ms: number) => ms;

/** In small steps: a time limit that begins within the wait counts from there. */
function pass(clock: SimulatedClock, ms: number): void {
  for (let passed = 0; passed < ms; passed += 100) clock.increment(Math.min(100, ms - passed));
}

/** Plays events and waits; gives the state at the end. */
function played(steps: readonly (HostEvent | number)[]) {
  const clock = new SimulatedClock();
  const actor = createActor(hostMachine, { clock, input: { host: 'big', limits } }).start();
  for (const step of steps) typeof step === 'number' ? pass(clock, step) : actor.send(step);
  const { value, context } = actor.getSnapshot();
  const state = typeof value === 'string' ? value : Object.values(value)[0];
  actor.stop();
  return { state, confirmed: context.confirmed };
}

describe('one host, as the device believes', () => {
  it.each<[string, readonly (HostEvent | number)[], string, boolean]>([
    ['unheard of', [], 'offline', false],
    ['ready', [live('ready')], 'ready', true],
    ['ready as the broker remembers', [kept('ready')], 'ready', false],
    ['busy', [live('busy')], 'busy', true],
    ['loading', [live('loading')], 'unavailable', true],
    ['draining', [live('draining')], 'unavailable', true],
    ['gone by its will', [live('ready'), live('offline')], 'offline', false],
    ['gone as the broker remembers', [kept('offline')], 'offline', false],
    ['back', [live('offline'), live('ready')], 'ready', true],
    ['silent, almost too long', [live('ready'), wait(999)], 'ready', true],
    ['silent too long', [live('ready'), wait(1_000)], 'stale', false],
    ['silent too long after the broker’s memory', [kept('ready'), wait(1_000)], 'stale', false],
    ['its heartbeat keeps it', [live('ready'), wait(900), live('ready'), wait(900)], 'ready', true],
    ['busy and silent', [live('busy'), wait(1_000)], 'stale', false],
    ['loading and silent', [live('loading'), wait(1_000)], 'stale', false],
    ['stale and heard again', [live('ready'), wait(1_500), live('ready')], 'ready', true],
    ['stale and gone', [live('ready'), wait(1_500), live('offline')], 'offline', false],
    ['refused', [live('ready'), { type: 'REFUSED' }], 'refusing', true],
    ['refused a while ago', [live('ready'), { type: 'REFUSED' }, wait(200)], 'ready', true],
    ['refused, and says that it has room', [live('ready'), { type: 'REFUSED' }, live('ready')], 'ready', true],
    ['refused, and says that it is full', [live('ready'), { type: 'REFUSED' }, live('busy')], 'busy', true],
    ['refused does not make it younger', [live('ready'), wait(900), { type: 'REFUSED' }, wait(100)], 'stale', false],
    ['did not answer', [live('ready'), { type: 'UNANSWERED' }], 'stale', false],
    ['did not answer, and is heard again', [live('ready'), { type: 'UNANSWERED' }, live('ready')], 'ready', true],
    ['the link is lost', [live('ready'), { type: 'LINK_LOST' }], 'stale', false],
    ['the link is lost while it is gone', [live('offline'), { type: 'LINK_LOST' }], 'offline', false],
    ['the link is back', [live('ready'), { type: 'LINK_LOST' }, kept('ready')], 'ready', false],
    ['the broker’s memory says nothing against what was seen', [live('ready'), kept('offline')], 'ready', true],
    ['a refusal of one that is not ready changes nothing', [live('busy'), { type: 'REFUSED' }], 'busy', true],
    ['gone for long', [live('ready'), live('offline'), wait(60_000)], 'forgotten', false],
    ['stale for long', [live('ready'), wait(61_000)], 'forgotten', false],
  ])('%s', (_, steps, state, confirmed) => {
    expect(played(steps)).toEqual({ state, confirmed });
  });

  it('is forgotten in the end from every state, with no further word', () => {
    for (const first of [live('ready'), live('busy'), live('loading'), live('offline'), kept('ready')]) {
      expect(played([first, { type: 'REFUSED' }, wait(61_000)]).state).toBe('forgotten');
    }
  });
});

describe('the pool', () => {
  function pool(most = 3) {
    const clock = new SimulatedClock();
    const actor = createActor(hostPoolMachine, { clock, input: { limits, most } }).start();
    const states = () =>
      Object.fromEntries(
        [...actor.getSnapshot().context.hosts].map(([host, one]) => [
          host,
          JSON.stringify(one.getSnapshot().value).replaceAll(/[{}"]/g, ''),
        ]),
      );
    const say = (host: string, state: HostStatus['state']) => actor.send({ type: 'STATUS', host, status: status(state), live: true });
    return { clock, actor, states, say };
  }

  it('keeps each host by itself', () => {
    const { actor, states, say } = pool();
    say('a', 'ready');
    say('b', 'busy');
    actor.send({ type: 'REFUSED', host: 'a' });
    actor.send({ type: 'UNANSWERED', host: 'b' });
    actor.send({ type: 'REFUSED', host: 'unheard-of' });
    expect(states()).toEqual({ a: 'present:refusing', b: 'stale' });
  });

  it('doubts all of them when the link is lost', () => {
    const { actor, states, say } = pool();
    say('a', 'ready');
    say('b', 'offline');
    actor.send({ type: 'LINK_LOST' });
    expect(states()).toEqual({ a: 'stale', b: 'offline' });
  });

  it('is bounded, and makes room when one is forgotten', () => {
    const { clock, states, say } = pool();
    for (const name of ['a', 'b', 'c', 'd']) say(name, 'ready');
    expect(Object.keys(states())).toEqual(['a', 'b', 'c']);
    pass(clock, 30_000);
    say('b', 'ready');
    pass(clock, 31_500);
    expect(Object.keys(states())).toEqual(['b']);
    say('d', 'ready');
    expect(states()).toMatchObject({ d: 'present:ready' });
  });

  it('takes names that objects have built in', () => {
    const { states, say } = pool();
    say('constructor', 'ready');
    say('toString', 'busy');
    expect(states()).toEqual({ constructor: 'present:ready', toString: 'present:busy' });
  });
});
