import { machineLine, printTable } from '../bench/machine.js';
import { type Footprint, slope } from './footprint.js';
import { partOfDay } from './household.js';
import type { Hour, Watch } from './watch.js';

export interface SoakResult {
  readonly seed: number;
  readonly hoursHeard: number;
  readonly watch: Watch;
  /** Names of the recordings that are close to a wake word. */
  readonly nearMisses: readonly string[];
  readonly footprints: readonly Footprint[];
  /** Wall minutes at the end of each simulated hour. */
  readonly wallMinutes: readonly number[];
  readonly asleepAtEnd: boolean;
}

/** While it warms up, memory grows: caches, compiled code, stacks of threads. */
const WARM_UP_HOURS = 2;
const MOST_MB_AN_HOUR = 1;
const OUTCOMES = ['answered', 'nothing-heard', 'interrupted', 'stopped', 'failed', 'timed-out'] as const;

/** Prints the table; returns what is wrong, a sentence each. */
export function report(result: SoakResult): readonly string[] {
  const { watch, footprints, seed, hoursHeard } = result;
  process.stdout.write(
    `${machineLine()}, seed ${seed}, ${hoursHeard.toFixed(1)} simulated hours in ${result.wallMinutes.at(-1)?.toFixed(0)} min\n\n`,
  );
  printTable(
    [
      'hour',
      'day',
      'wakes',
      'false',
      'barge-in',
      'rings',
      'turns',
      ...OUTCOMES,
      'errors',
      'awake s',
      'RSS',
      'files',
      'heap',
      'taken',
      'buffers',
      'children',
      'handles',
      'min',
    ],
    watch.hours.map((hour, index) => row(hour, index, result)),
  );
  const sum = (value: (hour: Hour) => number): number => watch.hours.reduce((all, hour) => all + value(hour), 0);
  const [found, expected, falseWakes] = [sum((hour) => hour.found), sum((hour) => hour.expected), sum((hour) => hour.falseWakes)];
  const near = watch.falseWakes.filter(({ during }) => result.nearMisses.some((name) => during.includes(name))).length;
  process.stdout.write(
    `\n${found} of ${expected} wake words heard (some are drowned by noise), ${falseWakes} false wakes in ${hoursHeard.toFixed(1)} hours (${near} of them at a word like it), ${sum((hour) => hour.turns)} turns; RSS, pages of files in it, heap used and taken, buffers and children (number, RSS) in MB\n`,
  );
  for (const { atHour, word, score, during } of watch.falseWakes) {
    process.stdout.write(`false wake at hour ${atHour.toFixed(3)}: ${word} ${score.toFixed(2)}, ${during}\n`);
  }
  const errors = new Map<string, number>();
  for (const hour of watch.hours) for (const [code, times] of hour.errors) errors.set(code, (errors.get(code) ?? 0) + times);
  process.stdout.write(`errors: ${errors.size === 0 ? 'none' : [...errors].map(([code, times]) => `${code} ${times}`).join(', ')}\n`);
  return [...growth(footprints), ...stuck(result)];
}

function row(hour: Hour, index: number, { footprints, wallMinutes }: SoakResult): readonly (string | number)[] {
  const last = footprints.findLast((point) => Math.ceil(point.hour) === index + 1);
  const mb = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(1));
  return [
    index + 1,
    partOfDay(index),
    `${hour.found}/${hour.expected}`,
    hour.falseWakes,
    hour.bargeIns,
    hour.rings,
    hour.turns,
    ...OUTCOMES.map((outcome) => hour.outcomes.get(outcome) ?? 0),
    [...hour.errors.values()].reduce((sum, times) => sum + times, 0),
    hour.longestAwakeS.toFixed(0),
    mb(last?.rssMb),
    mb(last?.filesMb),
    mb(last?.heapMb),
    mb(last?.heapTakenMb),
    mb(last?.buffersMb),
    last === undefined ? '' : `${last.children}, ${mb(last.childrenMb)}`,
    last?.handles ?? '',
    wallMinutes[index]?.toFixed(0) ?? '',
  ];
}

function growth(footprints: readonly Footprint[]): readonly string[] {
  const settled = footprints.filter(({ hour }) => hour > WARM_UP_HOURS);
  const measures = {
    RSS: (point: Footprint) => point.rssMb,
    heap: (point: Footprint) => point.heapMb,
    buffers: (point: Footprint) => point.buffersMb,
    "children's RSS": (point: Footprint) => point.childrenMb,
  };
  const wrong: string[] = [];
  for (const [name, value] of Object.entries(measures)) {
    const grows = slope(settled, value);
    if (grows === undefined) {
      process.stdout.write(`${name}: too short to say whether it grows (after ${WARM_UP_HOURS} hours)\n`);
      continue;
    }
    process.stdout.write(
      `${name}: ${grows >= 0 ? '+' : ''}${grows.toFixed(3)} MB an hour, by least squares after ${WARM_UP_HOURS} hours\n`,
    );
    if (grows >= MOST_MB_AN_HOUR) wrong.push(`${name} grows by ${grows.toFixed(2)} MB an hour.`);
  }
  return wrong;
}

function stuck({ watch, asleepAtEnd }: SoakResult): readonly string[] {
  const wrong = watch.overstays.map(
    ({ state, atHour, seconds, limitS }) =>
      `${state} lasted ${seconds.toFixed(0)} s at hour ${atHour.toFixed(2)}; its limit is ${limitS} s.`,
  );
  return asleepAtEnd ? wrong : [...wrong, 'The device was not asleep at the end.'];
}
