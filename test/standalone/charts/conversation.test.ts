import { describe, expect, it } from 'vitest';
import { type AnyActorRef, createActor, fromPromise, getInitialSnapshot, SimulatedClock, transition } from 'xstate';
import { answerMachine } from '../../../statecharts/answer.js';
import type { ConversationEvent, ConversationInput, Heard } from '../../../statecharts/conversation/terms.js';
import { conversationMachine } from '../../../statecharts/conversation.js';

const limits: ConversationInput['limits'] = {
  listeningMs: 20_000,
  transcribingMs: 20_000,
  replyingMs: 90_000,
  announcingMs: 30_000,
  ringingMs: 60_000,
  promptMs: 300,
  thinkingSoundMs: 1_500,
  decidingMs: 2_000,
  skillMs: 5_000,
  firstTextMs: 10_000,
  answeringMs: 60_000,
  hostMs: 30_000,
};
const input: ConversationInput = { limits, followUp: 'always' };

const utterance = { samples: new Int16Array(16_000), fromSample: 0, toSample: 16_000 };
const question = { text: 'what is the capital of france', language: 'en' as const };
const spoken: Heard = { kind: 'utterance', utterance };
const nothing: Heard = { kind: 'nothing' };

type Step = ConversationEvent | { readonly type: string; readonly output?: unknown; readonly error?: unknown };
type Snapshot = ReturnType<typeof getInitialSnapshot<typeof conversationMachine>>;

const WAKE: Step = { type: 'WAKE', endSample: 16_000 };
const done = (actor: string, output?: unknown): Step => ({ type: `xstate.done.actor.${actor}`, output });
const failed = (actor: string, error: unknown = new Error('no')): Step => ({ type: `xstate.error.actor.${actor}`, error });

const ids = {
  listen: '0.conversation.listening',
  window: '0.conversation.followUp',
  transcribe: '0.conversation.transcribing',
  speakReply: '0.conversation.replying',
  answer: '1.conversation.replying',
  announce: '0.conversation.announcing',
  ring: '0.conversation.ringing',
} as const;

const understood = (text: string, unfinished = false) => ({ text, language: 'en', unfinished });

function playedThrough(steps: readonly Step[], start: ConversationInput = input): { snapshot: Snapshot; actions: string[] } {
  let snapshot = getInitialSnapshot(conversationMachine, start);
  let actions: string[] = [];
  for (const step of steps) {
    const [next, executable] = transition(conversationMachine, snapshot, step as ConversationEvent);
    snapshot = next;
    actions = executable.map((action) => {
      const params = action.params as { name?: string; outcome?: string } | undefined;
      return [action.type, params?.name ?? params?.outcome].filter((part) => part !== undefined).join(':');
    });
  }
  return { snapshot, actions: actions.filter((action) => !action.startsWith('xstate.')) };
}

/** How each state is reached. */
const PATHS = {
  asleep: [],
  listening: [WAKE],
  transcribing: [WAKE, done(ids.listen, spoken)],
  replying: [{ type: 'ASK', question }],
  speaking: [{ type: 'ASK', question }, { type: 'FIRST_AUDIO' }],
  followUp: [{ type: 'ASK', question }, { type: 'FIRST_AUDIO' }, done(ids.speakReply, { endsInQuestion: false, offersMore: false })],
  announcing: [{ type: 'SAY', text: 'Dinner is ready.', language: 'en' }],
  ringing: [{ type: 'RING', alertId: 'tea' }],
} as const satisfies Record<string, readonly Step[]>;

type StateName = keyof typeof PATHS;
const NAMES = Object.keys(PATHS) as StateName[];
const topState = (snapshot: Snapshot): string =>
  typeof snapshot.value === 'string' ? snapshot.value : (Object.keys(snapshot.value)[0] ?? '');
const top: Record<StateName, string> = { ...Object.fromEntries(NAMES.map((name) => [name, name])), speaking: 'replying' } as Record<
  StateName,
  string
>;

describe('the conversation chart', () => {
  it.each(NAMES)('reaches %s', (name) => {
    expect(topState(playedThrough(PATHS[name]).snapshot)).toBe(top[name]);
  });

  describe('every state and every event from outside', () => {
    const EXPECTED: Record<string, { event: Step; to: Record<StateName, string> }> = {
      WAKE: { event: WAKE, to: every('listening') },
      PUSH: { event: { type: 'PUSH' }, to: every('listening') },
      STOP: { event: { type: 'STOP' }, to: every('asleep') },
      ASK: { event: { type: 'ASK', question }, to: every('replying') },
      SAY: { event: { type: 'SAY', text: 'hello', language: 'en' }, to: { ...top, asleep: 'announcing' } },
      RING: { event: { type: 'RING', alertId: 'egg' }, to: { ...top, asleep: 'ringing' } },
      YIELD: { event: { type: 'YIELD' }, to: every('asleep') },
      MUTE: { event: { type: 'MUTE' }, to: every('asleep') },
      UNMUTE: { event: { type: 'UNMUTE' }, to: top },
      SWITCH_OFF: { event: { type: 'SWITCH_OFF' }, to: every('asleep') },
      SWITCH_ON: { event: { type: 'SWITCH_ON' }, to: top },
      REFUSE: { event: { type: 'REFUSE' }, to: every('announcing') },
      TOGGLE_MUTE: { event: { type: 'TOGGLE_MUTE' }, to: every('asleep') },
      SPEECH_STARTED: { event: { type: 'SPEECH_STARTED' }, to: top },
      FIRST_AUDIO: { event: { type: 'FIRST_AUDIO' }, to: top },
    };
    for (const [type, { event, to }] of Object.entries(EXPECTED)) {
      it.each(NAMES)(`${type} in %s`, (name) => {
        expect(topState(playedThrough([...PATHS[name], event]).snapshot)).toBe(to[name]);
      });
    }
  });

  it.each<[string, readonly Step[], string, readonly string[]]>([
    ['speech ends listening', [WAKE, done(ids.listen, spoken)], 'transcribing', ['keepUtterance', 'earcon:heard']],
    [
      'silence after the wake word ends with a sound',
      [WAKE, done(ids.listen, nothing)],
      'asleep',
      ['endTurn:nothing-heard', 'earcon:done'],
    ],
    ['a failing ear is said', [WAKE, failed(ids.listen)], 'announcing', ['noteError', 'reportError']],
    ['words lead to a reply', [...PATHS.transcribing, done(ids.transcribe, understood('hello'))], 'replying', ['reportTranscript']],
    [
      'an empty transcript ends without a word',
      [...PATHS.transcribing, done(ids.transcribe, understood(''))],
      'asleep',
      ['reportTranscript', 'endTurn:nothing-heard', 'earcon:done'],
    ],
    ['a failing recogniser is said', [...PATHS.transcribing, failed(ids.transcribe)], 'announcing', ['noteError', 'reportError']],
    [
      'an unfinished sentence gets more time',
      [...PATHS.transcribing, done(ids.transcribe, understood('add milk and', true))],
      'listening',
      ['prepareAnswer'],
    ],
    [
      'an answer closes the reply and is still spoken',
      [...PATHS.speaking, done(ids.answer, { answered: { by: 'device', outcome: 'complete' } })],
      'replying',
      ['closeReply'],
    ],
    [
      'a failed answer is said',
      [...PATHS.replying, done(ids.answer, { error: new Error('no') })],
      'announcing',
      ['noteError', 'reportError'],
    ],
    ['a broken answer chart is said', [...PATHS.replying, failed(ids.answer)], 'announcing', ['noteError', 'reportError']],
    ['a failing voice is said', [...PATHS.speaking, failed(ids.speakReply)], 'announcing', ['noteError', 'reportError']],
    [
      'barge-in ends the reply',
      [...PATHS.speaking, WAKE],
      'listening',
      ['reportBargeIn', 'endTurn:interrupted', 'listenFrom', 'beginTurn', 'prepareAnswer'],
    ],
    ['speech in the window is a question', [...PATHS.followUp, done(ids.window, spoken)], 'transcribing', ['keepUtterance']],
    ['an unused window closes quietly', [...PATHS.followUp, done(ids.window, nothing)], 'asleep', ['endTurn:nothing-heard']],
    ['a failing ear closes the window', [...PATHS.followUp, failed(ids.window)], 'asleep', ['reportError', 'endTurn:failed']],
    ['an announcement ends', [...PATHS.announcing, done(ids.announce)], 'asleep', ['endTurn:answered']],
    [
      'a voice that fails even then ends with a sound',
      [...PATHS.announcing, failed(ids.announce)],
      'asleep',
      ['reportError', 'endTurn:failed', 'earcon:error'],
    ],
    ['ringing ends by itself', [...PATHS.ringing, done(ids.ring)], 'asleep', ['stopAlert']],
    ['ringing ends by stop', [...PATHS.ringing, { type: 'STOP' }], 'asleep', ['stopAlert', 'endTurn:stopped', 'earcon:done']],
    [
      'ringing ends by the wake word',
      [...PATHS.ringing, WAKE],
      'listening',
      ['stopAlert', 'endTurn:interrupted', 'listenFrom', 'beginTurn', 'prepareAnswer'],
    ],
  ])('%s', (_, steps, state, actions) => {
    const result = playedThrough(steps);
    expect(topState(result.snapshot)).toBe(state);
    const effects = result.actions.filter((action) => !['listenFrom', 'keepUtterance', 'noteError'].includes(action));
    expect(effects).toEqual(actions.filter((action) => !['listenFrom', 'keepUtterance', 'noteError'].includes(action)));
  });

  it('gives an unfinished sentence more time twice at most', () => {
    const again = [done(ids.listen, spoken), done(ids.transcribe, understood('and', true))];
    expect(topState(playedThrough([WAKE, ...again, ...again]).snapshot)).toBe('listening');
    expect(topState(playedThrough([WAKE, ...again, ...again, ...again]).snapshot)).toBe('replying');
  });

  it('has a switch for the microphone that no word, key or message undoes', () => {
    const off: Step = { type: 'SWITCH_OFF' };
    for (const wanting of [{ type: 'UNMUTE' }, { type: 'TOGGLE_MUTE' }, { type: 'PUSH' }] as const) {
      const { snapshot } = playedThrough([off, wanting]);
      expect(topState(snapshot)).toBe('announcing');
      expect(snapshot.context.announcement).toMatchObject({ error: { code: 'microphone-switched-off' } });
      expect(snapshot.context.muted).toBe(true);
      expect(topState(playedThrough([off, wanting, done(ids.announce), WAKE]).snapshot)).toBe('asleep');
    }
    expect(topState(playedThrough([off, { type: 'SWITCH_ON' }, WAKE]).snapshot)).toBe('listening');
    expect(topState(playedThrough([off, { type: 'ASK', question }]).snapshot)).toBe('replying');
  });

  it('hears no wake word while it is muted', () => {
    expect(topState(playedThrough([{ type: 'MUTE' }, WAKE]).snapshot)).toBe('asleep');
    expect(topState(playedThrough([{ type: 'MUTE' }, { type: 'ASK', question }, WAKE]).snapshot)).toBe('replying');
    expect(topState(playedThrough([{ type: 'MUTE' }, { type: 'UNMUTE' }, WAKE]).snapshot)).toBe('listening');
    expect(topState(playedThrough([{ type: 'TOGGLE_MUTE' }, WAKE]).snapshot)).toBe('asleep');
    expect(topState(playedThrough([{ type: 'TOGGLE_MUTE' }, { type: 'TOGGLE_MUTE' }, WAKE]).snapshot)).toBe('listening');
  });

  it('says what it was told to say when nobody else is served, one after the other', () => {
    const said = (text: string): Step => ({ type: 'SAY', text, language: 'en' });
    for (const name of ['listening', 'speaking', 'ringing', 'announcing'] as const) {
      const { snapshot } = playedThrough([...PATHS[name], said('one'), said('two'), { type: 'STOP' }]);
      expect(snapshot.context.announcement).toMatchObject({ text: 'one' });
      expect(topState(snapshot)).toBe('announcing');
      const next = playedThrough([...PATHS[name], said('one'), said('two'), { type: 'STOP' }, done(ids.announce)]).snapshot;
      expect(next.context.announcement).toMatchObject({ text: 'two' });
    }
    const many = Array.from({ length: 50 }, (_, index) => said(`${index}`));
    expect(playedThrough([WAKE, ...many]).snapshot.context.toSay).toHaveLength(10);
  });

  it('rings when the reply is over, not into it', () => {
    const during = [...PATHS.speaking, { type: 'RING', alertId: 'tea' }, { type: 'RING', alertId: 'egg' }];
    expect(topState(playedThrough(during).snapshot)).toBe('replying');
    const over = playedThrough([...during, { type: 'STOP' }]).snapshot;
    expect(topState(over)).toBe('ringing');
    expect(over.context.dueAlerts).toEqual(['tea', 'egg']);
    expect(topState(playedThrough([...during, { type: 'STOP' }, { type: 'STOP' }, { type: 'STOP' }]).snapshot)).toBe('asleep');
  });

  it.each<[ConversationInput['followUp'], boolean, boolean | undefined, string]>([
    ['never', true, undefined, 'asleep'],
    ['after-question', true, undefined, 'followUp'],
    ['after-question', false, undefined, 'asleep'],
    ['always', false, undefined, 'followUp'],
    ['always', false, false, 'asleep'],
    ['never', false, true, 'followUp'],
  ])('follow-up %s, answer ends in a question: %s, skill wants: %s', (followUp, endsInQuestion, wanted, state) => {
    const answered = { answered: { by: 'skill', outcome: 'complete', ...(wanted === undefined ? {} : { followUp: wanted }) } };
    const steps = [...PATHS.speaking, done(ids.answer, answered), done(ids.speakReply, { endsInQuestion, offersMore: false })];
    expect(topState(playedThrough(steps, { limits, followUp }).snapshot)).toBe(state);
  });

  it('opens no follow-up window while it is muted', () => {
    const steps = [{ type: 'MUTE' } as const, ...PATHS.speaking, done(ids.speakReply, { endsInQuestion: true, offersMore: true })];
    expect(topState(playedThrough(steps).snapshot)).toBe('asleep');
  });

  it('an offer to go on waits for its answer, even where there is never a follow-up', () => {
    const steps = [...PATHS.speaking, done(ids.speakReply, { endsInQuestion: true, offersMore: true })];
    expect(topState(playedThrough(steps, { limits, followUp: 'never' }).snapshot)).toBe('followUp');
  });
});

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

function every(state: string): Record<StateName, string> {
  return Object.fromEntries(NAMES.map((name) => [name, state])) as Record<StateName, string>;
}
