import { expect, test } from 'vitest';
import { type Circumstances, type Decision, decide } from '../../../src/first-evening/decide.js';

const TERMINAL: Circumstances = { live: true, yes: false, canAsk: true, answer: undefined, complete: false };

test.each<[string, Partial<Circumstances>, Decision]>([
  ['a person at a terminal, for the first time', {}, 'offer'],
  ['a script that says yes', { canAsk: false, yes: true }, 'offer'],
  ['a script that does not', { canAsk: false }, 'starter'],
  ['a recording', { live: false }, 'starter'],
  ['a recording, with --yes', { live: false, yes: true }, 'starter'],
  ['who said no', { answer: 'no' }, 'starter'],
  ['who said no and now says --yes', { answer: 'no', yes: true }, 'offer'],
  ['who said yes, and all is there', { answer: 'yes', complete: true }, 'chosen'],
  ['the same without a terminal', { answer: 'yes', complete: true, canAsk: false }, 'chosen'],
  ['the same with a recording', { answer: 'yes', complete: true, live: false }, 'chosen'],
  ['who said yes, and something is missing', { answer: 'yes' }, 'go-on'],
  ['the same without a terminal', { answer: 'yes', canAsk: false }, 'go-on'],
  ['the same with --yes', { answer: 'yes', yes: true }, 'go-on'],
  ['the same with a recording', { answer: 'yes', live: false }, 'starter'],
])('%s', (_who, change, decision) => {
  expect(decide({ ...TERMINAL, ...change })).toBe(decision);
});
