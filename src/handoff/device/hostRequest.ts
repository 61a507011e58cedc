import { createActor, toPromise } from 'xstate';
import {
  type HostRequestEvent,
  type HostRequestLimits,
  type HostRequestOutput,
  hostRequestMachine,
} from '../../../statecharts/hostRequest.js';
import type { Cancel, HostStatus, Reply } from '../schemas.js';
import { ReplySequence, type Verdict } from './replySequence.js';

export interface HostRequestParts {
  readonly limits: HostRequestLimits;
  /** The host that is asked; undefined where the broker chooses one. */
  readonly target: string | undefined;
  /** Most UTF-16 units of the whole answer. */
  readonly mostText: number;
  readonly onText: (text: string) => void;
  readonly onState: (state: string, host?: string, code?: string) => void;
  readonly askAgain: (from: number) => void;
  readonly withdraw: (reason: Cancel['reason']) => void;
}

/** One request on its way: puts what comes in order, and feeds it to the chart. */
export class HostRequest {
  readonly outcome: Promise<HostRequestOutput>;
  readonly #sequence: ReplySequence;
  readonly #actor;
  readonly #parts: HostRequestParts;
  #host: string | undefined;
  #instance: string | undefined;
  #length = 0;

  constructor(parts: HostRequestParts) {
    this.#sequence = new ReplySequence(parts.target);
    this.#parts = parts;
    this.#host = parts.target;
    this.#actor = createActor(
      hostRequestMachine.provide({
        actions: {
          deliver: (_, { text }) => parts.onText(text),
          askAgain: () => parts.askAgain(this.#sequence.next),
          withdraw: (_, { reason }) => parts.withdraw(reason),
          report: (_, { state, host, code }) => parts.onState(state, host, code),
        },
      }),
      { input: { limits: parts.limits } },
    );
    this.outcome = toPromise(this.#actor);
    this.#actor.start();
  }

  reply(reply: Reply): Verdict {
    const { verdict, ready } = this.#sequence.take(reply);
    for (const one of ready) this.#feed(one);
    if (verdict === 'early') this.#send({ type: 'GAP' });
    if (verdict === 'taken' && !this.#sequence.hasGap) this.#send({ type: 'GAP_CLOSED' });
    return verdict;
  }

  /** What the host says of itself, or the broker says for it. */
  hostStatus(host: string, status: HostStatus, live: boolean): void {
    if (host !== this.#host) return;
    if (status.state === 'offline') {
      if (live) this.#send({ type: 'HOST_GONE' });
    } else if (this.#instance !== undefined && status.instance !== this.#instance) this.#send({ type: 'HOST_FORGOT' });
  }

  /** The device's own way to the broker broke. */
  linkLost(): void {
    this.#send({ type: 'LINK_LOST' });
  }

  /** The way to `host` was broken and is there again; without a name, the device's own way. */
  linkRenewed(host?: string): void {
    if (host === undefined || host === this.#host) this.#send({ type: 'LINK_RENEWED' });
  }

  cancel(): void {
    this.#send({ type: 'CANCEL' });
  }

  #feed(reply: Reply): void {
    this.#host = reply.host;
    if (reply.kind === 'accepted') this.#instance = reply.instance;
    if (reply.kind === 'text') this.#length += reply.text.length;
    if (this.#length > this.#parts.mostText) {
      this.#parts.withdraw('not-waiting');
      this.#send({ type: 'FAILED', host: reply.host, code: 'host-too-much' });
      return;
    }
    const event = eventOf(reply);
    if (event !== undefined) this.#send(event);
  }

  #send(event: HostRequestEvent): void {
    if (this.#actor.getSnapshot().status === 'active') this.#actor.send(event);
  }
}

function eventOf(reply: Reply): HostRequestEvent | undefined {
  switch (reply.kind) {
    case 'accepted':
      return { type: 'ACCEPTED', host: reply.host };
    case 'text':
      return { type: 'TEXT', text: reply.text };
    case 'done':
      return { type: 'DONE', end: reply };
    case 'failed':
      return { type: 'FAILED', host: reply.host, code: reply.code };
    case 'pong':
      return undefined;
  }
}
