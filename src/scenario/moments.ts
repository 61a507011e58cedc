import { z } from 'zod';
import type { TurnTimings } from '../events/events.js';

/** The words for what happens on a device: events of the event log, states, what the loudspeaker does, and the turns of the scenario itself. */

/** What a moment must be like: its name, and what its fields must hold. */
export interface MomentMatch {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldMatch>>;
}

/** Words that must be in a text, and that must not; `is`: all of it. */
export interface TextMatch {
  readonly kind: 'text';
  readonly is?: string;
  readonly contains: readonly string[];
  readonly containsNot: readonly string[];
}

export type FieldMatch =
  | TextMatch
  | { readonly kind: 'word'; readonly is: string }
  | { readonly kind: 'number'; readonly atLeast: number; readonly atMost: number };

const words = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

/** Words that must be in a text, or must not; a bare word or a list: must be in it. Capital letters don't matter. */
export const textMatch = z
  .union([
    z.string().min(1),
    z.array(z.string().min(1)).min(1),
    z.strictObject({
      contains: words.optional().describe('These must be in it.'),
      containsNot: words.optional().describe('None of these may be in it.'),
      is: z.string().optional().describe('All of it, word for word.'),
    }),
  ])
  .transform((value): TextMatch => {
    if (typeof value === 'string') return { kind: 'text', contains: [value], containsNot: [] };
    if ('length' in value) return { kind: 'text', contains: value, containsNot: [] };
    const { contains = [], containsNot = [], is } = value;
    return { kind: 'text', contains, containsNot, ...(is === undefined ? {} : { is }) };
  });

const word = z.string().min(1);
const wordMatch = word.transform((is): FieldMatch => ({ kind: 'word', is }));
const oneOf = (...known: readonly [string, ...string[]]) => z.enum(known).transform((is): FieldMatch => ({ kind: 'word', is }));
const numberMatch = z
  .strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() })
  .transform(
    ({ atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }): FieldMatch => ({ kind: 'number', atLeast, atMost }),
  );
const language = oneOf('en', 'ko');

/** Of a turn, ms; what each means stands in `TurnTimings`. */
const TIMINGS: readonly (keyof TurnTimings)[] = [
  'endpointMs',
  'transcribeMs',
  'routeMs',
  'firstTextMs',
  'firstSentenceMs',
  'synthesizeMs',
  'firstAudioMs',
  'overheadMs',
  'totalMs',
];

type Fields = Readonly<Record<string, z.ZodType<FieldMatch>>>;

/** By name, the fields that can be asked for; the first is the one that a bare value means: `route: skill`. */
const DESCRIBED: Readonly<Record<string, Fields>> = {
  wake: { word: wordMatch, score: numberMatch },
  'wake-rejected': { reason: textMatch, word: wordMatch, score: numberMatch },
  'stop-word': { word: wordMatch },
  transcript: { text: textMatch, language, confidence: numberMatch },
  route: { to: oneOf('skill', 'device', 'host'), reason: textMatch, score: numberMatch },
  handoff: { state: wordMatch, host: wordMatch, code: wordMatch },
  sentence: { text: textMatch },
  spoken: { text: textMatch, language },
  signal: { name: wordMatch },
  'turn-end': {
    outcome: oneOf('answered', 'nothing-heard', 'interrupted', 'stopped', 'failed', 'timed-out', 'yielded'),
    ...Object.fromEntries(TIMINGS.map((name) => [name, numberMatch])),
  },
  notice: { code: wordMatch, message: textMatch },
  error: { code: wordMatch, stage: wordMatch, message: textMatch },
  broker: { does: oneOf('stops', 'starts') },
  host: { does: oneOf('stops', 'starts') },
  'other-device': { word: wordMatch },
  press: { button: oneOf('talk', 'stop', 'mute', 'unmute') },
};

/** Moments that have nothing more to say than that they came. */
const PLAIN = [
  'speech-start',
  'speech-end',
  'first-token',
  'first-audio',
  'barge-in',
  'sound',
  'silence',
  'hear',
  'ask',
  'say',
  'command',
  'unplug',
];

/** States of the conversation chart, as a scenario calls them. */
const STATES = {
  asleep: 'asleep',
  listening: 'listening',
  transcribing: 'transcribing',
  'replying.answering': 'answering',
  'replying.speaking': 'speaking',
  followUp: 'follow-up',
  announcing: 'announcing',
  ringing: 'ringing',
} as const;

export const stateNames = z.enum(Object.values(STATES));

/** `replying.speaking` is `speaking`; a state that passes at once has no name. */
export function nameOfState(state: string): string | undefined {
  return Object.entries(STATES).find(([path]) => state === path || state.startsWith(`${path}.`))?.[1];
}

export const momentNames: readonly string[] = [...Object.keys(DESCRIBED), ...PLAIN, ...Object.values(STATES)];

const bare = z.enum(momentNames).transform((name): MomentMatch => ({ name, fields: {} }));

const described = z
  .strictObject(Object.fromEntries(Object.entries(DESCRIBED).map(([name, fields]) => [name, valueSchema(fields).optional()])))
  .refine((value) => Object.keys(value).length === 1, 'must be one moment; begin a new line with "- " for the next one')
  .transform((value): MomentMatch => {
    const [name = '', fields] = Object.entries(value)[0] ?? [];
    return { name, fields: fields ?? {} };
  });

/** One moment, by its name alone (`first-audio`) or with what must be in it (`route: skill`, `transcript: {text: paris, language: en}`). */
export const momentMatch = z.union([bare, described]);

function valueSchema(fields: Fields): z.ZodType<Readonly<Record<string, FieldMatch>>> {
  const [[first = '', schema = z.never()] = []] = Object.entries(fields);
  const all = z.strictObject(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.optional()])));
  const given = (value: Readonly<Record<string, FieldMatch | undefined>>) =>
    Object.fromEntries(Object.entries(value).flatMap(([name, field]) => (field === undefined ? [] : [[name, field]])));
  return z.union([schema.transform((value) => ({ [first]: value })), all.transform(given)]);
}
