import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/scenario/judge.js';
import { scenarioSchema } from '../../../src/scenario/schema.js';
import type { Moment } from '../../../src/scenario/timeline.js';

const happened: readonly Moment[] = [
  { name: 'ask', fields: {}, time: 1000, turn: 0 },
  { name: 'route', fields: { to: 'skill', reason: 'timer:set' }, time: 1000, turn: 0 },
  { name: 'sentence', fields: { text: 'Timer set for 5 minutes.' }, time: 1010, turn: 0 },
  { name: 'spoken', fields: { text: 'Timer set for five minutes.', language: 'en' }, time: 1010, turn: 0 },
  { name: 'sound', fields: {}, time: 1400, turn: 0 },
  { name: 'silence', fields: {}, time: 3000, turn: 0 },
  { name: 'press', fields: { button: 'stop' }, time: 3100, turn: 1 },
  { name: 'turn-end', fields: { outcome: 'answered', totalMs: 900 }, time: 3150, turn: 1 },
  { name: 'asleep', fields: {}, time: 3150, turn: 1 },
];

function differences(written: object, state = 'asleep', turnsBegun = 2): string[] {
  const turns = [{ ask: 'set a timer for five minutes' }, { press: 'stop' }];
  const scenario = scenarioSchema.parse({ name: 'a timer is set', why: 'to try the judge', turns, goesOn: '0 s', ...written });
  return judge(scenario, { moments: happened, state, turnsBegun }).map(({ expected, instead }) => `${expected}; ${instead}`);
}

describe('what is expected', () => {
  it.each([
    ['by name', { expect: ['ask', 'sound', 'silence'] }],
    ['by what a bare value means', { expect: [{ route: 'skill' }, { spoken: 'FIVE  minutes' }, { 'turn-end': 'answered' }] }],
    ['by several fields', { expect: [{ route: { to: 'skill', reason: 'timer' } }] }],
    ['by numbers', { expect: [{ 'turn-end': { totalMs: { atLeast: 900, atMost: 900 } } }] }],
    ['in either order where it comes at once', { expect: ['asleep', { 'turn-end': 'answered' }] }],
  ])('is found %s', (_, written) => {
    expect(differences(written)).toEqual([]);
  });

  it('and is something else is told with what there was', () => {
    expect(differences({ expect: ['ask', { route: 'host' }] })).toEqual([
      'route (to host) after ask; there was route (to skill, reason timer:set)',
    ]);
  });

  it('and is another end of a turn is told with the times that were asked for, and no others', () => {
    expect(differences({ expect: [{ 'turn-end': 'stopped' }] })).toEqual([
      'turn-end (outcome stopped); there was turn-end (outcome answered)',
    ]);
    expect(differences({ expect: [{ 'turn-end': { totalMs: { atMost: 100 } } }] })).toEqual([
      'turn-end (totalMs at most 100); there was turn-end (outcome answered, totalMs 900)',
    ]);
  });

  it('and comes too early is told', () => {
    expect(differences({ expect: ['silence', { route: 'skill' }] })).toEqual([
      'route (to skill) after silence; it came earlier, but not there',
    ]);
  });

  it('twice needs two', () => {
    expect(differences({ expect: ['asleep', 'asleep'] })).toEqual(['asleep after asleep; it came earlier, but not there']);
  });

  it('and never comes is told once, not with all that would follow', () => {
    expect(differences({ expect: ['wake', 'listening'] })).toEqual(['wake; it did not happen']);
  });
});

describe('what must not happen', () => {
  it('is found', () => {
    expect(differences({ never: [{ route: { reason: 'timer' } }] })).toEqual([
      'never route (reason with "timer"); there was route (to skill, reason timer:set) at 1.0 s',
    ]);
    expect(differences({ never: ['error', { route: 'host' }] })).toEqual([]);
  });

  it('may be forbidden after or before something only', () => {
    expect(differences({ never: [{ what: 'sound', after: 'silence' }] })).toEqual([]);
    expect(differences({ never: [{ what: 'sound', before: 'route' }] })).toEqual([]);
    expect(differences({ never: [{ what: 'sound', after: 'route', before: 'silence' }] })).toEqual([
      'never sound after route before silence; there was sound at 1.4 s',
    ]);
  });

  it('after something that never came can not be known', () => {
    expect(differences({ never: [{ what: 'sound', after: 'wake' }] })).toEqual(['wake; it did not happen']);
  });
});

describe('words', () => {
  it('are looked for as written and as spoken, in all or in one turn', () => {
    const turns = (first: object) => [{ ask: 'set a timer', ...first }, { press: 'stop' }];
    expect(differences({ answer: '5 minutes', spoken: { contains: 'five', containsNot: '5' } })).toEqual([]);
    expect(differences({ turns: turns({ answer: ['timer', 'minutes'] }) })).toEqual([]);
    expect(differences({ turns: turns({ spoken: { contains: ['five', '5 minutes'], containsNot: 'hours' } }) })).toEqual([
      'in turn 1 to be spoken with "5 minutes"; it said "Timer set for five minutes."',
    ]);
    expect(differences({ turns: [{ ask: 'set a timer' }, { press: 'stop', answer: 'good bye' }] })).toEqual([
      'an answer to turn 2 with "good bye"; nothing was said',
    ]);
  });
});

describe('limits', () => {
  it.each([
    [{ from: 'ask', to: 'sound', within: '500 ms' }, []],
    [{ from: 'ask', to: 'sound', within: '399 ms' }, ['sound after ask within 399 ms; it took 400 ms']],
    [{ from: 'ask', to: 'silence', notBefore: '2 s' }, []],
    [{ from: 'ask', to: 'silence', notBefore: '3 s' }, ['silence after ask not before 3.0 s; it came after 2.0 s']],
    [{ from: 'wake', to: 'silence', within: '3 s' }, ['silence after wake; wake did not happen']],
    [{ from: 'asleep', to: 'sound', within: '3 s' }, ['sound after asleep; it did not happen']],
  ])('%j', (limit, found) => {
    expect(differences({ limits: [limit] })).toEqual(found);
  });

  it('take a silence that was there already as one at once', () => {
    expect(differences({ limits: [{ from: { press: 'stop' }, to: 'silence', within: '1 ms' }] })).toEqual([]);
  });
});

it('a turn that never came, and a device that does not sleep at the end, are told', () => {
  expect(differences({ never: ['error'] }, 'ringing', 1)).toEqual([
    'turn 2 of 2 to come; its moment never came',
    'the device to be asleep at the end; it was ringing',
  ]);
});
