import { describe, expect, it } from 'vitest';
import { createActor, fromPromise, getInitialSnapshot, SimulatedClock, toPromise, transition } from 'xstate';
import { type AnswerInput, answerMachine, type Route } from '../../../statecharts/answer.js';

const limits: AnswerInput['limits'] = { decidingMs: 1_000, skillMs: 2_000, firstTextMs: 3_000, answeringMs: 10_000, hostMs: 8_000 };
const input: AnswerInput = { question: { text: 'why is the sky blue', language: 'en' }, limits };

interface Step {
  readonly type: string;
  readonly output?: unknown;
  readonly error?: unknown;
}
const done = (state: string, output: unknown = {}): Step => ({ type: `xstate.done.actor.0.answer.${state}`, output });
const failed = (state: string): Step => ({ type: `xstate.error.actor.0.answer.${state}`, error: new Error('no') });
const decided = (to: Route['to']): Step => done('deciding', { to, reason: 'test' } satisfies Route);
const FIRST_TEXT: Step = { type: 'FIRST_TEXT' };

function playedThrough(steps: readonly Step[]) {
  let snapshot = getInitialSnapshot(answerMachine, input);
  const actions: string[] = [];
  for (const step of steps) {
    const [next, executable] = transition(answerMachine, snapshot, step as { type: 'FIRST_TEXT' });
    snapshot = next;
    actions.push(...executable.map((action) => action.type).filter((type) => type.startsWith('report')));
  }
  return { state: JSON.stringify(snapshot.value).replaceAll(/[{}"]/g, ''), snapshot, actions };
}

describe('the answer chart', () => {
  it.each<[string, readonly Step[], string, readonly string[]]>([
    ['decides first', [], 'deciding', []],
    ['a skill answers', [decided('skill')], 'runningSkill', ['reportRoute']],
    ['the device answers', [decided('device')], 'generatingOnDevice:waitingForText', ['reportRoute']],
    ['a host answers', [decided('host')], 'askingHost', ['reportRoute']],
    ['a router that fails is an error', [failed('deciding')], 'failed', []],
    ['text while deciding changes nothing', [FIRST_TEXT], 'deciding', []],
    ['a skill is done', [decided('skill'), FIRST_TEXT, done('runningSkill')], 'answered', ['reportRoute']],
    ['a skill that fails is an error', [decided('skill'), failed('runningSkill')], 'failed', ['reportRoute']],
    ['first text ends waiting', [decided('device'), FIRST_TEXT], 'generatingOnDevice:streaming', ['reportRoute']],
    ['more text changes nothing', [decided('device'), FIRST_TEXT, FIRST_TEXT], 'generatingOnDevice:streaming', ['reportRoute']],
    ['the device is done', [decided('device'), FIRST_TEXT, done('generatingOnDevice')], 'answered', ['reportRoute']],
    ['a model that fails is an error', [decided('device'), failed('generatingOnDevice')], 'failed', ['reportRoute']],
    ['a host is done', [decided('host'), FIRST_TEXT, done('askingHost')], 'answered', ['reportRoute']],
    [
      'a host that fails: the device answers',
      [decided('host'), failed('askingHost')],
      'generatingOnDevice:waitingForText',
      ['reportRoute', 'reportFallback'],
    ],
    [
      'a host that fails in the middle: the same',
      [decided('host'), FIRST_TEXT, failed('askingHost')],
      'generatingOnDevice:waitingForText',
      ['reportRoute', 'reportFallback'],
    ],
  ])('%s', (_, steps, state, actions) => {
    const result = playedThrough(steps);
    expect(result.state).toBe(state);
    expect(result.actions).toEqual(actions);
  });

  it.each<[string, readonly Step[], unknown]>([
    [
      'skill',
      [decided('skill'), done('runningSkill', { followUp: false })],
      { answered: { by: 'skill', outcome: 'complete', followUp: false } },
    ],
    ['host', [decided('host'), done('askingHost')], { answered: { by: 'host', outcome: 'complete' } }],
    [
      'device after a host',
      [decided('host'), failed('askingHost'), done('generatingOnDevice')],
      { answered: { by: 'device', outcome: 'complete' } },
    ],
  ])('says who answered: %s', (_, steps, output) => {
    expect(playedThrough(steps).snapshot.output).toEqual(output);
  });
});

describe('time limits of an answer', () => {
  const never = <Output, Input>() => fromPromise<Output, Input>(() => new Promise<Output>(() => {}));
  const route = (to: Route['to']) => fromPromise<Route, { question: AnswerInput['question'] }>(async () => ({ to, reason: 'test' }));

  it.each<[string, Route['to'] | undefined, boolean, number, 'failed' | 'answered']>([
    ['deciding', undefined, false, limits.decidingMs, 'failed'],
    ['a skill', 'skill', false, limits.skillMs, 'failed'],
    ['no first text', 'device', false, limits.firstTextMs, 'failed'],
    ['text without end is cut', 'device', true, limits.answeringMs, 'answered'],
    ['a host, then the device', 'host', false, limits.hostMs + limits.firstTextMs, 'failed'],
  ])('%s', async (_, to, text, ms, end) => {
    const clock = new SimulatedClock();
    const silent = answerMachine.provide({
      actors: {
        decide: to === undefined ? never() : route(to),
        runSkill: never(),
        generateOnDevice: never(),
        askHost: never(),
      },
    });
    const actor = createActor(silent, { input, clock });
    actor.start();
    await Promise.resolve();
    await Promise.resolve();
    if (text) actor.send({ type: 'FIRST_TEXT' });
    let waited = 0;
    for (; actor.getSnapshot().status === 'active' && waited <= ms; waited += 100) clock.increment(100);
    expect(waited).toBe(ms);
    expect(actor.getSnapshot().value).toBe(end);
    const output = await toPromise(actor);
    expect('error' in output ? (output.error as { code?: string }).code : output.answered.outcome).toBe(
      end === 'failed' ? 'timed-out' : 'cut',
    );
  });
});
