import type { AnswererInput } from '../../../statecharts/answer.js';
import { wishOf } from '../../routing/wishes.js';

/** Why a question stays on the device although hosts could have been asked. */
const NOBODY_THERE = new Set(['no-handoff', 'no-host', 'host-failed']);

/** The person named the bigger model and gets the one on the device; "think hard" names none. */
export function missedHost({ question, route }: Pick<AnswererInput, 'question' | 'route'>): boolean {
  if (!NOBODY_THERE.has(route.reason) || /\bthink\b|생각/i.test(question.text)) return false;
  return wishOf(question)?.reason === 'asked-for-host';
}
