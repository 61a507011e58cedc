import { inCircumstances } from './circumstances.js';
import type { Router } from './contract.js';
import type { RoutingOptions } from './options.js';
import { Scorer } from './score.js';
import { wishOf } from './wishes.js';

/** Reads the words and weights that come with the program; no network, no model. */
export function createRouter(options: RoutingOptions): Router {
  const scorer = Scorer.load();
  return {
    decide: (question, history, hosts) => {
      if (hosts === undefined) return { to: 'device', reason: 'no-handoff' };
      if (hosts.count <= 0) return { to: 'device', reason: 'no-host' };
      const wish = wishOf(question);
      if (wish !== undefined) return { ...wish, score: wish.to === 'host' ? 1 : 0 };
      const { score: alone, because } = scorer.score(question.text);
      const score = inCircumstances(alone, history, hosts, options);
      if (score >= options.threshold)
        return { to: 'host', reason: alone < options.threshold ? 'long-context' : (because ?? 'long-question'), score };
      return { to: 'device', reason: alone >= options.threshold ? 'host-busy' : 'everyday', score };
    },
  };
}
