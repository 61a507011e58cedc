/**
 * One request as the host sees it: it waits for its turn, runs, streams, and ends in one of three ways. Whatever happens, the device
 * is told how it ended.
 */
import { assign, fromCallback, setup } from 'xstate';
import type { Generation } from '../src/language-model/contract.js';

export interface HostSessionInput {
  /** Milliseconds from now until nobody waits for it any more. */
  readonly deadlineMs: number;
}

interface HostSessionContext extends HostSessionInput {
  readonly code: string | undefined;
  readonly generation: Generation | undefined;
}

export type HostSessionEvent =
  /** It is its turn. */
  | { readonly type: 'START' }
  /** From the model. */
  | { readonly type: 'TEXT'; readonly text: string }
  | { readonly type: 'GENERATED'; readonly generation: Generation }
  | { readonly type: 'MODEL_FAILED'; readonly code: string }
  /** The device does not want it any more, or is gone. */
  | { readonly type: 'CANCEL' }
  /** A device that had less goes first, and there is no room or time left for this one. */
  | { readonly type: 'GIVE_WAY' }
  /** The host is about to end: what waits goes back, what runs may finish. */
  | { readonly type: 'DRAIN' }
  /** The host ends now. */
  | { readonly type: 'SHUT_DOWN' };

export const hostSessionMachine = setup({
  types: {
    context: {} as HostSessionContext,
    events: {} as HostSessionEvent,
    input: {} as HostSessionInput,
  },
  actors: {
    /** Runs the model, sends TEXT, then GENERATED or MODEL_FAILED; leaving the state stops it. */
    generate: fromCallback<HostSessionEvent>(() => {}),
  },
  actions: {
    publishText: (_, _params: { text: string }) => {},
    publishDone: (_, _params: { generation: Generation | undefined }) => {},
    publishFailed: (_, _params: { code: string }) => {},
    fail: assign({ code: (_, { code }: { code: string }) => code }),
  },
  delays: { deadline: ({ context }) => context.deadlineMs },
}).createMachine({
  id: 'hostSession',
  context: ({ input }) => ({ ...input, code: undefined, generation: undefined }),
  initial: 'open',
  states: {
    open: {
      on: {
        CANCEL: 'cancelled',
        SHUT_DOWN: { target: 'failed', actions: { type: 'fail', params: { code: 'draining' } } },
      },
      after: { deadline: { target: 'failed', actions: { type: 'fail', params: { code: 'deadline-passed' } } } },
      initial: 'queued',
      states: {
        queued: {
          on: {
            START: 'generating',
            DRAIN: { target: '#hostSession.failed', actions: { type: 'fail', params: { code: 'draining' } } },
            GIVE_WAY: { target: '#hostSession.failed', actions: { type: 'fail', params: { code: 'queue-full' } } },
          },
        },
        generating: {
          invoke: { src: 'generate' },
          on: {
            GENERATED: { target: '#hostSession.done', actions: assign({ generation: ({ event }) => event.generation }) },
            MODEL_FAILED: { target: '#hostSession.failed', actions: { type: 'fail', params: ({ event }) => event } },
          },
          initial: 'running',
          states: {
            running: {
              description: 'The prompt is being evaluated.',
              on: { TEXT: { target: 'streaming', actions: { type: 'publishText', params: ({ event }) => event } } },
            },
            streaming: {
              on: { TEXT: { actions: { type: 'publishText', params: ({ event }) => event } } },
            },
          },
        },
      },
    },
    done: {
      type: 'final',
      entry: { type: 'publishDone', params: ({ context }) => context },
    },
    cancelled: {
      type: 'final',
      entry: { type: 'publishFailed', params: { code: 'cancelled' } },
    },
    failed: {
      type: 'final',
      entry: { type: 'publishFailed', params: ({ context }) => ({ code: context.code ?? 'generation-failed' }) },
    },
  },
});
