/**
 * Which hosts the device believes in. One small chart a host, told by what the broker passes on: retained status, will, and silence.
 * Nothing here reads a clock of the host: a host is stale when the device has not heard from it for `staleMs`.
 */
import { type ActorRefFrom, assign, enqueueActions, setup, stopChild } from 'xstate';
import type { HostPresent, HostStatus } from '../src/handoff/schemas.js';

export interface HostLimits {
  /** Milliseconds without a word after which a host is stale. */
  readonly staleMs: number;
  /** Milliseconds that a host counts as busy after it refused, unless it says otherwise before. */
  readonly refusedMs: number;
  /** Milliseconds after which a host that is gone is forgotten. */
  readonly forgetMs: number;
}

interface HostContext {
  readonly host: string;
  readonly limits: HostLimits;
  /** The last it said of itself while it was there. */
  readonly status: HostPresent | undefined;
  /** Heard from it itself, not only what the broker had kept. */
  readonly confirmed: boolean;
}

export type HostEvent =
  | { readonly type: 'STATUS'; readonly status: HostStatus; readonly live: boolean }
  /** It turned a question down. */
  | { readonly type: 'REFUSED' }
  /** It did not answer in time. */
  | { readonly type: 'UNANSWERED' }
  /** The device lost the broker. */
  | { readonly type: 'LINK_LOST' };

export const hostMachine = setup({
  types: {
    context: {} as HostContext,
    events: {} as HostEvent,
    input: {} as { readonly host: string; readonly limits: HostLimits },
  },
  actions: {
    remember: assign(({ context, event }) =>
      event.type !== 'STATUS' || event.status.state === 'offline'
        ? { confirmed: false }
        : { status: event.status, confirmed: context.confirmed || event.live },
    ),
    doubt: assign({ confirmed: false }),
  },
  guards: {
    isOffline: (_, { status }: { status: HostStatus }) => status.state === 'offline',
    isReady: (_, { status }: { status: HostStatus }) => status.state === 'ready',
    isBusy: (_, { status }: { status: HostStatus }) => status.state === 'busy',
    /** What the broker had kept says nothing against silence that the device has seen itself. */
    isOldNews: ({ context, event }) => event.type === 'STATUS' && !event.live && context.confirmed,
  },
  delays: {
    staleAfter: ({ context }) => context.limits.staleMs,
    readyAgainAfter: ({ context }) => context.limits.refusedMs,
    forgottenAfter: ({ context }) => context.limits.forgetMs,
  },
}).createMachine({
  id: 'host',
  context: ({ input }) => ({ ...input, status: undefined, confirmed: false }),
  initial: 'offline',
  on: {
    STATUS: [
      { guard: 'isOldNews' },
      { guard: { type: 'isOffline', params: ({ event }) => event }, target: '.offline', actions: 'remember' },
      { guard: { type: 'isReady', params: ({ event }) => event }, target: '.present.ready', actions: 'remember' },
      { guard: { type: 'isBusy', params: ({ event }) => event }, target: '.present.busy', actions: 'remember' },
      { target: '.present.unavailable', actions: 'remember' },
    ],
  },
  states: {
    present: {
      description: 'Heard from lately. Every status begins this anew.',
      on: {
        LINK_LOST: { target: 'stale', actions: 'doubt' },
        UNANSWERED: { target: 'stale', actions: 'doubt' },
      },
      after: { staleAfter: { target: 'stale', actions: 'doubt' } },
      initial: 'unavailable',
      states: {
        ready: {
          description: 'Takes questions.',
          on: { REFUSED: 'refusing' },
        },
        refusing: {
          description: 'Has just turned a question down; its next status, or a little time, says when to ask again.',
          after: { readyAgainAfter: 'ready' },
        },
        busy: { description: 'Its queue is full.' },
        unavailable: { description: 'It loads, or drains.' },
      },
    },
    stale: {
      description: 'It was there, and has been silent since.',
      after: { forgottenAfter: 'forgotten' },
    },
    offline: {
      description: 'It said goodbye, or the broker did for it.',
      after: { forgottenAfter: 'forgotten' },
    },
    forgotten: { type: 'final' },
  },
});

export type HostActor = ActorRefFrom<typeof hostMachine>;

interface PoolContext {
  readonly limits: HostLimits;
  /** Most hosts that are kept in mind. */
  readonly most: number;
  readonly hosts: ReadonlyMap<string, HostActor>;
}

export type HostPoolEvent =
  | { readonly type: 'STATUS'; readonly host: string; readonly status: HostStatus; readonly live: boolean }
  | { readonly type: 'REFUSED' | 'UNANSWERED'; readonly host: string }
  | { readonly type: 'LINK_LOST' }
  | { readonly type: `xstate.done.actor.${string}`; readonly actorId: string };

export const hostPoolMachine = setup({
  types: {
    context: {} as PoolContext,
    events: {} as HostPoolEvent,
    input: {} as { readonly limits: HostLimits; readonly most: number },
  },
  actors: { host: hostMachine },
  actions: {
    meet: assign(({ context, spawn }, { host }: { host: string }) => ({
      hosts: new Map(context.hosts).set(host, spawn('host', { id: host, input: { host, limits: context.limits } })),
    })),
    forget: enqueueActions(({ context, enqueue }, { host }: { host: string }) => {
      const gone = context.hosts.get(host);
      if (gone !== undefined) enqueue(stopChild(gone));
      enqueue.assign({ hosts: new Map([...context.hosts].filter(([name]) => name !== host)) });
    }),
    tell: ({ context }, { host, event }: { host: string; event: HostEvent }) => context.hosts.get(host)?.send(event),
    tellAll: ({ context }, { event }: { event: HostEvent }) => {
      for (const actor of context.hosts.values()) actor.send(event);
    },
  },
  guards: {
    isKnown: ({ context }, { host }: { host: string }) => context.hosts.has(host),
    hasRoom: ({ context }) => context.hosts.size < context.most,
  },
}).createMachine({
  id: 'hostPool',
  context: ({ input }) => ({ ...input, hosts: new Map() }),
  on: {
    STATUS: [
      {
        guard: { type: 'isKnown', params: ({ event }) => event },
        actions: { type: 'tell', params: ({ event }) => ({ host: event.host, event }) },
      },
      {
        guard: 'hasRoom',
        actions: [
          { type: 'meet', params: ({ event }) => event },
          { type: 'tell', params: ({ event }) => ({ host: event.host, event }) },
        ],
      },
    ],
    REFUSED: { actions: { type: 'tell', params: ({ event }) => ({ host: event.host, event: { type: 'REFUSED' as const } }) } },
    UNANSWERED: { actions: { type: 'tell', params: ({ event }) => ({ host: event.host, event: { type: 'UNANSWERED' as const } }) } },
    LINK_LOST: { actions: { type: 'tellAll', params: { event: { type: 'LINK_LOST' } } } },
    'xstate.done.actor.*': { actions: { type: 'forget', params: ({ event }) => ({ host: event.actorId }) } },
  },
});
