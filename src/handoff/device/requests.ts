import { randomUUID } from 'node:crypto';
import type { HostRequestLimits, HostRequestOutput } from '../../../statecharts/hostRequest.js';
import type { Message } from '../../language-model/contract.js';
import type { Language } from '../../speech-to-text/contract.js';
import type { Publication } from '../mqttLink.js';
import { type Cancel, formatMessage, type HostStatus, type Reply, type Request } from '../schemas.js';
import { topics } from '../topics.js';
import type { Target } from './hostChoice.js';
import { HostRequest } from './hostRequest.js';

/** Most requests that are over and whose late replies are known as such. */
const mostOver = 256;
/** What counts as lately when a host has to choose between devices, ms. */
const latelyMs = 600_000;
/** Whoever still works on a request that is over is told so at most this often, ms. */
const toldAgainMs = 1_000;
/** No token of the model has more than this many UTF-16 units on average. */
const mostUnitsPerToken = 64;

export interface RequestToSend {
  readonly messages: readonly Message[];
  readonly language: Language;
  readonly maxTokens: number;
  readonly target: Target;
  readonly limits: HostRequestLimits;
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
  readonly onState: (state: string, host?: string, code?: string) => void;
}

export interface RequestsSettings {
  readonly device: string;
  readonly pool: string;
  /** Failures are the callee's to log: whatever gets lost here is asked for again or times out. */
  readonly post: (publication: Publication) => void;
}

/** The requests that are under way, and what is still said to those that are not any more. */
export class Requests {
  readonly counters = { strangers: 0, duplicates: 0, early: 0, resends: 0 };
  readonly #settings: RequestsSettings;
  readonly #running = new Map<string, HostRequest>();
  /** Requests that are over, and when their hosts were last told. */
  readonly #over = new Map<string, number>();
  /** Requests that were given up and whose hosts have not said that they stopped, with when they will have at the latest. */
  readonly #givenUp = new Map<string, number>();

  /** When hosts began to answer, oldest first. */
  #answered: readonly number[] = [];

  constructor(settings: RequestsSettings) {
    this.#settings = settings;
  }

  async run(toSend: RequestToSend): Promise<HostRequestOutput & { readonly text: string }> {
    const { target, limits, maxTokens, signal, onText, onState } = toSend;
    const id = randomUUID();
    let text = '';
    const request = new HostRequest({
      limits,
      target: target.to === 'host' ? target.host : undefined,
      mostText: maxTokens * mostUnitsPerToken,
      onText: (piece) => {
        text += piece;
        onText(piece);
      },
      onState,
      askAgain: (from) => this.#askAgain(id, from),
      withdraw: (reason) => {
        this.#givenUp.set(id, performance.now() + limits.deadlineMs);
        this.#withdraw(id, reason);
      },
    });
    const stop = () => request.cancel();
    signal.addEventListener('abort', stop, { once: true });
    this.#running.set(id, request);
    this.#send(id, toSend);
    if (signal.aborted) stop();
    try {
      const outcome = await request.outcome;
      if (outcome.begun) this.#answered = [...this.#answeredLately(), performance.now()];
      return { ...outcome, text };
    } finally {
      signal.removeEventListener('abort', stop);
      this.#running.delete(id);
      this.#bury(id);
    }
  }

  reply(id: string, reply: Reply): void {
    const request = this.#running.get(id);
    if (request === undefined) {
      this.#stranger(id, reply);
      return;
    }
    const verdict = request.reply(reply);
    if (verdict === 'stranger') this.counters.strangers += 1;
    if (verdict === 'duplicate') this.counters.duplicates += 1;
    if (verdict === 'early') this.counters.early += 1;
  }

  hostStatus(host: string, status: HostStatus, live: boolean): void {
    for (const request of this.#running.values()) request.hostStatus(host, status, live);
  }

  /** The device's own way to the broker broke. */
  linkLost(): void {
    for (const request of this.#running.values()) request.linkLost();
  }

  /** As of `HostRequest.linkRenewed`. */
  linkRenewed(host?: string): void {
    for (const request of this.#running.values()) request.linkRenewed(host);
    for (const [id, until] of this.#givenUp) {
      // What was said of it while the connection was broken got lost.
      if (performance.now() < until) this.#withdraw(id, 'not-waiting');
      else this.#givenUp.delete(id);
    }
  }

  cancelAll(): void {
    for (const request of this.#running.values()) request.cancel();
  }

  #send(id: string, { messages, language, maxTokens, target, limits }: RequestToSend): void {
    const { device, pool, post } = this.#settings;
    const request: Request = {
      v: 1,
      request: id,
      messages: [...messages],
      language,
      ttlMs: Math.max(0, Math.round(limits.deadlineMs)),
      firstTextMs: limits.firstTextMs,
      maxTokens,
      answeredLately: this.#answeredLately().length,
    };
    const topic = target.to === 'pool' ? topics.poolRequest(pool, device) : topics.hostRequest(target.host, device);
    post({ topic, payload: formatMessage(request), expirySeconds: limits.deadlineMs / 1_000 });
  }

  #answeredLately(): readonly number[] {
    const since = performance.now() - latelyMs;
    return this.#answered.filter((at) => at > since);
  }

  /** A host that works for nobody is told so: the device was restarted, had given up before the host began, or its cancel got lost. */
  #stranger(id: string, reply: Reply): void {
    this.counters.strangers += 1;
    if (reply.kind === 'done' || reply.kind === 'failed') this.#givenUp.delete(id);
    const told = this.#over.get(id) ?? Number.NEGATIVE_INFINITY;
    const atWork = reply.kind === 'accepted' || reply.kind === 'text';
    if (!atWork || performance.now() - told < toldAgainMs) return;
    this.#bury(id);
    this.#withdraw(id, 'not-waiting');
  }

  #bury(id: string): void {
    this.#over.delete(id);
    this.#over.set(id, performance.now());
    const oldest = this.#over.keys().next();
    if (this.#over.size <= mostOver || oldest.done) return;
    this.#over.delete(oldest.value);
    this.#givenUp.delete(oldest.value);
  }

  #askAgain(id: string, from: number): void {
    this.counters.resends += 1;
    this.#settings.post({ topic: topics.resend(this.#settings.device, id), payload: formatMessage({ v: 1, from }) });
  }

  #withdraw(id: string, reason: Cancel['reason']): void {
    this.#settings.post({ topic: topics.cancel(this.#settings.device, id), payload: formatMessage({ v: 1, reason }) });
  }
}
