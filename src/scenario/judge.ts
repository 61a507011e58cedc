import { describeMatch, describeMoment } from './describe.js';
import type { FieldMatch, MomentMatch } from './moments.js';
import type { Scenario } from './schema.js';
import { holds, type Moment, matches } from './timeline.js';
import { lengthText } from './units.js';

/** One thing that was not as the scenario says: both in plain words. */
export interface Difference {
  readonly expected: string;
  readonly instead: string;
}

export interface Outcome {
  readonly moments: readonly Moment[];
  /** The state at the end. */
  readonly state: string;
  /** Turns that began. */
  readonly turnsBegun: number;
}

/** How many of the expected moments came, in their order. */
export function expectedThatCame(expect: readonly MomentMatch[], moments: readonly Moment[]): number {
  let met = 0;
  for (const moment of moments) {
    const wanted = expect[met];
    if (wanted !== undefined && matches(moment, wanted)) met += 1;
  }
  return met;
}

/** Holds what happened against what the scenario says; empty where all is well. */
export function judge(scenario: Scenario, outcome: Outcome): Difference[] {
  return [
    ...turnsThatNeverCame(scenario, outcome),
    ...inOrder(scenario, outcome.moments),
    ...neverThat(scenario, outcome.moments),
    ...words(scenario, outcome.moments),
    ...scenario.limits.flatMap((limit) => inTime(limit, outcome.moments)),
    ...(outcome.state === scenario.ends
      ? []
      : [{ expected: `the device to be ${scenario.ends} at the end`, instead: `it was ${outcome.state}` }]),
  ];
}

function turnsThatNeverCame({ turns }: Scenario, { turnsBegun }: Outcome): Difference[] {
  const turn = turns[turnsBegun];
  if (turn === undefined) return [];
  const why = turn.after === undefined ? 'its moment never came' : `${describeMatch(turn.after)} did not happen after the turn before`;
  return [{ expected: `turn ${turnsBegun + 1} of ${turns.length} to come`, instead: why }];
}

function inOrder({ expect }: Scenario, moments: readonly Moment[]): Difference[] {
  const met = expectedThatCame(expect, moments);
  const missing = expect[met];
  if (missing === undefined) return [];
  const before = expect[met - 1];
  const from = before === undefined ? 0 : indexOfMet(expect.slice(0, met), moments) + 1;
  const place = before === undefined ? '' : ` after ${describeMatch(before)}`;
  const others = moments.slice(from).filter(({ name }) => name === missing.name);
  const elsewhere = moments.slice(0, from).some((moment) => matches(moment, missing));
  return [
    {
      expected: `${describeMatch(missing)}${place}`,
      instead:
        others.length > 0
          ? `there was ${others.map(describeMoment).join(', then ')}`
          : elsewhere
            ? 'it came earlier, not there'
            : 'it did not happen',
    },
  ];
}

/** Where the last of these, which all came, came. */
function indexOfMet(expect: readonly MomentMatch[], moments: readonly Moment[]): number {
  let from = -1;
  for (const wanted of expect) from = moments.findIndex((moment, index) => index > from && matches(moment, wanted));
  return from;
}

function neverThat({ never }: Scenario, moments: readonly Moment[]): Difference[] {
  return never.flatMap((unwanted) => {
    const found = moments.find((moment) => matches(moment, unwanted));
    return found === undefined
      ? []
      : [{ expected: `never ${describeMatch(unwanted)}`, instead: `there was ${describeMoment(found)} after ${lengthText(found.time)}` }];
  });
}

function words(scenario: Scenario, moments: readonly Moment[]): Difference[] {
  const said = (name: string, turn?: number): string =>
    moments
      .filter((moment) => moment.name === name && (turn === undefined || moment.turn === turn))
      .map(({ fields }) => String(fields.text ?? ''))
      .join(' ');
  const check = (wanted: FieldMatch | undefined, text: string, what: string): Difference[] =>
    wanted === undefined || holds(text, wanted)
      ? []
      : [{ expected: `${what} ${describeField(wanted)}`, instead: text === '' ? 'nothing was said' : `it said "${text}"` }];
  return [
    ...check(scenario.answer, said('sentence'), 'an answer'),
    ...check(scenario.spoken, said('spoken'), 'to be spoken'),
    ...scenario.turns.flatMap((turn, index) => [
      ...check(turn.answer, said('sentence', index), `an answer to turn ${index + 1}`),
      ...check(turn.spoken, said('spoken', index), `in turn ${index + 1} to be spoken`),
    ]),
  ];
}

function describeField(wanted: FieldMatch): string {
  return describeMatch({ name: '', fields: { text: wanted } }).trim();
}

function inTime({ from, to, within, notBefore }: Scenario['limits'][number], moments: readonly Moment[]): Difference[] {
  const what = `${describeMatch(to)} after ${describeMatch(from)}`;
  const start = moments.findIndex((moment) => matches(moment, from));
  const begun = moments[start];
  if (begun === undefined) return [{ expected: what, instead: `${describeMatch(from)} did not happen` }];
  const end = moments.find((moment, index) => index > start && moment.time >= begun.time && matches(moment, to));
  if (end === undefined) return [{ expected: what, instead: 'it did not happen' }];
  const took = end.time - begun.time;
  if (within !== undefined && took > within)
    return [{ expected: `${what} within ${lengthText(within)}`, instead: `it took ${lengthText(took)}` }];
  if (notBefore !== undefined && took < notBefore) {
    return [{ expected: `${what} not before ${lengthText(notBefore)}`, instead: `it came after ${lengthText(took)}` }];
  }
  return [];
}
