import { describe, expect, it } from 'vitest';
import type { ConversationInput } from '../../../statecharts/conversation/terms.js';
import {
  done,
  failed,
  ids,
  limits,
  NAMES,
  nothing,
  PATHS,
  playedThrough,
  question,
  type StateName,
  type Step,
  spoken,
  top,
  topState,
  understood,
  WAKE,
} from './conversationSteps.js';

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
    ['what is due and can not be heard is reported', [...PATHS.ringing, failed(ids.ring)], 'asleep', ['stopAlert', 'reportError']],
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
      expect(topState(playedThrough([off, wanting, done(ids.announce), WAKE]).snapshot)).toBe('asleep');
    }
    expect(topState(playedThrough([off, { type: 'SWITCH_ON' }, WAKE]).snapshot)).toBe('listening');
    expect(topState(playedThrough([off, { type: 'ASK', question }]).snapshot)).toBe('replying');
  });

  it('stays as somebody muted it, however often its switch, or the program that reads it, goes off and on', () => {
    const offAndOn = [{ type: 'SWITCH_OFF' }, { type: 'SWITCH_ON' }] as const;
    expect(topState(playedThrough([{ type: 'MUTE' }, ...offAndOn, WAKE]).snapshot)).toBe('asleep');
    expect(topState(playedThrough([...offAndOn, { type: 'MUTE' }, ...offAndOn, { type: 'UNMUTE' }, WAKE]).snapshot)).toBe('listening');
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

function every(state: string): Record<StateName, string> {
  return Object.fromEntries(NAMES.map((name) => [name, state])) as Record<StateName, string>;
}
