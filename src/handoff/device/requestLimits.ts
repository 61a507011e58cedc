import type { HostRequestLimits } from '../../../statecharts/hostRequest.js';
import type { HandoffOptions } from '../options.js';

/** A host whose connection broke has this long to come back, ms: long enough to connect again at once, and for the device to notice
 * that it was the broker that ended. */
const goneMs = 300;

/** How long a request may take in each of its states; `leftMs`: until the question's own deadline. */
export function limitsOf(handoff: HandoffOptions, leftMs: number): HostRequestLimits {
  return {
    acceptedMs: handoff.acceptedTimeoutMs,
    firstTextMs: handoff.firstTextTimeoutMs,
    idleMs: handoff.idleTimeoutMs,
    gapMs: handoff.gapTimeoutMs,
    goneMs,
    deadlineMs: leftMs,
  };
}
