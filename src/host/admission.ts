import type { Request } from '../handoff/schemas.js';

/** Time below which nothing can be answered, ms. */
const shortestMs = 50;
/** No text has tokens longer than this on average, in characters: what is too long by this measure is too long by any. */
const longestToken = 6;

export interface Load {
  readonly draining: boolean;
  readonly running: number;
  readonly atOnce: number;
  /** Waiting requests that go before it. */
  readonly ahead: number;
  readonly queueLimit: number;
  /** Of the device that asks, waiting and running. */
  readonly ofDevice: number;
  readonly perDeviceLimit: number;
  /** How long a new request would wait; undefined where that is not known yet. */
  readonly waitMs: number | undefined;
  readonly contextTokens: number;
}

/** Why a request is turned down, at once, so that the device can go elsewhere; undefined where it is taken. */
export function refusalOf(request: Pick<Request, 'messages' | 'ttlMs' | 'firstTextMs'>, load: Load): string | undefined {
  if (load.draining) return 'draining';
  if (load.ofDevice >= load.perDeviceLimit) return 'queue-full';
  if (load.running >= load.atOnce && load.ahead >= load.queueLimit) return 'queue-full';
  if (request.ttlMs < Math.max(shortestMs, load.waitMs ?? 0)) return 'deadline-too-short';
  if ((load.waitMs ?? 0) > request.firstTextMs) return 'queue-full';
  if (leastTokens(request.messages) > load.contextTokens) return 'conversation-too-long';
  return undefined;
}

/** Of what the model has to read whatever else is left out: the system message and the question. */
function leastTokens(messages: Request['messages']): number {
  const system = messages[0]?.role === 'system' && messages.length > 1 ? messages[0].content.length : 0;
  return (system + (messages.at(-1)?.content.length ?? 0)) / longestToken;
}
