import { describe, expect, it } from 'vitest';
import { type AnyActorRef, createActor, fromPromise, SimulatedClock } from 'xstate';
import { answerMachine } from '../../../statecharts/answer.js';
import { conversationMachine } from '../../../statecharts/conversation.js';
import { done, ids, input, limits, NAMES, PATHS, question, type Step, spoken, top, topState, understood } from './conversationSteps.js';

/** Nothing ever answers: whatever state it is in, the limits alone must bring the device back to sleep. */
describe('time limits', () => {
  const never = <Output, Input>() => fromPromise<Output, Input>(() => new Promise<Output>(() => {}));
  const silent = conversationMachine.provide({
    actors: {
      listen: never(),
      transcribe: never(),
      speakReply: never(),
      announce: never(),
      ring: never(),
      answer: answerMachine.provide({ actors: { decide: never(), runSkill: never(), generateOnDevice: never(), askHost: never() } }),
    },
  });

  it.each(NAMES.filter((name) => name !== 'asleep'))('%s ends by itself', (name) => {
    const clock = new SimulatedClock();
    const actor = createActor(silent, { input, clock, snapshot: undefined });
    actor.start();
    for (const step of PATHS[name]) deliver(actor, step);
    expect(topState(actor.getSnapshot())).toBe(top[name]);
    const longest = Object.values(limits).reduce((sum, ms) => sum + ms, 0);
    for (let ms = 0; ms < longest && topState(actor.getSnapshot()) !== 'asleep'; ms += 100) clock.increment(100);
    expect(topState(actor.getSnapshot())).toBe('asleep');
    actor.stop();
  });

  it('makes a thinking sound again and again while nothing can be heard', () => {
    const clock = new SimulatedClock();
    const sounds: string[] = [];
    const actor = createActor(silent.provide({ actions: { earcon: (_, { name }) => sounds.push(name) } }), { input, clock });
    actor.start();
    actor.send({ type: 'ASK', question });
    clock.increment(1_500);
    expect(sounds).toEqual(['thinking']);
    actor.send({ type: 'FIRST_AUDIO' });
    clock.increment(400);
    expect(sounds).toEqual(['thinking']);
    actor.stop();
  });

  it('counts the silence before the answer from the end of speech, whoever takes the time', () => {
    const clock = new SimulatedClock();
    const sounds: string[] = [];
    const actor = createActor(silent.provide({ actions: { earcon: (_, { name }) => sounds.push(name) } }), { input, clock });
    actor.start();
    for (const step of PATHS.transcribing) deliver(actor, step);
    clock.increment(1_000);
    deliver(actor, done(ids.transcribe, understood('what time is it')));
    expect(topState(actor.getSnapshot())).toBe('replying');
    clock.increment(500);
    expect(sounds).toEqual(['heard', 'thinking']);
    actor.stop();
  });

  it('makes a thinking sound while words are still looked for', () => {
    const clock = new SimulatedClock();
    const sounds: string[] = [];
    const actor = createActor(silent.provide({ actions: { earcon: (_, { name }) => sounds.push(name) } }), { input, clock });
    actor.start();
    for (const step of PATHS.transcribing) deliver(actor, step);
    clock.increment(1_500);
    expect(sounds).toEqual(['heard', 'thinking']);
    actor.send({ type: 'STOP' });
    clock.increment(1_500);
    expect(sounds).toEqual(['heard', 'thinking', 'done']);
    actor.stop();
  });

  it('makes no sound in the follow-up window at what turns out to be nothing', () => {
    const clock = new SimulatedClock();
    const sounds: string[] = [];
    const actor = createActor(
      silent.provide({ actions: { earcon: (_, { name, leftOut = false }) => sounds.push(...(leftOut ? [] : [name])) } }),
      { input, clock },
    );
    actor.start();
    for (const step of [...PATHS.followUp, done(ids.window, spoken)]) deliver(actor, step);
    expect(topState(actor.getSnapshot())).toBe('transcribing');
    const before = [...sounds];
    clock.increment(1_500);
    for (const step of [done(ids.transcribe, understood('', true)), done(ids.listen, spoken), done(ids.transcribe, understood(''))]) {
      deliver(actor, step);
    }
    expect(topState(actor.getSnapshot())).toBe('asleep');
    expect(sounds).toEqual(before);
    actor.stop();
  });

  it('makes no sound into the rest of a sentence that paused', () => {
    const clock = new SimulatedClock();
    const sounds: string[] = [];
    const actor = createActor(silent.provide({ actions: { earcon: (_, { name }) => sounds.push(name) } }), { input, clock });
    actor.start();
    for (const step of [...PATHS.transcribing, done(ids.transcribe, understood('what is the', true))]) deliver(actor, step);
    expect(topState(actor.getSnapshot())).toBe('listening');
    clock.increment(1_000);
    expect(sounds).toEqual(['heard']);
    actor.stop();
  });

  it('invites to speak unless the question follows in one breath', () => {
    const clock = new SimulatedClock();
    const sounds: string[] = [];
    const actor = createActor(silent.provide({ actions: { earcon: (_, { name }) => sounds.push(name) } }), { input, clock });
    actor.start();
    actor.send({ type: 'WAKE', endSample: 0 });
    clock.increment(300);
    actor.send({ type: 'STOP' });
    actor.send({ type: 'WAKE', endSample: 0 });
    actor.send({ type: 'SPEECH_STARTED' });
    clock.increment(1_000);
    expect(sounds).toEqual(['listening', 'done']);
    actor.stop();
  });
});

/** An invoked actor's result arrives as the actor itself would send it. */
function deliver(actor: AnyActorRef, step: Step): void {
  actor.send(step);
}
