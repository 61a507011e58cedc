import type { Message } from '../language-model/contract.js';
import type { HostsAvailable } from './contract.js';
import type { RoutingOptions } from './options.js';

/** Speech takes about this many tokens a second; from a slower host the listener waits in the middle of an answer. */
const SPOKEN_TOKENS_PER_SECOND = 5;
/** From here a conversation counts as long: the device evaluates it for seconds before its first word. In characters. */
const LONG_CONTEXT = 6000;

/**
 * A question's score (0 to 1) after what speaks for and against the host at this moment. A long conversation raises it by a share of
 * itself, so that what is plainly everyday stays on the device; a queue and a slow host lower it.
 */
export function inCircumstances(score: number, history: readonly Message[], hosts: HostsAvailable, options: RoutingOptions): number {
  const characters = history.reduce((sum, { content }) => sum + content.length, 0);
  const context = 1 + options.longContextGain * Math.min(1, characters / LONG_CONTEXT);
  const speed = Math.min(1, Math.max(0, hosts.tokensPerSecond ?? SPOKEN_TOKENS_PER_SECOND) / SPOKEN_TOKENS_PER_SECOND);
  const waiting = options.queuePenalty * Math.max(0, hosts.queue);
  return Math.min(1, Math.max(0, Math.min(1, score * context) * speed - waiting));
}
