import { describe, expect, it } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { type DoneReply, type HostRequestEvent, hostRequestMachine } from '../../../statecharts/hostRequest.js';

const limits = { acceptedMs: 400, firstTextMs: 1_000, idleMs: 500, deadlineMs: 5_000, gapMs: 100, goneMs: 50 };
const end: DoneReply = {
  v: 1,
  seq: 3,
  host: 'big',
  kind: 'done',
  stopReason: 'end',
  promptTokens: 1,
  cachedTokens: 0,
  generatedTokens: 1,
  queuedMs: 0,
};
const accepted: HostRequestEvent = { type: 'ACCEPTED', host: 'big' };
const text = (said: string): HostRequestEvent => ({ type: 'TEXT', text: said });
const done: HostRequestEvent = { type: 'DONE', end };
const gap: HostRequestEvent = { type: 'GAP' };
const closed: HostRequestEvent = { type: 'GAP_CLOSED' };
const gone: HostRequestEvent = { type: 'HOST_GONE' };
const forgot: HostRequestEvent = { type: 'HOST_FORGOT' };
const lost: HostRequestEvent = { type: 'LINK_LOST' };
const renewed: HostRequestEvent = { type: 'LINK_RENEWED' };
const cancel: HostRequestEvent = { type: 'CANCEL' };
const failed = (code: string): HostRequestEvent => ({ type: 'FAILED', host: 'big', code });

function played(steps: readonly (HostRequestEvent | number)[]) {
  const clock = new SimulatedClock();
  const did: string[] = [];
  const machine = hostRequestMachine.provide({
    actions: {
      deliver: (_, params) => did.push(params.text),
      askAgain: () => did.push('ask-again'),
      withdraw: (_, { reason }) => did.push(`cancel:${reason}`),
    },
  });
  const actor = createActor(machine, { clock, input: { limits } }).start();
  for (const step of steps) {
    if (typeof step === 'number') clock.increment(step);
    else if (actor.getSnapshot().status === 'active') actor.send(step);
  }
  const { output, status } = actor.getSnapshot();
  actor.stop();
  return { did, code: output?.code, ended: status === 'done', whole: output?.end !== undefined, begun: output?.begun };
}

describe('one request, as the device sees it', () => {
  it.each<[string, readonly (HostRequestEvent | number)[], readonly string[], string | undefined]>([
    ['nobody accepts', [400], ['cancel:timed-out'], 'host-not-accepted'],
    ['text before acceptance counts for nothing', [text('a'), 400], ['cancel:timed-out'], 'host-not-accepted'],
    ['refused', [failed('queue-full')], [], 'queue-full'],
    ['accepted, and then nothing', [accepted, 1_000], ['cancel:timed-out'], 'host-first-text-timeout'],
    ['failed before text', [accepted, failed('generation-failed')], [], 'generation-failed'],
    ['stops in the middle', [accepted, text('a'), 499, text('b'), 500], ['a', 'b', 'cancel:timed-out'], 'host-idle-timeout'],
    ['fails in the middle', [accepted, text('a'), failed('generation-failed')], ['a'], 'generation-failed'],
    ['the host leaves before accepting', [gone, 50], ['cancel:timed-out'], 'host-left'],
    ['the host leaves in the middle', [accepted, text('a'), gone, 50], ['a', 'cancel:timed-out'], 'host-left'],
    ['the host comes back', [accepted, text('a'), gone, 49, renewed, 1, text('b'), done], ['a', 'ask-again', 'b'], undefined],
    ['not the host left but the broker', [accepted, text('a'), gone, lost, 100, renewed, done], ['a', 'ask-again'], undefined],
    ['the host has started anew', [accepted, text('a'), forgot], ['a'], 'host-left'],
    [
      'never ends',
      [accepted, ...Array.from({ length: 25 }, () => [400, text('.')] as const).flat()],
      [...Array.from({ length: 12 }, () => '.'), 'cancel:timed-out'],
      'host-deadline',
    ],
    ['a gap closes by itself', [accepted, gap, 99, closed, 500, text('a'), gap, 99, closed, done], ['a'], undefined],
    ['a gap closes when asked', [accepted, gap, 100, closed, text('a'), done], ['ask-again', 'a'], undefined],
    ['a gap stays', [accepted, gap, 100, 100], ['ask-again', 'cancel:timed-out'], 'host-gap'],
    ['a second gap is asked for again', [accepted, gap, 100, closed, gap, 100, closed, done], ['ask-again', 'ask-again'], undefined],
    ['the link is renewed before acceptance', [renewed, accepted, done], [], undefined],
    ['the link is renewed while waiting', [accepted, renewed, text('a'), done], ['ask-again', 'a'], undefined],
    ['the link is renewed in the middle', [accepted, text('a'), renewed, text('b'), done], ['a', 'ask-again', 'b'], undefined],
    [
      'the link renewed buys no time',
      [accepted, text('a'), 400, renewed, 100],
      ['a', 'ask-again', 'cancel:timed-out'],
      'host-idle-timeout',
    ],
    ['complete', [accepted, text('a'), text('b'), done], ['a', 'b'], undefined],
    ['complete without a word', [accepted, done], [], undefined],
    ['cancelled at once', [cancel], ['cancel:stopped'], undefined],
    ['cancelled while waiting', [accepted, cancel], ['cancel:stopped'], undefined],
    ['cancelled in the middle', [accepted, text('a'), cancel, text('b')], ['a', 'cancel:stopped'], undefined],
  ])('%s', (_, steps, did, code) => {
    const result = played(steps);
    expect(result).toMatchObject({ did, code, ended: true, whole: steps.includes(done) });
  });

  it('says whether text was handed on', () => {
    expect(played([accepted, 1_000]).begun).toBe(false);
    expect(played([accepted, text('a'), 500]).begun).toBe(true);
  });

  it('ends from every state, with no further event', () => {
    for (const steps of [[], [accepted], [accepted, text('a')], [accepted, gap], [accepted, text('a'), gap, 100]]) {
      expect(played([...steps, 5_000]).ended).toBe(true);
    }
  });
});
