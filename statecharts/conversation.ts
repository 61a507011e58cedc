/**
 * A conversation as the person in the room meets it: asleep until called, then listening, transcribing, answering, speaking, and
 * perhaps a window for a follow-up. Every state but `asleep` has a time limit and a way out that can be heard or seen.
 */
import { assign, raise } from 'xstate';
import { followUp, listening, transcribing } from './conversation/hearing.js';
import { awaitSound, parts, waitIsOver } from './conversation/parts.js';
import { announcing, replied, replying, ringing } from './conversation/speaking.js';
import { MicrophoneSwitchedOff } from './conversation/terms.js';

/** More that was ordered to be said while the device was busy is left out. */
const MOST_TO_SAY = 10;

export const conversationMachine = parts.createMachine({
  id: 'conversation',
  context: ({ input }) => ({
    ...input,
    muted: false,
    switchedOff: false,
    opening: 'wake',
    fromSample: undefined,
    unasked: false,
    utterance: undefined,
    question: undefined,
    announcement: undefined,
    dueAlerts: [],
    toSay: [],
    extensions: 0,
    followUpWanted: undefined,
    replyEndsInQuestion: false,
  }),
  initial: 'asleep',
  on: {
    WAKE: {
      guard: 'notMuted',
      target: '.listening',
      actions: [
        { type: 'endTurn', params: { outcome: 'interrupted' } },
        { type: 'listenFrom', params: ({ event }) => ({ opening: 'wake', fromSample: event.endSample }) },
        'beginTurn',
      ],
    },
    PUSH: [
      { guard: 'switchedOff', actions: raise({ type: 'REFUSE' }) },
      {
        target: '.listening',
        actions: [
          { type: 'endTurn', params: { outcome: 'interrupted' } },
          { type: 'listenFrom', params: { opening: 'push', fromSample: undefined } },
          'beginTurn',
        ],
      },
    ],
    ASK: {
      target: '.replying',
      actions: [
        { type: 'endTurn', params: { outcome: 'interrupted' } },
        assign({ question: ({ event }) => event.question }),
        'beginTurn',
        awaitSound,
      ],
    },
    SAY: {
      actions: assign({
        toSay: ({ context, event }) => [...context.toSay, { text: event.text, language: event.language }].slice(0, MOST_TO_SAY),
      }),
    },
    RING: { actions: assign({ dueAlerts: ({ context, event }) => [...context.dueAlerts, event.alertId] }) },
    RING_CANCELLED: {
      actions: assign({ dueAlerts: ({ context, event }) => context.dueAlerts.filter((alertId) => alertId !== event.alertId) }),
    },
    STOP: {
      target: '.asleep',
      actions: [
        { type: 'endTurn', params: { outcome: 'stopped' } },
        { type: 'earcon', params: { name: 'done' } },
      ],
    },
    YIELD: { target: '.asleep', actions: { type: 'endTurn', params: { outcome: 'yielded' } } },
    MUTE: {
      target: '.asleep',
      actions: [
        { type: 'endTurn', params: { outcome: 'stopped' } },
        assign({ muted: true }),
        { type: 'earcon', params: { name: 'muted' } },
      ],
    },
    UNMUTE: [{ guard: 'switchedOff', actions: raise({ type: 'REFUSE' }) }, { actions: assign({ muted: false }) }],
    TOGGLE_MUTE: [{ guard: 'notMuted', actions: raise({ type: 'MUTE' }) }, { actions: raise({ type: 'UNMUTE' }) }],
    SWITCH_OFF: {
      target: '.asleep',
      actions: [
        { type: 'endTurn', params: { outcome: 'stopped' } },
        assign({ switchedOff: true }),
        { type: 'earcon', params: { name: 'muted' } },
      ],
    },
    SWITCH_ON: { actions: assign({ switchedOff: false }) },
    REFUSE: {
      target: '.announcing',
      actions: [
        { type: 'endTurn', params: { outcome: 'interrupted' } },
        { type: 'noteError', params: () => ({ error: new MicrophoneSwitchedOff() }) },
        'beginTurn',
      ],
    },
  },
  states: {
    asleep: {
      description: 'Waits for the wake word, the button, a text or an alert. The only state without a limit.',
      entry: waitIsOver,
      always: [
        { guard: 'alertIsDue', target: 'ringing' },
        { guard: 'somethingToSay', target: 'announcing', actions: ['takeToSay', 'beginTurn'] },
      ],
      on: { STOP: {} },
    },
    listening,
    transcribing,
    replying,
    replied,
    followUp,
    announcing,
    ringing,
  },
});
