/**
 * How one question gets its answer: by a skill, by the model on the device, or by a host, and what happens when one of them fails.
 * The text itself streams into speech elsewhere; this chart knows only who answers, when text began, and how it ended.
 */
import { assign, fromPromise, setup } from 'xstate';
import type { Language } from '../src/speech-to-text/contract.js';
import { suppliedByDevice } from './suppliedByDevice.js';

export interface Question {
  readonly text: string;
  readonly language: Language;
}

export interface Route {
  readonly to: 'skill' | 'device' | 'host';
  /** A short word for the log: `skill:clock`, `everyday`, `asked-for-host`. */
  readonly reason: string;
  /** 0 to 1, the router's wish for the host. */
  readonly score?: number;
}

export interface Answered {
  readonly by: Route['to'];
  /** `cut`: the limit for answering ended it in the middle. */
  readonly outcome: 'complete' | 'cut';
  /** What a skill may say of what comes next; models leave it to the profile. */
  readonly followUp?: boolean;
}

/** What an answering actor resolves with. */
export interface AnswerEnd {
  readonly followUp?: boolean;
}

export interface AnswererInput {
  readonly question: Question;
  readonly route: Route;
  /** To be called when the first piece of text is there. */
  readonly onFirstText: () => void;
}

export interface AnswerLimits {
  /** Milliseconds from asking the device's model to its first text. */
  readonly firstTextMs: number;
  /** Milliseconds for one whole answer on the device. */
  readonly answeringMs: number;
  /** Milliseconds for a skill. */
  readonly skillMs: number;
  /** Milliseconds for deciding who answers. */
  readonly decidingMs: number;
  /** Milliseconds for the host, from asking to the last word; its own shorter timers run inside. */
  readonly hostMs: number;
}

export interface AnswerInput {
  readonly question: Question;
  readonly limits: AnswerLimits;
}

interface AnswerContext extends AnswerInput {
  readonly route: Route;
  readonly followUp: boolean | undefined;
  readonly outcome: Answered['outcome'];
  readonly error: unknown;
}

export type AnswerEvent = { readonly type: 'FIRST_TEXT' };

/** Output of the chart: either an answer, or the error that the device has to put into words. */
export type AnswerOutput = { readonly answered: Answered } | { readonly error: unknown };

/** Why the chart itself gave up; `src/device` puts words to it. */
export class AnswerLimitReached extends Error {
  readonly code = 'timed-out';
}

const fallbackRoute: Route = { to: 'device', reason: 'host-failed' };

/** What each of those who answer is told. */
function answererInput({
  context: { question, route },
  self,
}: {
  readonly context: AnswerContext;
  readonly self: { send(event: AnswerEvent): void };
}): AnswererInput {
  return { question, route, onFirstText: () => self.send({ type: 'FIRST_TEXT' }) };
}

export const answerMachine = setup({
  types: {
    context: {} as AnswerContext,
    events: {} as AnswerEvent,
    input: {} as AnswerInput,
    output: {} as AnswerOutput,
  },
  actors: {
    /** Finds out who should answer. */
    decide: fromPromise<Route, { question: Question }>(suppliedByDevice('decide')),
    runSkill: fromPromise<AnswerEnd, AnswererInput>(suppliedByDevice('runSkill')),
    generateOnDevice: fromPromise<AnswerEnd, AnswererInput>(suppliedByDevice('generateOnDevice')),
    askHost: fromPromise<AnswerEnd, AnswererInput>(suppliedByDevice('askHost')),
  },
  actions: {
    /** Tells the log which way it goes. */
    reportRoute: (_, _params: { route: Route }) => {},
    /** The host failed: says so in the log; what it had said stays said. */
    reportFallback: (_, _params: { error: unknown }) => {},
  },
  guards: {
    toSkill: ({ context }) => context.route.to === 'skill',
    toHost: ({ context }) => context.route.to === 'host',
  },
  delays: {
    decidingLimit: ({ context }) => context.limits.decidingMs,
    skillLimit: ({ context }) => context.limits.skillMs,
    firstTextLimit: ({ context }) => context.limits.firstTextMs,
    answeringLimit: ({ context }) => context.limits.answeringMs,
    hostLimit: ({ context }) => context.limits.hostMs,
  },
}).createMachine({
  id: 'answer',
  context: ({ input }) => ({
    ...input,
    route: { to: 'device', reason: 'undecided' },
    followUp: undefined,
    outcome: 'complete',
    error: undefined,
  }),
  initial: 'deciding',
  states: {
    deciding: {
      description: 'Skill, device or host?',
      invoke: {
        src: 'decide',
        input: ({ context }) => ({ question: context.question }),
        onDone: {
          target: 'decided',
          actions: [
            assign({ route: ({ event }) => event.output }),
            { type: 'reportRoute', params: ({ event }) => ({ route: event.output }) },
          ],
        },
        onError: { target: 'failed', actions: assign({ error: ({ event }) => event.error }) },
      },
      after: { decidingLimit: { target: 'failed', actions: assign({ error: () => new AnswerLimitReached('deciding took too long') }) } },
    },
    decided: {
      description: 'Passes the question on at once.',
      always: [{ guard: 'toSkill', target: 'runningSkill' }, { guard: 'toHost', target: 'askingHost' }, { target: 'generatingOnDevice' }],
    },
    runningSkill: {
      description: 'The device does it itself, without a model.',
      invoke: {
        src: 'runSkill',
        input: answererInput,
        onDone: { target: 'answered', actions: assign({ followUp: ({ event }) => event.output.followUp }) },
        onError: { target: 'failed', actions: assign({ error: ({ event }) => event.error }) },
      },
      after: { skillLimit: { target: 'failed', actions: assign({ error: () => new AnswerLimitReached('the skill took too long') }) } },
    },
    askingHost: {
      description: 'A host answers; whatever goes wrong with it, the device answers instead.',
      invoke: {
        src: 'askHost',
        input: answererInput,
        onDone: { target: 'answered', actions: assign({ followUp: ({ event }) => event.output.followUp }) },
        onError: {
          target: 'generatingOnDevice',
          actions: [assign({ route: () => fallbackRoute }), { type: 'reportFallback', params: ({ event }) => ({ error: event.error }) }],
        },
      },
      after: {
        hostLimit: {
          target: 'generatingOnDevice',
          actions: [
            assign({ route: () => fallbackRoute }),
            { type: 'reportFallback', params: () => ({ error: new AnswerLimitReached('the host took too long') }) },
          ],
        },
      },
    },
    generatingOnDevice: {
      description: 'The model on the device answers.',
      invoke: {
        src: 'generateOnDevice',
        input: answererInput,
        onDone: { target: 'answered', actions: assign({ followUp: ({ event }) => event.output.followUp }) },
        onError: { target: 'failed', actions: assign({ error: ({ event }) => event.error }) },
      },
      after: { answeringLimit: { target: 'answered', actions: assign({ outcome: () => 'cut' as const }) } },
      initial: 'waitingForText',
      states: {
        waitingForText: {
          on: { FIRST_TEXT: 'streaming' },
          after: {
            firstTextLimit: {
              target: '#answer.failed',
              actions: assign({ error: () => new AnswerLimitReached('the model took too long') }),
            },
          },
        },
        streaming: {},
      },
    },
    answered: { type: 'final' },
    failed: { type: 'final' },
  },
  output: ({ context }) =>
    context.error === undefined
      ? {
          answered: {
            by: context.route.to,
            outcome: context.outcome,
            ...(context.followUp === undefined ? {} : { followUp: context.followUp }),
          },
        }
      : { error: context.error },
});
