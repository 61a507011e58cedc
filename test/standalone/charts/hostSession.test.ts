import { describe, expect, it } from 'vitest';
import { createActor, fromCallback, SimulatedClock } from 'xstate';
import type { Generation } from '../../../src/language-model/contract.js';
import { type HostSessionEvent, hostSessionMachine } from '../../../statecharts/hostSession.js';

const generation: Generation = { text: 'ab', stopReason: 'end', promptTokens: 1, cachedTokens: 0, generatedTokens: 2 };
const start: HostSessionEvent = { type: 'START' };
const text = (said: string): HostSessionEvent => ({ type: 'TEXT', text: said });
const generated: HostSessionEvent = { type: 'GENERATED', generation };
const broken: HostSessionEvent = { type: 'MODEL_FAILED', code: 'generation-failed' };
const cancel: HostSessionEvent = { type: 'CANCEL' };
const drain: HostSessionEvent = { type: 'DRAIN' };
const giveWay: HostSessionEvent = { type: 'GIVE_WAY' };
const shutDown: HostSessionEvent = { type: 'SHUT_DOWN' };

function played(steps: readonly (HostSessionEvent | number)[]) {
  const clock = new SimulatedClock();
  const did: string[] = [];
  const machine = hostSessionMachine.provide({
    actors: {
      generate: fromCallback(() => {
        did.push('begin');
        return () => did.push('end');
      }),
    },
    actions: {
      publishText: (_, params) => did.push(params.text),
      publishDone: () => did.push('done'),
      publishFailed: (_, { code }) => did.push(code),
    },
  });
  const actor = createActor(machine, { clock, input: { deadlineMs: 1_000 } }).start();
  for (const step of steps) {
    if (typeof step === 'number') clock.increment(step);
    else if (actor.getSnapshot().status === 'active') actor.send(step);
  }
  const { value, status } = actor.getSnapshot();
  const sofar = [...did];
  actor.stop();
  return { did: sofar, state: JSON.stringify(value).replaceAll(/[{}"]/g, ''), ended: status === 'done' };
}

describe('one request, as the host sees it', () => {
  it.each<[string, readonly (HostSessionEvent | number)[], string, readonly string[]]>([
    ['waits first', [], 'open:queued', []],
    ['text before its turn counts for nothing', [text('a')], 'open:queued', []],
    ['runs', [start], 'open:generating:running', ['begin']],
    ['streams', [start, text('a')], 'open:generating:streaming', ['begin', 'a']],
    ['a second start changes nothing', [start, start, text('a'), start], 'open:generating:streaming', ['begin', 'a']],
    ['done', [start, text('a'), text('b'), generated], 'done', ['begin', 'a', 'b', 'done', 'end']],
    ['done without text', [start, generated], 'done', ['begin', 'done', 'end']],
    ['the model fails', [start, broken], 'failed', ['begin', 'generation-failed', 'end']],
    ['the model fails in the middle', [start, text('a'), broken], 'failed', ['begin', 'a', 'generation-failed', 'end']],
    ['cancelled while waiting', [cancel, start], 'cancelled', ['cancelled']],
    ['cancelled while running', [start, cancel], 'cancelled', ['begin', 'cancelled', 'end']],
    ['cancelled while streaming', [start, text('a'), cancel, text('b')], 'cancelled', ['begin', 'a', 'cancelled', 'end']],
    ['past its deadline while waiting: not started', [1_000, start], 'failed', ['deadline-passed']],
    ['past its deadline while streaming', [start, text('a'), 1_000], 'failed', ['begin', 'a', 'deadline-passed', 'end']],
    ['waiting when the host drains: handed back', [drain], 'failed', ['draining']],
    ['waiting when a device that had less needs the place', [giveWay], 'failed', ['queue-full']],
    ['running when a device that had less comes: finishes', [start, giveWay, text('a'), generated], 'done', ['begin', 'a', 'done', 'end']],
    ['running when the host drains: finishes', [start, drain, text('a'), generated], 'done', ['begin', 'a', 'done', 'end']],
    ['waiting when the host ends', [shutDown], 'failed', ['draining']],
    ['streaming when the host ends', [start, text('a'), shutDown], 'failed', ['begin', 'a', 'draining', 'end']],
  ])('%s', (_, steps, state, did) => {
    expect(played(steps)).toMatchObject({ state, did });
  });

  it('ends from every state, with no further event', () => {
    for (const steps of [[], [start], [start, text('a')]]) expect(played([...steps, 1_000]).ended).toBe(true);
  });
});
