/** The states in which the device takes in what a person says. */
import { assign } from 'xstate';
import { awaitSound, ifCalled, parts } from './parts.js';
import { ConversationLimitReached } from './terms.js';

export const listening = parts.createStateConfig({
  description: 'Takes in what is said, from the end of the wake word to the end of speech.',
  entry: 'prepareAnswer',
  invoke: {
    src: 'listen',
    input: ({ context }) => ({ opening: context.opening, fromSample: context.fromSample }),
    onDone: [
      {
        guard: { type: 'somethingWasSaid', params: ({ event }) => ({ heard: event.output }) },
        target: 'transcribing',
        actions: [
          { type: 'keepUtterance', params: ({ event }) => ({ heard: event.output }) },
          { type: 'earcon', params: ifCalled('heard') },
        ],
      },
      {
        target: 'asleep',
        actions: [
          { type: 'endTurn', params: { outcome: 'nothing-heard' } },
          { type: 'earcon', params: ifCalled('done') },
        ],
      },
    ],
    onError: { target: 'announcing', actions: { type: 'noteError', params: ({ event }) => ({ error: event.error }) } },
  },
  after: {
    listeningLimit: {
      target: 'asleep',
      actions: [
        { type: 'endTurn', params: { outcome: 'timed-out' } },
        { type: 'earcon', params: ifCalled('done') },
      ],
    },
  },
  initial: 'quiet',
  states: {
    quiet: {
      description: 'Nobody has begun to speak; a sound invites them unless they go on in one breath.',
      // Whoever pauses in the middle of a sentence may be speaking again already.
      always: { guard: 'goesOnAfterPause', target: 'talking' },
      on: { SPEECH_STARTED: 'talking' },
      after: { promptDelay: { actions: { type: 'earcon', params: { name: 'listening' } } } },
    },
    talking: {},
  },
});

export const transcribing = parts.createStateConfig({
  description:
    'Speech becomes text. An empty transcript ends without a word (a false wake, or nothing to understand), in the follow-up window without a sound.',
  entry: awaitSound,
  on: {
    STILL_SILENT: { actions: [{ type: 'earcon', params: ifCalled('thinking') }, awaitSound] },
  },
  invoke: {
    src: 'transcribe',
    input: ({ context }) => {
      if (context.utterance === undefined) throw new Error('transcribing needs an utterance');
      return { utterance: context.utterance };
    },
    onDone: [
      {
        guard: { type: 'soundsUnfinished', params: ({ event }) => ({ transcript: event.output }) },
        target: 'listening',
        actions: assign({
          opening: () => 'unfinished' as const,
          fromSample: ({ context }) => context.utterance?.fromSample,
          extensions: ({ context }) => context.extensions + 1,
        }),
      },
      {
        guard: { type: 'wordsWereHeard', params: ({ event }) => ({ transcript: event.output }) },
        target: 'replying',
        actions: [
          { type: 'reportTranscript', params: ({ event }) => ({ transcript: event.output }) },
          assign({ question: ({ event }) => ({ text: event.output.text, language: event.output.language }) }),
        ],
      },
      {
        target: 'asleep',
        actions: [
          { type: 'reportTranscript', params: ({ event }) => ({ transcript: event.output }) },
          { type: 'endTurn', params: { outcome: 'nothing-heard' } },
          { type: 'earcon', params: ifCalled('done') },
        ],
      },
    ],
    onError: { target: 'announcing', actions: { type: 'noteError', params: ({ event }) => ({ error: event.error }) } },
  },
  after: {
    transcribingLimit: {
      target: 'announcing',
      actions: { type: 'noteError', params: () => ({ error: new ConversationLimitReached('transcribing took too long') }) },
    },
  },
});

export const followUp = parts.createStateConfig({
  description: 'A further question needs no wake word for a while. Ends quietly, and noise does not reopen it.',
  entry: [{ type: 'listenFrom', params: { opening: 'follow-up', fromSample: undefined } }, 'prepareAnswer'],
  invoke: {
    src: 'listen',
    input: () => ({ opening: 'follow-up' as const, fromSample: undefined }),
    onDone: [
      {
        guard: { type: 'somethingWasSaid', params: ({ event }) => ({ heard: event.output }) },
        target: 'transcribing',
        actions: { type: 'keepUtterance', params: ({ event }) => ({ heard: event.output }) },
      },
      { target: 'asleep', actions: { type: 'endTurn', params: { outcome: 'nothing-heard' } } },
    ],
    onError: {
      target: 'asleep',
      actions: [
        { type: 'reportError', params: ({ event }) => ({ error: event.error }) },
        { type: 'endTurn', params: { outcome: 'failed' } },
      ],
    },
  },
  on: { SPEECH_STARTED: { actions: 'beginTurn' } },
  after: { listeningLimit: { target: 'asleep', actions: { type: 'endTurn', params: { outcome: 'nothing-heard' } } } },
});
