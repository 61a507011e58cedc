/**
 * One request as the device sees it: sent to a host, accepted, streaming, and how it ends. Four time limits and the wait for a
 * missing part run here; what arrives twice, out of order or from a stranger is sorted out before it becomes an event.
 */
import { assign, setup } from 'xstate';
import type { Reply } from '../src/handoff/schemas.js';

export type DoneReply = Extract<Reply, { kind: 'done' }>;

export interface HostRequestLimits {
  /** Milliseconds until a host has to have accepted. */
  readonly acceptedMs: number;
  /** Milliseconds from there to the first text. */
  readonly firstTextMs: number;
  /** Milliseconds from one text to the next. */
  readonly idleMs: number;
  /** Milliseconds for all of it. */
  readonly deadlineMs: number;
  /** Milliseconds to wait for a missing part, before asking for it and again after. */
  readonly gapMs: number;
  /** Milliseconds that a host whose connection broke has to come back. */
  readonly goneMs: number;
}

interface HostRequestContext {
  readonly limits: HostRequestLimits;
  readonly host: string | undefined;
  /** Text has been handed on: it can't be taken back, and no other host can begin anew. */
  readonly begun: boolean;
  readonly code: string | undefined;
  readonly end: DoneReply | undefined;
}

export type HostRequestEvent =
  | { readonly type: 'ACCEPTED'; readonly host: string }
  | { readonly type: 'TEXT'; readonly text: string }
  | { readonly type: 'DONE'; readonly end: DoneReply }
  /** The host refused, or failed on the way. */
  | { readonly type: 'FAILED'; readonly host: string; readonly code: string }
  /** A later part came before an earlier one. */
  | { readonly type: 'GAP' }
  | { readonly type: 'GAP_CLOSED' }
  /** The broker says that the connection to the host broke. */
  | { readonly type: 'HOST_GONE' }
  /** The host has started anew, and knows nothing of this request. */
  | { readonly type: 'HOST_FORGOT' }
  /** The device lost the broker itself: that the host is gone may have been the broker's own end. */
  | { readonly type: 'LINK_LOST' }
  /** A connection was broken and is there again, on either side: what was under way may be lost. */
  | { readonly type: 'LINK_RENEWED' }
  | { readonly type: 'CANCEL' };

export interface HostRequestOutput {
  readonly host: string | undefined;
  readonly begun: boolean;
  /** Why it failed; undefined where it did not. */
  readonly code: string | undefined;
  /** Undefined where it was cancelled. */
  readonly end: DoneReply | undefined;
}

export const hostRequestMachine = setup({
  types: {
    context: {} as HostRequestContext,
    events: {} as HostRequestEvent,
    input: {} as { readonly limits: HostRequestLimits },
    output: {} as HostRequestOutput,
  },
  actions: {
    /** Hands text on to the answer. */
    deliver: (_, _params: { text: string }) => {},
    /** Asks the host for everything from the first missing part on. */
    askAgain: () => {},
    /** Tells the hosts that nobody waits any more. */
    withdraw: (_, _params: { reason: 'stopped' | 'timed-out' }) => {},
    /** For the event log. */
    report: (_, _params: { state: string; host: string | undefined; code: string | undefined }) => {},
    begin: assign({ begun: true }),
    giveUp: assign({ code: (_, { code }: { code: string }) => code }),
  },
  delays: {
    acceptedLimit: ({ context }) => context.limits.acceptedMs,
    firstTextLimit: ({ context }) => context.limits.firstTextMs,
    idleLimit: ({ context }) => context.limits.idleMs,
    deadline: ({ context }) => context.limits.deadlineMs,
    gapLimit: ({ context }) => context.limits.gapMs,
    goneLimit: ({ context }) => context.limits.goneMs,
  },
}).createMachine({
  id: 'hostRequest',
  context: ({ input }) => ({ ...input, host: undefined, begun: false, code: undefined, end: undefined }),
  initial: 'running',
  states: {
    running: {
      type: 'parallel',
      on: {
        CANCEL: { target: 'cancelled', actions: { type: 'withdraw', params: { reason: 'stopped' } } },
        DONE: { target: 'done', actions: assign({ end: ({ event }) => event.end }) },
        FAILED: { target: 'failed', actions: assign({ host: ({ event }) => event.host, code: ({ event }) => event.code }) },
        HOST_FORGOT: { target: 'failed', actions: { type: 'giveUp', params: { code: 'host-left' } } },
      },
      after: { deadline: { target: 'abandoned', actions: { type: 'giveUp', params: { code: 'host-deadline' } } } },
      states: {
        progress: {
          initial: 'sent',
          states: {
            sent: {
              on: {
                ACCEPTED: {
                  target: 'accepted',
                  actions: [
                    assign({ host: ({ event }) => event.host }),
                    { type: 'report', params: ({ event }) => ({ state: 'accepted', host: event.host, code: undefined }) },
                  ],
                },
              },
              after: {
                acceptedLimit: { target: '#hostRequest.abandoned', actions: { type: 'giveUp', params: { code: 'host-not-accepted' } } },
              },
            },
            accepted: {
              on: {
                TEXT: {
                  target: 'streaming',
                  actions: [
                    'begin',
                    { type: 'report', params: ({ context }) => ({ state: 'streaming', host: context.host, code: undefined }) },
                    { type: 'deliver', params: ({ event }) => event },
                  ],
                },
                LINK_RENEWED: { actions: 'askAgain' },
              },
              after: {
                firstTextLimit: {
                  target: '#hostRequest.abandoned',
                  actions: { type: 'giveUp', params: { code: 'host-first-text-timeout' } },
                },
              },
            },
            streaming: {
              on: {
                TEXT: { target: 'streaming', reenter: true, actions: { type: 'deliver', params: ({ event }) => event } },
                LINK_RENEWED: { actions: 'askAgain' },
              },
              after: {
                idleLimit: { target: '#hostRequest.abandoned', actions: { type: 'giveUp', params: { code: 'host-idle-timeout' } } },
              },
            },
          },
        },
        presence: {
          initial: 'there',
          states: {
            there: { on: { HOST_GONE: 'gone' } },
            gone: {
              on: { LINK_LOST: 'there', LINK_RENEWED: 'there' },
              after: { goneLimit: { target: '#hostRequest.abandoned', actions: { type: 'giveUp', params: { code: 'host-left' } } } },
            },
          },
        },
        order: {
          initial: 'whole',
          states: {
            whole: { on: { GAP: 'missing' } },
            missing: {
              on: { GAP_CLOSED: 'whole' },
              after: { gapLimit: { target: 'askedAgain', actions: 'askAgain' } },
            },
            askedAgain: {
              on: { GAP_CLOSED: 'whole' },
              after: { gapLimit: { target: '#hostRequest.abandoned', actions: { type: 'giveUp', params: { code: 'host-gap' } } } },
            },
          },
        },
      },
    },
    abandoned: {
      description: 'The device gave up; the host is told, so that it stops, should it still be there.',
      entry: { type: 'withdraw', params: { reason: 'timed-out' } },
      always: 'failed',
    },
    failed: {
      type: 'final',
      entry: { type: 'report', params: ({ context }) => ({ state: 'failed', host: context.host, code: context.code }) },
    },
    done: {
      type: 'final',
      entry: { type: 'report', params: ({ context }) => ({ state: 'done', host: context.host, code: undefined }) },
    },
    cancelled: { type: 'final' },
  },
  output: ({ context: { host, begun, code, end } }) => ({ host, begun, code, end }),
});
