/**
 * A conversation as the person in the room meets it: asleep until called, then listening, transcribing, answering, speaking, and
 * perhaps a window for a follow-up. Every state but `asleep` has a time limit and a way out that can be heard or seen.
 */
import { and, assign, fromPromise, setup } from 'xstate';
import type { Transcript } from '../src/speech-to-text/contract.js';
import { type AnswerLimits, type AnswerOutput, answerMachine, type Question } from './answer.js';

/** 16 kHz mono samples of what was said, with their place in the input. */
export interface Utterance {
  readonly samples: Int16Array;
  readonly fromSample: number;
  readonly toSample: number;
}

export type Heard = { readonly kind: 'utterance'; readonly utterance: Utterance } | { readonly kind: 'nothing' };

/** Why the device listens: decides what is heard first and how it ends when nobody speaks. */
export type Opening = 'wake' | 'push' | 'follow-up' | 'unfinished';

export interface ConversationLimits extends AnswerLimits {
  /** Milliseconds in `listening` and in `followUp`, beyond what the endpointer allows by itself. */
  readonly listeningMs: number;
  readonly transcribingMs: number;
  /** Milliseconds for a whole reply, from the question's text to its last sound. */
  readonly replyingMs: number;
  /** Milliseconds for saying what went wrong, or something that was ordered over MQTT. */
  readonly announcingMs: number;
  readonly ringingMs: number;
  /** Milliseconds after the wake word in which a question may follow in one breath; after them a sound says "I'm listening". */
  readonly promptMs: number;
  /** Milliseconds without sound after which a thinking sound comes, and comes again. */
  readonly thinkingSoundMs: number;
}

export interface ConversationInput {
  readonly limits: ConversationLimits;
  readonly followUp: 'never' | 'after-question' | 'always';
}

export type Earcon = 'listening' | 'heard' | 'done' | 'error' | 'thinking' | 'muted';

export type TurnOutcome = 'answered' | 'nothing-heard' | 'interrupted' | 'stopped' | 'failed' | 'timed-out';

export type ConversationEvent =
  /** The wake word, at this place in the input. */
  | { readonly type: 'WAKE'; readonly endSample: number }
  /** The talk button. */
  | { readonly type: 'PUSH' }
  /** Stop word, button or command: ends anything. */
  | { readonly type: 'STOP' }
  /** A question that came as text. */
  | { readonly type: 'ASK'; readonly question: Question }
  /** Something to say that nobody asked for. */
  | { readonly type: 'SAY'; readonly text: string }
  | { readonly type: 'RING'; readonly alertId: string }
  | { readonly type: 'MUTE' }
  | { readonly type: 'UNMUTE' }
  /** The person has begun to speak. */
  | { readonly type: 'SPEECH_STARTED' }
  /** The first sound of the reply has left for the loudspeaker. */
  | { readonly type: 'FIRST_AUDIO' };

export interface ListenInput {
  readonly opening: Opening;
  /** Where in the input listening begins; undefined: now. */
  readonly fromSample: number | undefined;
}

/** What the device says by itself: an error in words, or a given text. */
export type Announcement = { readonly error: unknown } | { readonly text: string };

interface ConversationContext extends ConversationInput {
  readonly muted: boolean;
  readonly opening: Opening;
  readonly fromSample: number | undefined;
  readonly utterance: Utterance | undefined;
  readonly question: Question | undefined;
  readonly announcement: Announcement | undefined;
  /** Alerts that are due and wait for the device to be free, oldest first. */
  readonly dueAlerts: readonly string[];
  /** How often this question was already given more time because it sounded unfinished. */
  readonly extensions: number;
  /** What the skill that answered wants; undefined leaves it to the profile. */
  readonly followUpWanted: boolean | undefined;
  readonly replyEndsInQuestion: boolean;
}

export interface ReplySpoken {
  /** The last sentence was a question. */
  readonly endsInQuestion: boolean;
}

const notSupplied = (name: string) => async (): Promise<never> => {
  throw new Error(`${name} is supplied by the device`);
};

export class ConversationLimitReached extends Error {
  readonly code = 'timed-out';
}

export const conversationMachine = setup({
  types: {
    context: {} as ConversationContext,
    events: {} as ConversationEvent,
    input: {} as ConversationInput,
  },
  actors: {
    listen: fromPromise<Heard, ListenInput>(notSupplied('listen')),
    transcribe: fromPromise<Transcript, { utterance: Utterance }>(notSupplied('transcribe')),
    answer: answerMachine,
    /** Speaks the reply's sentences as they come; resolves when the reply is closed and its last sound was heard. */
    speakReply: fromPromise<ReplySpoken, { onFirstAudio: () => void }>(notSupplied('speakReply')),
    announce: fromPromise<void, { announcement: Announcement }>(notSupplied('announce')),
    ring: fromPromise<void, { alertId: string }>(notSupplied('ring')),
  },
  actions: {
    earcon: (_, _params: { name: Earcon }) => {},
    /** A new turn begins: a number, a record of its times, an empty reply. */
    beginTurn: () => {},
    /** The turn is over, one way or another; what was really said until now goes into the history. */
    endTurn: (_, _params: { outcome: TurnOutcome }) => {},
    reportError: (_, _params: { error: unknown }) => {},
    reportTranscript: (_, _params: { transcript: Transcript }) => {},
    reportBargeIn: () => {},
    /** No more text will come: what is queued is spoken and then the reply is over. */
    closeReply: () => {},
    /** The model's prompt prefix is evaluated while the person still speaks. */
    prepareAnswer: () => {},
    stopAlert: (_, _params: { alertId: string }) => {},
  },
  guards: {
    notMuted: ({ context }) => !context.muted,
    wordsWereHeard: (_, params: { transcript: Transcript }) => params.transcript.text !== '',
    /** "… and", "그리고": a pause in the middle of a sentence. */
    soundsUnfinished: (_, _params: { transcript: Transcript }) => false,
    mayExtend: ({ context }) => context.extensions < 2,
    alertIsDue: ({ context }) => context.dueAlerts.length > 0,
    somethingWasSaid: (_, params: { heard: Heard }) => params.heard.kind === 'utterance',
    answerFailed: (_, params: { output: AnswerOutput }) => 'error' in params.output,
    followUpIsOpen: ({ context }) =>
      context.followUpWanted ?? (context.followUp === 'always' || (context.followUp === 'after-question' && context.replyEndsInQuestion)),
  },
  delays: {
    listeningLimit: ({ context }) => context.limits.listeningMs,
    transcribingLimit: ({ context }) => context.limits.transcribingMs,
    replyingLimit: ({ context }) => context.limits.replyingMs,
    announcingLimit: ({ context }) => context.limits.announcingMs,
    ringingLimit: ({ context }) => context.limits.ringingMs,
    promptDelay: ({ context }) => context.limits.promptMs,
    thinkingSoundDelay: ({ context }) => context.limits.thinkingSoundMs,
  },
}).createMachine({
  id: 'conversation',
  context: ({ input }) => ({
    ...input,
    muted: false,
    opening: 'wake',
    fromSample: undefined,
    utterance: undefined,
    question: undefined,
    announcement: undefined,
    dueAlerts: [],
    extensions: 0,
    followUpWanted: undefined,
    replyEndsInQuestion: false,
  }),
  initial: 'asleep',
  on: {
    MUTE: {
      target: '.asleep',
      actions: [
        { type: 'endTurn', params: { outcome: 'stopped' } },
        assign({ muted: true }),
        { type: 'earcon', params: { name: 'muted' } },
      ],
    },
    UNMUTE: { actions: assign({ muted: false }) },
    STOP: {
      target: '.asleep',
      actions: [
        { type: 'endTurn', params: { outcome: 'stopped' } },
        { type: 'earcon', params: { name: 'done' } },
      ],
    },
    WAKE: {
      guard: 'notMuted',
      target: '.listening',
      actions: [
        { type: 'endTurn', params: { outcome: 'interrupted' } },
        assign({ opening: 'wake', extensions: 0, fromSample: ({ event }) => event.endSample }),
        'beginTurn',
      ],
    },
    PUSH: {
      target: '.listening',
      actions: [
        { type: 'endTurn', params: { outcome: 'interrupted' } },
        assign({ opening: 'push', extensions: 0, fromSample: undefined }),
        'beginTurn',
      ],
    },
    ASK: {
      target: '.replying',
      actions: [{ type: 'endTurn', params: { outcome: 'interrupted' } }, assign({ question: ({ event }) => event.question }), 'beginTurn'],
    },
    SAY: {
      target: '.announcing',
      actions: [
        { type: 'endTurn', params: { outcome: 'interrupted' } },
        assign({ announcement: ({ event }) => ({ text: event.text }) }),
        'beginTurn',
      ],
    },
    RING: { actions: assign({ dueAlerts: ({ context, event }) => [...context.dueAlerts, event.alertId] }) },
  },
  states: {
    asleep: {
      description: 'Waits for the wake word, the button, a text or an alert. The only state without a limit.',
      always: { guard: 'alertIsDue', target: 'ringing' },
      on: { STOP: {} },
    },
    listening: {
      description: 'Takes in what is said, from the end of the wake word to the end of speech.',
      entry: ['prepareAnswer'],
      invoke: {
        src: 'listen',
        input: ({ context }) => ({ opening: context.opening, fromSample: context.fromSample }),
        onDone: [
          {
            guard: { type: 'somethingWasSaid', params: ({ event }) => ({ heard: event.output }) },
            target: 'transcribing',
            actions: [
              assign({ utterance: ({ event }) => (event.output.kind === 'utterance' ? event.output.utterance : undefined) }),
              { type: 'earcon', params: { name: 'heard' } },
            ],
          },
          {
            target: 'asleep',
            actions: [
              { type: 'endTurn', params: { outcome: 'nothing-heard' } },
              { type: 'earcon', params: { name: 'done' } },
            ],
          },
        ],
        onError: {
          target: 'announcing',
          actions: [
            assign({ announcement: ({ event }) => ({ error: event.error }) }),
            { type: 'reportError', params: ({ event }) => ({ error: event.error }) },
          ],
        },
      },
      after: {
        listeningLimit: {
          target: 'asleep',
          actions: [
            { type: 'endTurn', params: { outcome: 'timed-out' } },
            { type: 'earcon', params: { name: 'done' } },
          ],
        },
      },
      initial: 'quiet',
      states: {
        quiet: {
          on: { SPEECH_STARTED: 'talking' },
          after: { promptDelay: { actions: { type: 'earcon', params: { name: 'listening' } } } },
        },
        talking: {},
      },
    },
    transcribing: {
      description: 'Speech becomes text. An empty transcript is a quiet end: it was a false wake, or nothing to understand.',
      invoke: {
        src: 'transcribe',
        input: ({ context }) => {
          if (context.utterance === undefined) throw new Error('transcribing needs an utterance');
          return { utterance: context.utterance };
        },
        onDone: [
          {
            guard: and(['mayExtend', { type: 'soundsUnfinished', params: ({ event }) => ({ transcript: event.output }) }]),
            target: 'listening',
            actions: assign({
              opening: 'unfinished',
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
              { type: 'earcon', params: { name: 'done' } },
            ],
          },
        ],
        onError: {
          target: 'announcing',
          actions: [
            assign({ announcement: ({ event }) => ({ error: event.error }) }),
            { type: 'reportError', params: ({ event }) => ({ error: event.error }) },
          ],
        },
      },
      after: {
        transcribingLimit: {
          target: 'announcing',
          actions: [
            assign({ announcement: () => ({ error: new ConversationLimitReached('transcribing took too long') }) }),
            { type: 'reportError', params: () => ({ error: new ConversationLimitReached('transcribing took too long') }) },
          ],
        },
      },
    },
    replying: {
      description: 'The answer is found and spoken, sentence by sentence, both at once.',
      entry: assign({ followUpWanted: undefined, replyEndsInQuestion: false }),
      invoke: [
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
              actions: [
                assign({ announcement: ({ event }) => ({ error: 'error' in event.output ? event.output.error : undefined }) }),
                { type: 'reportError', params: ({ event }) => ({ error: 'error' in event.output ? event.output.error : undefined }) },
              ],
            },
            {
              actions: [
                assign({ followUpWanted: ({ event }) => ('answered' in event.output ? event.output.answered.followUp : undefined) }),
                'closeReply',
              ],
            },
          ],
          onError: {
            target: 'announcing',
            actions: [
              assign({ announcement: ({ event }) => ({ error: event.error }) }),
              { type: 'reportError', params: ({ event }) => ({ error: event.error }) },
            ],
          },
        },
        {
          src: 'speakReply',
          input: ({ self }) => ({ onFirstAudio: () => self.send({ type: 'FIRST_AUDIO' }) }),
          onDone: { target: 'replied', actions: assign({ replyEndsInQuestion: ({ event }) => event.output.endsInQuestion }) },
          onError: {
            target: 'announcing',
            actions: [
              assign({ announcement: ({ event }) => ({ error: event.error }) }),
              { type: 'reportError', params: ({ event }) => ({ error: event.error }) },
            ],
          },
        },
      ],
      on: {
        WAKE: {
          guard: 'notMuted',
          target: 'listening',
          actions: [
            'reportBargeIn',
            { type: 'endTurn', params: { outcome: 'interrupted' } },
            assign({ opening: 'wake', extensions: 0, fromSample: ({ event }) => event.endSample }),
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
          on: { FIRST_AUDIO: 'speaking' },
          after: { thinkingSoundDelay: { target: 'answering', reenter: true, actions: { type: 'earcon', params: { name: 'thinking' } } } },
        },
        speaking: { description: 'The reply can be heard; the rest may still be in the making.' },
      },
    },
    replied: {
      description: 'Decides at once whether a follow-up window opens.',
      always: [
        { guard: 'followUpIsOpen', target: 'followUp', actions: { type: 'endTurn', params: { outcome: 'answered' } } },
        { target: 'asleep', actions: { type: 'endTurn', params: { outcome: 'answered' } } },
      ],
    },
    followUp: {
      description: 'A further question needs no wake word for a while. Ends quietly.',
      entry: [assign({ opening: 'follow-up', extensions: 0, fromSample: undefined }), 'prepareAnswer'],
      invoke: {
        src: 'listen',
        input: ({ context }) => ({ opening: context.opening, fromSample: context.fromSample }),
        onDone: [
          {
            guard: { type: 'somethingWasSaid', params: ({ event }) => ({ heard: event.output }) },
            target: 'transcribing',
            actions: [
              assign({ utterance: ({ event }) => (event.output.kind === 'utterance' ? event.output.utterance : undefined) }),
              'beginTurn',
            ],
          },
          { target: 'asleep' },
        ],
        onError: { target: 'asleep', actions: { type: 'reportError', params: ({ event }) => ({ error: event.error }) } },
      },
      after: { listeningLimit: 'asleep' },
    },
    announcing: {
      description: 'Says what went wrong and what to do, or what it was told to say.',
      invoke: {
        src: 'announce',
        input: ({ context }) => ({ announcement: context.announcement ?? { text: '' } }),
        onDone: [
          {
            guard: ({ context }) => 'error' in (context.announcement ?? {}),
            target: 'asleep',
            actions: { type: 'endTurn', params: { outcome: 'failed' } },
          },
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
    },
    ringing: {
      description: 'A timer or an alarm is due. Wake word, button and stop end it.',
      invoke: { src: 'ring', input: ({ context }) => ({ alertId: context.dueAlerts[0] ?? '' }), onDone: 'asleep', onError: 'asleep' },
      exit: [
        { type: 'stopAlert', params: ({ context }) => ({ alertId: context.dueAlerts[0] ?? '' }) },
        assign({ dueAlerts: ({ context }) => context.dueAlerts.slice(1) }),
      ],
      after: { ringingLimit: 'asleep' },
    },
  },
});
