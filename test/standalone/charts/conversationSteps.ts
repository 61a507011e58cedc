import { getInitialSnapshot, transition } from 'xstate';
import type { ConversationEvent, ConversationInput, Heard } from '../../../statecharts/conversation/terms.js';
import { conversationMachine } from '../../../statecharts/conversation.js';

/** The conversation chart, led step by step. */

export const limits: ConversationInput['limits'] = {
  listeningMs: 20_000,
  transcribingMs: 20_000,
  replyingMs: 90_000,
  announcingMs: 30_000,
  ringingMs: 60_000,
  promptMs: 300,
  thinkingSoundMs: 1_500,
  decidingMs: 2_000,
  skillMs: 5_000,
  firstTextMs: 10_000,
  answeringMs: 60_000,
  hostMs: 30_000,
};
export const input: ConversationInput = { limits, followUp: 'always' };

const utterance = { samples: new Int16Array(16_000), fromSample: 0, toSample: 16_000 };
export const question = { text: 'what is the capital of france', language: 'en' as const };
export const spoken: Heard = { kind: 'utterance', utterance };
export const nothing: Heard = { kind: 'nothing' };

export type Step = ConversationEvent | { readonly type: string; readonly output?: unknown; readonly error?: unknown };
export type Snapshot = ReturnType<typeof getInitialSnapshot<typeof conversationMachine>>;

export const WAKE: Step = { type: 'WAKE', endSample: 16_000 };
export const done = (actor: string, output?: unknown): Step => ({ type: `xstate.done.actor.${actor}`, output });
export const failed = (actor: string, error: unknown = new Error('no')): Step => ({ type: `xstate.error.actor.${actor}`, error });

export const ids = {
  listen: '0.conversation.listening',
  window: '0.conversation.followUp',
  transcribe: '0.conversation.transcribing',
  speakReply: '0.conversation.replying',
  answer: '1.conversation.replying',
  announce: '0.conversation.announcing',
  ring: '0.conversation.ringing',
} as const;

export const understood = (text: string, unfinished = false) => ({ text, language: 'en', unfinished });

export function playedThrough(steps: readonly Step[], start: ConversationInput = input): { snapshot: Snapshot; actions: string[] } {
  let snapshot = getInitialSnapshot(conversationMachine, start);
  let actions: string[] = [];
  for (const step of steps) {
    const [next, executable] = transition(conversationMachine, snapshot, step as ConversationEvent);
    snapshot = next;
    actions = executable.map((action) => {
      const params = action.params as { name?: string; outcome?: string } | undefined;
      return [action.type, params?.name ?? params?.outcome].filter((part) => part !== undefined).join(':');
    });
  }
  return { snapshot, actions: actions.filter((action) => !action.startsWith('xstate.')) };
}

/** How each state is reached. */
export const PATHS = {
  asleep: [],
  listening: [WAKE],
  transcribing: [WAKE, done(ids.listen, spoken)],
  replying: [{ type: 'ASK', question }],
  speaking: [{ type: 'ASK', question }, { type: 'FIRST_AUDIO' }],
  followUp: [{ type: 'ASK', question }, { type: 'FIRST_AUDIO' }, done(ids.speakReply, { endsInQuestion: false, offersMore: false })],
  announcing: [{ type: 'SAY', text: 'Dinner is ready.', language: 'en' }],
  ringing: [{ type: 'RING', alertId: 'tea' }],
} as const satisfies Record<string, readonly Step[]>;

export type StateName = keyof typeof PATHS;
export const NAMES = Object.keys(PATHS) as StateName[];
export const topState = (snapshot: Snapshot): string =>
  typeof snapshot.value === 'string' ? snapshot.value : (Object.keys(snapshot.value)[0] ?? '');
export const top: Record<StateName, string> = { ...Object.fromEntries(NAMES.map((name) => [name, name])), speaking: 'replying' } as Record<
  StateName,
  string
>;
