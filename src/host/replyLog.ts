import type { Reply } from '../handoff/schemas.js';

type OmitEach<T> = T extends unknown ? Omit<T, 'v' | 'seq' | 'host'> : never;
/** A reply without what the log knows by itself. */
export type ReplyBody = OmitEach<Exclude<Reply, { kind: 'pong' }>>;

/** What was said to one request, to be said again to whoever missed it. */
export interface Conversation {
  readonly device: string;
  readonly request: string;
  readonly replies: readonly Reply[];
}

interface Kept {
  readonly device: string;
  readonly request: string;
  readonly replies: Reply[];
  /** When it was over, ms on the monotonic clock. */
  overAt: number | undefined;
}

/**
 * All requests that this host has seen lately, with every reply: an id that comes again is answered from here and never generated
 * twice. Bounded: what has been over for longest goes first.
 */
export class ReplyLog {
  readonly #host: string;
  readonly #most: number;
  readonly #keepMs: number;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  /** Those that are over, longest first. */
  readonly #over = new Set<Kept>();

  constructor(host: string, most: number, keepMs: number, now: () => number = () => performance.now()) {
    this.#host = host;
    this.#most = most;
    this.#keepMs = keepMs;
    this.#now = now;
  }

  /** Undefined where the id has not been seen, or not lately. */
  find(request: string): Conversation | undefined {
    this.#clean();
    return this.#kept.get(request);
  }

  begin(request: string, device: string): void {
    this.#kept.set(request, { device, request, replies: [], overAt: undefined });
  }

  /** Numbers the reply and keeps it; `done` and `failed` end the conversation. Undefined where it is over already. */
  add(request: string, body: ReplyBody): Reply | undefined {
    const kept = this.#kept.get(request);
    if (kept === undefined || kept.overAt !== undefined) return undefined;
    const reply: Reply = { v: 1, seq: kept.replies.length, host: this.#host, ...body };
    kept.replies.push(reply);
    if (body.kind === 'done' || body.kind === 'failed') {
      kept.overAt = this.#now();
      this.#over.add(kept);
      this.#clean();
    }
    return reply;
  }

  /** Requests in mind, over or not. */
  get size(): number {
    return this.#kept.size;
  }

  #clean(): void {
    const since = this.#now() - this.#keepMs;
    for (const kept of this.#over) {
      if (this.#over.size <= this.#most && (kept.overAt ?? 0) > since) return;
      this.#over.delete(kept);
      this.#kept.delete(kept.request);
    }
  }
}
