import { z } from 'zod';
import { TandemError } from '../errors.js';
import { idPattern } from './options.js';

/** Every payload of the hand-off, and the one way in and out: size, UTF-8, JSON, version, shape, in this order. */

/** A payload is at most this many bytes; checked before anything looks inside. */
export const payloadLimit = 64 * 1024;
/** A `text` reply carries at most this many UTF-16 units; longer pieces are split. */
export const textLimit = 8 * 1024;

const v = z.literal(1);
const name = z.string().regex(idPattern);
const count = z.number().int().min(0).max(1_000_000);
const milliseconds = z.number().min(0).max(86_400_000);
const perSecond = z.number().min(0).max(1_000_000);
const code = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
/** Shown on terminals and pages: no control characters. */
const label = z
  .string()
  .max(200)
  .regex(/^\P{Cc}*$/u);

/** `instance` is new with every start of the program, `link` with every connection: a change says what was lost. */
const whoSpeaks = { v, instance: z.uuid() };

export const hostStatus = z.discriminatedUnion('state', [
  z.object({ ...whoSpeaks, state: z.literal('offline') }),
  z.object({
    ...whoSpeaks,
    state: z.enum(['loading', 'ready', 'busy', 'draining']),
    link: z.uuid(),
    pool: name,
    model: label,
    contextTokens: count,
    /** Waiting, without those that run. */
    queue: count,
    queueLimit: count,
    running: count,
    tokensPerSecond: perSecond.optional(),
    /** How long a new question would wait, as far as the host can tell. */
    waitMs: milliseconds.optional(),
    /** The host takes requests of the pool by a shared subscription, and has seen that the broker honours it. */
    shared: z.boolean(),
    /** Wall clock of the host at its start, epoch ms; to look at, never to reckon with. */
    since: z.number(),
  }),
]);
export type HostStatus = z.infer<typeof hostStatus>;
export type HostPresent = Exclude<HostStatus, { state: 'offline' }>;

export const request = z.object({
  v,
  request: z.uuid(),
  messages: z
    .array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
    .min(1)
    .max(500)
    .refine((messages) => messages.at(-1)?.role === 'user', 'the last message must be the user’s'),
  language: z.enum(['en', 'ko']),
  /** What is left of the device's patience when it sends. Durations, not times of day: the two clocks need not agree. */
  ttlMs: milliseconds,
  /** How long the device waits for the first text once the request is accepted. */
  firstTextMs: milliseconds,
  maxTokens: z.number().int().min(1).max(8_192),
  /** Questions of this device that any host answered in the last ten minutes: where there is no room for all, who had fewer goes first. */
  answeredLately: count.default(0),
});
export type Request = z.infer<typeof request>;

const fromHost = { v, seq: count, host: name };

export const reply = z.discriminatedUnion('kind', [
  z.object({ ...fromHost, kind: z.literal('accepted'), instance: z.uuid(), ahead: count }),
  z.object({ ...fromHost, kind: z.literal('text'), text: z.string().min(1).max(textLimit) }),
  z.object({
    ...fromHost,
    kind: z.literal('done'),
    stopReason: z.enum(['end', 'length', 'aborted']),
    promptTokens: count,
    cachedTokens: count,
    generatedTokens: count,
    timeToFirstTokenMs: milliseconds.optional(),
    tokensPerSecond: perSecond.optional(),
    meanProbability: z.number().min(0).max(1).optional(),
    queuedMs: milliseconds,
  }),
  z.object({ ...fromHost, kind: z.literal('failed'), code }),
  z.object({ ...fromHost, kind: z.literal('pong') }),
]);
export type Reply = z.infer<typeof reply>;

export const cancel = z.object({ v, reason: z.enum(['stopped', 'timed-out', 'not-waiting']) });
export type Cancel = z.infer<typeof cancel>;

export const resend = z.object({ v, from: count });
export type Resend = z.infer<typeof resend>;

export const ping = z.object({ v, request: z.uuid() });
export type Ping = z.infer<typeof ping>;

export const probe = z.object({ v, probe: z.uuid() });
export type Probe = z.infer<typeof probe>;

export const deviceStatus = z.union([
  z.object({ ...whoSpeaks, state: z.literal('offline') }),
  z.object({
    ...whoSpeaks,
    /** State of the conversation chart. */
    state: name.refine((state) => state !== 'offline'),
    profile: label,
    version: label,
    pool: name,
  }),
]);
export type DeviceStatus = z.infer<typeof deviceStatus>;

const saidText = z.string().trim().min(1).max(2_000);

export const deviceCommand = z.discriminatedUnion('command', [
  z.object({ v, command: z.literal('say'), text: saidText, language: z.enum(['en', 'ko']).optional() }),
  z.object({ v, command: z.literal('ask'), text: saidText, language: z.enum(['en', 'ko']).optional() }),
  z.object({ v, command: z.literal('mute') }),
  z.object({ v, command: z.literal('unmute') }),
  z.object({ v, command: z.literal('stop') }),
  z.object({ v, command: z.literal('volume'), percent: z.number().min(0).max(100) }),
]);
export type DeviceCommand = z.infer<typeof deviceCommand>;

export const claim = z.object({ v, claim: z.uuid(), device: name, word: label, score: z.number().min(0).max(1) });
export type Claim = z.infer<typeof claim>;

export type BadReason = 'too-large' | 'not-utf8' | 'not-json' | 'wrong-version' | 'wrong-shape';

/** A payload that is not one of ours. Says why, never what was in it. */
export class BadMessage extends TandemError {
  readonly reason: BadReason;

  constructor(reason: BadReason) {
    super({ code: 'bad-message', stage: 'handoff', message: `A message was dropped: ${reason}.` });
    this.reason = reason;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function attempt<T>(reason: BadReason, run: () => T): T {
  try {
    return run();
  } catch {
    throw new BadMessage(reason);
  }
}

/** Throws nothing but `BadMessage`, whatever the bytes. */
export function parseMessage<T>(schema: z.ZodType<T>, payload: Uint8Array): T {
  if (payload.byteLength > payloadLimit) throw new BadMessage('too-large');
  const text = attempt('not-utf8', () => utf8.decode(payload));
  const value: unknown = attempt('not-json', () => JSON.parse(text));
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const version: unknown = typeof value === 'object' && value !== null && 'v' in value ? value.v : undefined;
  throw new BadMessage(typeof version === 'number' && version !== 1 ? 'wrong-version' : 'wrong-shape');
}

export type AnyMessage = HostStatus | Request | Reply | Cancel | Resend | Ping | Probe | DeviceStatus | DeviceCommand | Claim;

/** Throws `BadMessage` `too-large` where it would not be taken. The type says that the shape is right. */
export function formatMessage(message: AnyMessage): Buffer {
  const payload = Buffer.from(JSON.stringify(message), 'utf8');
  if (payload.byteLength > payloadLimit) throw new BadMessage('too-large');
  return payload;
}
