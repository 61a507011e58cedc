import type { HostPresent } from '../schemas.js';

/** One host, as the device believes it to be. */
export interface HostView {
  readonly host: string;
  readonly state: 'ready' | 'refusing' | 'busy' | 'unavailable' | 'stale' | 'offline';
  /** Heard from it itself since the last connection, not only what the broker had kept. */
  readonly confirmed: boolean;
  /** The last it said of itself. */
  readonly status: HostPresent | undefined;
}

/** Whom to send a request to: one host, or whichever the broker picks from the pool. */
export type Target = { readonly to: 'pool' } | { readonly to: 'host'; readonly host: string };

/**
 * Where all is well, the broker spreads the requests over the pool; where a host is full, silent or already tried, the device knows
 * better than the broker and asks one host by name: of two picked at random the one with less to do, so that devices with the same
 * picture don't all run to the same host. Undefined where nobody is left to ask.
 */
export function chooseTarget(
  hosts: readonly HostView[],
  pool: string,
  tried: ReadonlySet<string>,
  attempt: number,
  random: () => number,
): Target | undefined {
  const members = hosts.filter(({ status, state }) => status?.pool === pool && state !== 'offline');
  if (attempt === 1 && members.length > 1 && members.every((host) => host.state === 'ready' && host.status?.shared === true)) {
    return { to: 'pool' };
  }
  const left = members.filter(({ host }) => !tried.has(host));
  const ready = left.filter(({ state }) => state === 'ready');
  const ranks = [ready.filter(({ confirmed }) => confirmed), ready, left.filter(({ state }) => state === 'busy' || state === 'refusing')];
  const rank = ranks.find((some) => some.length > 0);
  if (rank === undefined) return undefined;
  const [one, other] = twoOf(rank, random);
  if (one === undefined) return undefined;
  return { to: 'host', host: other !== undefined && load(other) < load(one) ? other.host : one.host };
}

function load({ status }: HostView): number {
  return status === undefined ? 0 : (status.waitMs ?? 1_000 * (status.queue + status.running));
}

function twoOf<T>(some: readonly T[], random: () => number): readonly [T | undefined, T | undefined] {
  const first = Math.floor(random() * some.length);
  const second = (first + 1 + Math.floor(random() * (some.length - 1))) % some.length;
  return [some[first], second === first ? undefined : some[second]];
}

export interface HostsAvailable {
  /** Hosts of the pool that take questions; one that is full takes those of devices that had less than others lately. */
  readonly count: number;
  /** Questions before a new one at the least busy of them. */
  readonly queue: number;
  /** Of the fastest of them; undefined where none has said. */
  readonly tokensPerSecond: number | undefined;
}

export function summarize(hosts: readonly HostView[], pool: string): HostsAvailable {
  const there = hosts.flatMap(({ state, status }) => ((state === 'ready' || state === 'busy') && status?.pool === pool ? [status] : []));
  const speeds = there.flatMap(({ tokensPerSecond }) => (tokensPerSecond === undefined ? [] : [tokensPerSecond]));
  return {
    count: there.length,
    queue: there.length === 0 ? 0 : Math.min(...there.map(({ queue, running }) => queue + running)),
    tokensPerSecond: speeds.length === 0 ? undefined : Math.max(...speeds),
  };
}
