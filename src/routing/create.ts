import type { Router } from './contract.js';
import type { RoutingOptions } from './options.js';
import { wishOf } from './wishes.js';

export function createRouter(_options: RoutingOptions): Router {
  return {
    decide: (question, _history, hosts) => {
      if (hosts === undefined) return { to: 'device', reason: 'no-handoff' };
      if (hosts.count === 0) return { to: 'device', reason: 'no-host' };
      const wish = wishOf(question);
      return wish === undefined
        ? { to: 'device', reason: 'everyday' }
        : { to: wish.to, reason: wish.reason, score: wish.to === 'host' ? 1 : 0 };
    },
  };
}
