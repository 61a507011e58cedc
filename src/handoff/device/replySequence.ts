import type { Reply } from '../schemas.js';

/** Most parts that wait for a missing one; what comes beyond is dropped and asked for again. */
const mostWaiting = 256;

export type Verdict = 'taken' | 'early' | 'duplicate' | 'stranger';

/**
 * Puts the replies to one request in order: each `seq` once, from one host. The host is the one that was asked, or else the first
 * that says `seq` 0.
 */
export class ReplySequence {
  #host: string | undefined;
  #next = 0;
  readonly #early = new Map<number, Reply>();

  /** `host`: whom the request was sent to; undefined where the broker chose. */
  constructor(host?: string) {
    this.#host = host;
  }

  /** The first `seq` that has not come. */
  get next(): number {
    return this.#next;
  }

  /** A later part is there and an earlier one is not. */
  get hasGap(): boolean {
    return this.#early.size > 0;
  }

  /** `ready`: what can be used now, in order. */
  take(reply: Reply): { readonly verdict: Verdict; readonly ready: readonly Reply[] } {
    if (this.#host !== undefined && reply.host !== this.#host) return { verdict: 'stranger', ready: [] };
    if (reply.seq < this.#next || this.#early.get(reply.seq)?.host === reply.host) return { verdict: 'duplicate', ready: [] };
    if (reply.seq > this.#next) {
      if (this.#early.size < mostWaiting) this.#early.set(reply.seq, reply);
      return { verdict: 'early', ready: [] };
    }
    if (this.#host === undefined) this.#settleOn(reply.host);
    const ready: Reply[] = [];
    for (let one: Reply | undefined = reply; one !== undefined; one = this.#early.get(this.#next)) {
      this.#early.delete(this.#next);
      this.#next += 1;
      ready.push(one);
    }
    return { verdict: 'taken', ready };
  }

  #settleOn(host: string): void {
    this.#host = host;
    for (const [seq, early] of this.#early) if (early.host !== host) this.#early.delete(seq);
  }
}
