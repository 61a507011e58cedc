import type { HostsAvailable, Router } from './contract.js';
import type { RoutingOptions } from './options.js';
import { Scorer } from './score.js';
import { wishOf } from './wishes.js';

/** Reads the words and weights that come with the program; no network, no model. */
export function createRouter({ threshold }: RoutingOptions): Router {
  const scorer = Scorer.load();
  return {
    decide: (question, history, hosts) => {
      if (hosts === undefined) return { to: 'device', reason: 'no-handoff' };
      if (hosts.count === 0) return { to: 'device', reason: 'no-host' };
      const wish = wishOf(question);
      if (wish !== undefined) return { to: wish.to, reason: wish.reason, score: wish.to === 'host' ? 1 : 0 };
      const { score, because } = scorer.score(question.text);
      return score >= threshold ? { to: 'host', reason: `hard:${because ?? 'shape'}`, score } : { to: 'device', reason: 'everyday', score };
    },
  };
}
