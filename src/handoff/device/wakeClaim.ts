import type { Claim } from '../schemas.js';

/** Most words whose last claim is kept in mind. */
const mostWords = 32;

/**
 * Who answers, among devices that heard the same wake word: the first whose claim the broker passed on. All devices see the claims
 * of one topic in the same order, their own included, so all come to the same result without a clock and without waiting for more.
 * How loud or how sure each heard it does not count: that would mean waiting for everybody's claim at every wake word.
 */
export class ClaimOrder {
  readonly #windowMs: number;
  readonly #won = new Map<string, { readonly claim: string; readonly device: string; readonly at: number }>();

  /** `windowMs`: claims of a word within this time of the one that won are for the same utterance. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** `at`: when it came, ms, on any clock that only goes forward. */
  decide(claim: Claim, at: number): 'won' | 'lost' {
    const last = this.#won.get(claim.word);
    if (last?.claim === claim.claim) return 'won';
    if (last !== undefined && last.device !== claim.device && at - last.at < this.#windowMs) return 'lost';
    this.#won.delete(claim.word);
    this.#won.set(claim.word, { claim: claim.claim, device: claim.device, at });
    const oldest = this.#won.keys().next();
    if (this.#won.size > mostWords && !oldest.done) this.#won.delete(oldest.value);
    return 'won';
  }

  /** Another device has won this word just now. */
  isTaken(word: string, device: string, at: number): boolean {
    const last = this.#won.get(word);
    return last !== undefined && last.device !== device && at - last.at < this.#windowMs;
  }
}
