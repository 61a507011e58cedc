import fc from 'fast-check';
import type {
  Cancel,
  Claim,
  DeviceCommand,
  DeviceStatus,
  HostStatus,
  Ping,
  Probe,
  Reply,
  Request,
  Resend,
} from '../../../src/handoff/schemas.js';

/** Any valid message of each kind. */
const v = fc.constant(1 as const);
const count = fc.nat({ max: 1_000_000 });
const duration = fc.integer({ min: 0, max: 86_400_000 });
const rate = fc.double({ min: 0, max: 1_000_000, noNaN: true }).map((value) => value + 0);
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const label = fc.string({ unit: 'grapheme', maxLength: 40 });
export const anyId = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const code = fc.stringMatching(/^[a-z][a-z0-9-]{0,63}$/);
const uuid = fc.uuid({ version: 4 });
const language = fc.constantFrom('en' as const, 'ko' as const);
const spoken = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).map((text) => `a${text}b`);

/** Leaves absent what was undefined, as JSON does. */
function whole<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

export const anyHostStatus: fc.Arbitrary<HostStatus> = fc.oneof(
  fc.record({ v, instance: uuid, state: fc.constant('offline' as const) }),
  fc
    .record({
      v,
      instance: uuid,
      state: fc.constantFrom('loading' as const, 'ready' as const, 'busy' as const, 'draining' as const),
      link: uuid,
      pool: anyId,
      model: label,
      contextTokens: count,
      queue: count,
      queueLimit: count,
      running: count,
      tokensPerSecond: maybe(rate),
      waitMs: maybe(duration),
      shared: fc.boolean(),
      since: duration,
    })
    .map(whole),
);

const message = fc.record({
  role: fc.constantFrom('system' as const, 'user' as const, 'assistant' as const),
  content: fc.string({ unit: 'binary', maxLength: 200 }),
});

export const anyRequest: fc.Arbitrary<Request> = fc.record({
  v,
  request: uuid,
  messages: fc
    .tuple(fc.array(message, { maxLength: 20 }), fc.string({ unit: 'grapheme' }))
    .map(([before, question]) => [...before, { role: 'user' as const, content: question }]),
  language,
  ttlMs: duration,
  firstTextMs: duration,
  maxTokens: fc.integer({ min: 1, max: 8_192 }),
  answeredLately: count,
});

const fromHost = { v, seq: count, host: anyId };

export const anyReply: fc.Arbitrary<Reply> = fc.oneof(
  fc.record({ ...fromHost, kind: fc.constant('accepted' as const), instance: uuid, ahead: count }),
  fc.record({
    ...fromHost,
    kind: fc.constant('text' as const),
    text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
  }),
  fc
    .record({
      ...fromHost,
      kind: fc.constant('done' as const),
      stopReason: fc.constantFrom('end' as const, 'length' as const, 'aborted' as const),
      promptTokens: count,
      cachedTokens: count,
      generatedTokens: count,
      timeToFirstTokenMs: maybe(duration),
      tokensPerSecond: maybe(rate),
      meanProbability: maybe(share),
      queuedMs: duration,
    })
    .map(whole),
  fc.record({ ...fromHost, kind: fc.constant('failed' as const), code }),
  fc.record({ ...fromHost, kind: fc.constant('pong' as const) }),
);

export const anyCancel: fc.Arbitrary<Cancel> = fc.record({
  v,
  reason: fc.constantFrom('stopped' as const, 'timed-out' as const, 'not-waiting' as const),
});
export const anyResend: fc.Arbitrary<Resend> = fc.record({ v, from: count });
export const anyPing: fc.Arbitrary<Ping> = fc.record({ v, request: uuid });

export const anyProbe: fc.Arbitrary<Probe> = fc.record({ v, probe: uuid });

export const anyDeviceStatus: fc.Arbitrary<DeviceStatus> = fc.oneof(
  fc.record({ v, instance: uuid, state: fc.constant('offline' as const) }),
  fc.record({ v, instance: uuid, state: fc.constantFrom('asleep', 'listening', 'answering'), profile: label, version: label, pool: anyId }),
);

export const anyDeviceCommand: fc.Arbitrary<DeviceCommand> = fc.oneof(
  fc.record({ v, command: fc.constantFrom('say' as const, 'ask' as const), text: spoken, language: maybe(language) }).map(whole),
  fc.record({ v, command: fc.constantFrom('mute' as const, 'unmute' as const, 'stop' as const) }),
  fc.record({
    v,
    command: fc.constant('volume' as const),
    percent: fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value + 0),
  }),
);

export const anyClaim: fc.Arbitrary<Claim> = fc.record({ v, claim: uuid, device: anyId, word: label, score: share });
