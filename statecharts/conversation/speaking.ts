/** The states in which the device can be heard. */
import { assign } from 'xstate';
import { awaitSound, parts } from './parts.js';
import { ConversationLimitReached } from './terms.js';

export const replying = parts.createStateConfig({
  description: 'The answer is found and spoken, sentence by sentence, both at once.',
  entry: assign({ followUpWanted: undefined, replyEndsInQuestion: false }),
  invoke: [
    {
      src: 'speakReply',
      input: ({ context, self }) => {
        if (context.question === undefined) throw new Error('replying needs a question');
        return { language: context.question.language, onFirstAudio: () => self.send({ type: 'FIRST_AUDIO' }) };
      },
      // An offer to go on waits for its answer, whatever the profile says about other follow-ups.
      onDone: {
        target: 'replied',
        actions: assign({
          replyEndsInQuestion: ({ event }) => event.output.endsInQuestion,
          followUpWanted: ({ context, event }) => (event.output.offersMore ? true : context.followUpWanted),
        }),
      },
      onError: { target: 'announcing', actions: { type: 'noteError', params: ({ event }) => ({ error: event.error }) } },
    },
    {
      src: 'answer',
      input: ({ context }) => {
        if (context.question === undefined) throw new Error('replying needs a question');
        return { question: context.question, limits: context.limits };
      },
      onDone: [
        {
          guard: { type: 'answerFailed', params: ({ event }) => ({ output: event.output }) },
          target: 'announcing',
          actions: {
            type: 'noteError',
            params: ({ event }) => ({ error: 'error' in event.output ? event.output.error : undefined }),
          },
        },
        {
          actions: [
            assign({ followUpWanted: ({ event }) => ('answered' in event.output ? event.output.answered.followUp : undefined) }),
            'closeReply',
          ],
        },
      ],
      onError: { target: 'announcing', actions: { type: 'noteError', params: ({ event }) => ({ error: event.error }) } },
    },
  ],
  on: {
    WAKE: {
      guard: 'notMuted',
      target: 'listening',
      actions: [
        'reportBargeIn',
        { type: 'endTurn', params: { outcome: 'interrupted' } },
        { type: 'listenFrom', params: ({ event }) => ({ opening: 'wake', fromSample: event.endSample }) },
        'beginTurn',
      ],
    },
  },
  after: {
    replyingLimit: {
      target: 'asleep',
      actions: [
        { type: 'reportError', params: () => ({ error: new ConversationLimitReached('the reply took too long') }) },
        { type: 'endTurn', params: { outcome: 'timed-out' } },
        { type: 'earcon', params: { name: 'error' } },
      ],
    },
  },
  initial: 'answering',
  states: {
    answering: {
      description: 'Nothing can be heard yet; after a while a thinking sound says that it goes on.',
      on: { FIRST_AUDIO: 'speaking', STILL_SILENT: { actions: [{ type: 'earcon', params: { name: 'thinking' } }, awaitSound] } },
    },
    speaking: { description: 'The reply can be heard; the rest may still be in the making.' },
  },
});

export const replied = parts.createStateConfig({
  description: 'Decides at once whether a follow-up window opens.',
  entry: { type: 'endTurn', params: { outcome: 'answered' } },
  always: [{ guard: 'followUpIsOpen', target: 'followUp' }, { target: 'asleep' }],
});

export const announcing = parts.createStateConfig({
  description: 'Says what went wrong and what to do, or what it was told to say.',
  entry: { type: 'reportError', params: ({ context }) => ({ error: errorOf(context.announcement) }) },
  invoke: {
    src: 'announce',
    input: ({ context }) => {
      if (context.announcement === undefined) throw new Error('announcing needs something to say');
      return { announcement: context.announcement };
    },
    onDone: [
      { guard: 'somethingWentWrong', target: 'asleep', actions: { type: 'endTurn', params: { outcome: 'failed' } } },
      { target: 'asleep', actions: { type: 'endTurn', params: { outcome: 'answered' } } },
    ],
    onError: {
      target: 'asleep',
      actions: [
        { type: 'reportError', params: ({ event }) => ({ error: event.error }) },
        { type: 'endTurn', params: { outcome: 'failed' } },
        { type: 'earcon', params: { name: 'error' } },
      ],
    },
  },
  after: {
    announcingLimit: {
      target: 'asleep',
      actions: [
        { type: 'endTurn', params: { outcome: 'timed-out' } },
        { type: 'earcon', params: { name: 'error' } },
      ],
    },
  },
});

function errorOf(announcement: object | undefined): unknown {
  return announcement !== undefined && 'error' in announcement ? announcement.error : undefined;
}

export const ringing = parts.createStateConfig({
  description: 'A timer or an alarm is due. Wake word, button and stop end it.',
  invoke: {
    src: 'ring',
    input: ({ context }) => ({ alertId: context.dueAlerts[0] ?? '' }),
    onDone: 'asleep',
    onError: { target: 'asleep', actions: { type: 'reportError', params: ({ event }) => ({ error: event.error }) } },
  },
  exit: [
    { type: 'stopAlert', params: ({ context }) => ({ alertId: context.dueAlerts[0] ?? '' }) },
    assign({ dueAlerts: ({ context }) => context.dueAlerts.slice(1) }),
  ],
  after: { ringingLimit: 'asleep' },
});
