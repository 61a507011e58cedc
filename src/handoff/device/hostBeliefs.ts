import { createActor } from 'xstate';
import { hostPoolMachine } from '../../../statecharts/hostPool.js';
import type { HandoffOptions } from '../options.js';
import type { HostStatus } from '../schemas.js';
import { chooseTarget, type HostsAvailable, type HostView, summarize, type Target } from './hostChoice.js';

/** Most hosts kept in mind, of all pools. */
const mostHosts = 64;
const refusedMs = 1_000;
const forgetMs = 600_000;

/** The hosts that the device believes in: runs the pool's chart, and answers what routing and asking want to know. */
export class HostBeliefs {
  readonly #pool: string;
  readonly #actor;

  constructor({ pool, staleAfterMs }: Pick<HandoffOptions, 'pool' | 'staleAfterMs'>) {
    this.#pool = pool;
    this.#actor = createActor(hostPoolMachine, {
      input: { limits: { staleMs: staleAfterMs, refusedMs, forgetMs }, most: mostHosts },
    }).start();
  }

  status(host: string, status: HostStatus, live: boolean): void {
    this.#actor.send({ type: 'STATUS', host, status, live });
  }

  refused(host: string): void {
    this.#actor.send({ type: 'REFUSED', host });
  }

  unanswered(host: string): void {
    this.#actor.send({ type: 'UNANSWERED', host });
  }

  linkLost(): void {
    this.#actor.send({ type: 'LINK_LOST' });
  }

  /** The hosts of all pools. */
  views(): readonly HostView[] {
    return [...this.#actor.getSnapshot().context.hosts].flatMap(([host, actor]) => {
      const { value, context } = actor.getSnapshot();
      const state = typeof value === 'string' ? value : value.present;
      return state === undefined || state === 'forgotten' ? [] : [{ host, state, confirmed: context.confirmed, status: context.status }];
    });
  }

  choose(tried: ReadonlySet<string>, attempt: number, random: () => number): Target | undefined {
    return chooseTarget(this.views(), this.#pool, tried, attempt, random);
  }

  available(): HostsAvailable {
    return summarize(this.views(), this.#pool);
  }

  close(): void {
    this.#actor.stop();
  }
}
