/** The conversation's actors, actions, guards and delays by name. `src/device` supplies the actors and the actions that have effects. */
import { assign, fromPromise, setup } from 'xstate';
import { type AnswerOutput, answerMachine } from '../answer.js';
import { suppliedByDevice } from '../suppliedByDevice.js';
import type {
  Announcement,
  ConversationContext,
  ConversationEvent,
  ConversationInput,
  Earcon,
  Heard,
  ListenInput,
  ReplySpoken,
  SpeakReplyInput,
  TurnOutcome,
  Understood,
  Utterance,
} from './terms.js';

/** By somebody's wish, or by the switch of the microphone: no wake word counts. */
export function isMuted({ muted, switchedOff }: Pick<ConversationContext, 'muted' | 'switchedOff'>): boolean {
  return muted || switchedOff;
}

export const parts = setup({
  types: {
    context: {} as ConversationContext,
    events: {} as ConversationEvent,
    input: {} as ConversationInput,
  },
  actors: {
    listen: fromPromise<Heard, ListenInput>(suppliedByDevice('listen')),
    transcribe: fromPromise<Understood, { utterance: Utterance }>(suppliedByDevice('transcribe')),
    answer: answerMachine,
    /** Speaks the reply's sentences as they come; resolves when the last sound of the reply, or of its first part, was heard. */
    speakReply: fromPromise<ReplySpoken, SpeakReplyInput>(suppliedByDevice('speakReply')),
    announce: fromPromise<void, { announcement: Announcement }>(suppliedByDevice('announce')),
    ring: fromPromise<void, { alertId: string }>(suppliedByDevice('ring')),
  },
  actions: {
    /** `leftOut`: nothing is played. */
    earcon: (_, _params: { name: Earcon; leftOut?: boolean }) => {},
    /** A new turn begins: a number, a record of its times, an empty reply. */
    beginTurn: () => {},
    /** The turn, if there is one, is over; what was really said until now goes into the history. */
    endTurn: (_, _params: { outcome: TurnOutcome }) => {},
    reportError: (_, _params: { error: unknown }) => {},
    reportTranscript: (_, _params: { transcript: Understood }) => {},
    reportBargeIn: () => {},
    /** No more text will come: what is queued is spoken and then the reply is over. */
    closeReply: () => {},
    /** The model's prompt prefix is evaluated while the person still speaks. */
    prepareAnswer: () => {},
    stopAlert: (_, _params: { alertId: string }) => {},
    listenFrom: assign((_, params: Pick<ConversationContext, 'opening' | 'fromSample'>) => ({
      ...params,
      extensions: 0,
      unasked: params.opening === 'follow-up',
    })),
    keepUtterance: assign((_, params: { heard: Heard }) => ({
      utterance: params.heard.kind === 'utterance' ? params.heard.utterance : undefined,
    })),
    takeToSay: assign(({ context: { toSay } }) => ({ announcement: toSay[0], toSay: toSay.slice(1) })),
    noteError: assign((_, params: { error: unknown }) => ({ announcement: { error: params.error } })),
  },
  guards: {
    notMuted: ({ context }) => !isMuted(context),
    switchedOff: ({ context }) => context.switchedOff,
    alertIsDue: ({ context }) => context.dueAlerts.length > 0,
    somethingToSay: ({ context }) => context.toSay.length > 0,
    goesOnAfterPause: ({ context }) => context.opening === 'unfinished',
    somethingWasSaid: (_, params: { heard: Heard }) => params.heard.kind === 'utterance',
    soundsUnfinished: ({ context }, params: { transcript: Understood }) => params.transcript.unfinished && context.extensions < 2,
    wordsWereHeard: (_, params: { transcript: Understood }) => params.transcript.text !== '',
    answerFailed: (_, params: { output: AnswerOutput }) => 'error' in params.output,
    somethingWentWrong: ({ context }) => context.announcement !== undefined && 'error' in context.announcement,
    followUpIsOpen: ({ context }) =>
      !isMuted(context) &&
      (context.followUpWanted ?? (context.followUp === 'always' || (context.followUp === 'after-question' && context.replyEndsInQuestion))),
  },
  delays: {
    listeningLimit: ({ context }) => context.limits.listeningMs,
    promptDelay: ({ context }) => context.limits.promptMs,
    transcribingLimit: ({ context }) => context.limits.transcribingMs,
    replyingLimit: ({ context }) => context.limits.replyingMs,
    announcingLimit: ({ context }) => context.limits.announcingMs,
    ringingLimit: ({ context }) => context.limits.ringingMs,
  },
});

/** Nobody waits any more. */
export const waitIsOver = parts.cancel('still-silent');

/** From now on a person waits for an answer: `STILL_SILENT` comes after the profile's time. */
export const awaitSound = parts.enqueueActions(({ context, enqueue }) => {
  enqueue(waitIsOver);
  enqueue.raise({ type: 'STILL_SILENT' }, { id: 'still-silent', delay: context.limits.thinkingSoundMs });
});

/** A short sound that is left out in the follow-up window: perhaps nobody speaks to the device there. */
export function ifCalled(name: Earcon) {
  return ({ context }: { readonly context: ConversationContext }) => ({ name, leftOut: context.unasked });
}
