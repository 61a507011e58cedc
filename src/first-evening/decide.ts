/** Which profile a start without `--profile` begins with, and whether the person is offered a better one. */

export interface Circumstances {
  /** A person talks: from the microphone to the loudspeaker, or by `--text`. False for recordings. */
  readonly live: boolean;
  /** `--yes` was given. */
  readonly yes: boolean;
  /** There is a terminal to ask on. */
  readonly canAsk: boolean;
  /** What was answered at an earlier start. */
  readonly answer: 'yes' | 'no' | undefined;
  /** All that the accepted profile needs is there. */
  readonly complete: boolean;
}

export type Decision =
  /** The profile that was accepted earlier. */
  | 'chosen'
  /** Starter; what the accepted profile still lacks is fetched meanwhile. Nothing is asked: the yes is remembered. */
  | 'go-on'
  /** Where the network is there: recommend a profile, and ask. Else starter. */
  | 'offer'
  /** Starter, and no question. */
  | 'starter';

export function decide({ live, yes, canAsk, answer, complete }: Circumstances): Decision {
  if (answer === 'yes') return complete ? 'chosen' : live ? 'go-on' : 'starter';
  if (!live) return 'starter';
  if (yes) return 'offer';
  return canAsk && answer === undefined ? 'offer' : 'starter';
}
