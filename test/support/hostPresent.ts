import type { HostPresent } from '../../src/handoff/schemas.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** What an idle host of the pool `home` says of itself, but for `changes`. */
export function hostPresent(changes: Partial<HostPresent> = {}): HostPresent {
  return {
    v: 1,
    instance: NOBODY,
    link: NOBODY,
    state: 'ready',
    pool: 'home',
    model: 'm',
    contextTokens: 1_024,
    queue: 0,
    queueLimit: 4,
    running: 0,
    shared: true,
    since: 0,
    ...changes,
  };
}
