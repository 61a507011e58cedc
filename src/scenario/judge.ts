import { describeMatch, describeMoment } from './describe.js';
import type { FieldMatch, MomentMatch, TextMatch } from './moments.js';
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

/** Things that happen in the same frame have no order, ms. */
const AT_ONCE_MS = 100;

/** The moments that were expected and came, in the order of the expectation; the first that did not come ends it. */
export function expectedThatCame(expect: readonly MomentMatch[], moments: readonly Moment[]): readonly Moment[] {
  const came: Moment[] = [];
  for (const wanted of expect) {
    const from = (came.at(-1)?.time ?? Number.NEGATIVE_INFINITY) - AT_ONCE_MS;
    const next = moments.find((moment) => moment.time >= from && !came.includes(moment) && matches(moment, wanted));
    if (next === undefined) break;
    came.push(next);
  }
  return came;
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
  const came = expectedThatCame(expect, moments);
  const missing = expect[came.length];
  if (missing === undefined) return [];
  const before = expect[came.length - 1];
  const place = before === undefined ? '' : ` after ${describeMatch(before)}`;
  const from = came.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
  const others = moments.filter((moment) => moment.name === missing.name && moment.time >= from - AT_ONCE_MS && !came.includes(moment));
  const earlier = moments.some((moment) => matches(moment, missing));
  return [
    {
      expected: `${describeMatch(missing)}${place}`,
      instead:
        others.length > 0
          ? `there was ${others.map((moment) => describeMoment(asAsked(moment, missing))).join(', then ')}`
          : earlier
            ? 'it came earlier, but not there'
            : 'it did not happen',
    },
  ];
}

/** Without the times of a turn that nobody asked for. */
function asAsked(moment: Moment, { fields: asked }: MomentMatch): Moment {
  const fields = Object.entries(moment.fields).filter(([name]) => name in asked || !name.endsWith('Ms'));
  return { ...moment, fields: Object.fromEntries(fields) };
}

function neverThat({ never }: Scenario, moments: readonly Moment[]): Difference[] {
  return never.flatMap(({ what, after, before }) => {
    const from = after === undefined ? 0 : moments.findIndex((moment) => matches(moment, after)) + 1;
    if (after !== undefined && from === 0) return [{ expected: describeMatch(after), instead: 'it did not happen' }];
    const end = before === undefined ? -1 : moments.findIndex((moment, index) => index >= from && matches(moment, before));
    const found = moments.slice(from, end < 0 ? undefined : end).find((moment) => matches(moment, what));
    if (found === undefined) return [];
    const place = `${after === undefined ? '' : ` after ${describeMatch(after)}`}${before === undefined ? '' : ` before ${describeMatch(before)}`}`;
    return [
      { expected: `never ${describeMatch(what)}${place}`, instead: `there was ${describeMoment(found)} at ${lengthText(found.time)}` },
    ];
  });
}

function words(scenario: Scenario, moments: readonly Moment[]): Difference[] {
  const said = (name: string, turn?: number): string =>
    moments
      .filter((moment) => moment.name === name && (turn === undefined || moment.turn === turn))
      .map(({ fields }) => String(fields.text ?? ''))
      .join(' ');
  const check = (wanted: TextMatch | undefined, text: string, what: string): Difference[] =>
    wanted === undefined || holds(text, wanted)
      ? []
      : [{ expected: `${what} ${describeField(unmet(wanted, text))}`, instead: text === '' ? 'nothing was said' : `it said "${text}"` }];
  return [
    ...check(scenario.answer, said('sentence'), 'an answer'),
    ...check(scenario.spoken, said('spoken'), 'to be spoken'),
    ...scenario.turns.flatMap((turn, index) => [
      ...check(turn.answer, said('sentence', index), `an answer to turn ${index + 1}`),
      ...check(turn.spoken, said('spoken', index), `in turn ${index + 1} to be spoken`),
    ]),
  ];
}

/** Only what was not as wanted. */
function unmet(wanted: TextMatch, text: string): TextMatch {
  return {
    ...wanted,
    contains: wanted.contains.filter((words) => !holds(text, { kind: 'text', contains: [words], containsNot: [] })),
    containsNot: wanted.containsNot.filter((words) => holds(text, { kind: 'text', contains: [words], containsNot: [] })),
  };
}

function describeField(wanted: FieldMatch): string {
  return describeMatch({ name: '', fields: { text: wanted } }).trim();
}

function inTime({ from, to, within, notBefore }: Scenario['limits'][number], moments: readonly Moment[]): Difference[] {
  const what = `${describeMatch(to)} after ${describeMatch(from)}`;
  const start = moments.findIndex((moment) => matches(moment, from));
  const begun = moments[start];
  if (begun === undefined) return [{ expected: what, instead: `${describeMatch(from)} did not happen` }];
  const end = silentAlready(to, moments.slice(0, start)) ?? moments.slice(start + 1).find((moment) => matches(moment, to));
  if (end === undefined) return [{ expected: what, instead: 'it did not happen' }];
  const took = Math.max(0, end.time - begun.time);
  if (within !== undefined && took > within)
    return [{ expected: `${what} within ${lengthText(within)}`, instead: `it took ${lengthText(took)}` }];
  if (notBefore !== undefined && took < notBefore) {
    return [{ expected: `${what} not before ${lengthText(notBefore)}`, instead: `it came after ${lengthText(took)}` }];
  }
  return [];
}

/** Where silence is waited for, and it was there before in a pause between words and stays: when that began. */
function silentAlready(to: MomentMatch, before: readonly Moment[]): Moment | undefined {
  const last = to.name === 'silence' ? before.findLast(({ name }) => name === 'sound' || name === 'silence') : undefined;
  return last?.name === 'silence' ? last : undefined;
}
