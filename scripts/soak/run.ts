/**
 * A day in a household, heard by a whole device as fast as it can:
 * `MALLOC_ARENA_MAX=2 npx tsx scripts/soak/run.ts --hours 24 [--data FOLDER] [--seed N]` (the device is started with this as well).
 * The starter profile with its real engines; what it says goes nowhere. Ctrl-C ends it and prints what there is so far. Ends with 1
 * where a state lasted longer than its limit, memory grew by 1 MB an hour or more, or the device was not asleep at the end.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SAMPLE_RATE } from '../../src/audio/contract.js';
import { logToStderr } from '../../src/cli/log.js';
import { stopOnSignals } from '../../src/cli/signals.js';
import { chartInput } from '../../src/device/chartInput.js';
import { openTalk } from '../../src/device/open.js';
import { ReplayPace } from '../../src/device/pace.js';
import { UsageError } from '../../src/errors.js';
import { EventLog } from '../../src/events/eventLog.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import { type Footprint, footprint } from './footprint.js';
import { HOUR_SAMPLES, Household } from './household.js';
import { HouseholdSource } from './householdSource.js';
import { loadMaterial } from './material.js';
import { report } from './report.js';
import { Watch } from './watch.js';

const { hours, seed, data } = wanted();

const SEVEN_IN_THE_MORNING = new Date(2026, 5, 1, 7).getTime();
/** Memory is looked at this often, when the device is asleep. */
const LOOK_EVERY = HOUR_SAMPLES / 4;
/** What is still going on at the end of the day may take this long to end. */
const GRACE = 600 * SAMPLE_RATE;

const stopping = stopOnSignals();

const loaded = await loadDeviceProfile('starter');
const events = new EventLog();
const material = await loadMaterial(wordsOf(loaded.profile.wakeWord), data).catch(giveUp);
const footprints: Footprint[] = [];
const wallMinutes: number[] = [];
const begin = performance.now();
let nextLook = LOOK_EVERY;
let ended = false;

const household = new Household(material, seed, (mark) => watch.expect(mark));
const source = new HouseholdSource(household, {
  samples: hours * HOUR_SAMPLES,
  busy: () => !running.device.quiet,
  graceSamples: GRACE,
  onFrame: look,
});
const watch = new Watch(
  chartInput(loaded.profile).limits,
  () => source.position,
  () => household.sounds,
);
events.listen((event) => watch.hear(event));
// The device's timers of this day are not those of the person who runs it.
const folder = mkdtempSync(join(tmpdir(), 'tandem-soak-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const rehearsal = { pace: new ReplayPace(SEVEN_IN_THE_MORNING), dataFolder: folder, onPlayed: () => {}, onWords: () => {} };
const running = await openTalk(loaded, { in: source, out: '/dev/null', fast: true, rehearsal }, events, logToStderr());
try {
  const listening = running.listen(stopping.signal).then(() => {
    ended = true;
  });
  await Promise.race([listening, untilGivenUp()]);
  const wrong = report({
    seed,
    hoursHeard: source.position / HOUR_SAMPLES,
    watch,
    nearMisses: material.nearMisses.map(({ folder, name }) => `${folder}/${name}`),
    footprints,
    wallMinutes: [...wallMinutes, minutes()],
    asleepAtEnd: running.device.asleep || stopping.signal.aborted,
  });
  for (const sentence of wrong) process.stdout.write(`WRONG: ${sentence}\n`);
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  stopping.dispose();
  await running.close();
}

function wanted(): { readonly hours: number; readonly seed: number; readonly data: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { hours: { type: 'string', default: '24' }, data: { type: 'string' }, seed: { type: 'string', default: '1' } },
    });
    const [hours, seed] = [Number(values.hours), Number(values.seed)];
    if (!(hours > 0 && hours <= 1_000)) throw new UsageError('--hours is a number above 0, up to 1000.');
    if (!Number.isSafeInteger(seed)) throw new UsageError('--seed is a whole number.');
    return { hours, seed, data: values.data };
  } catch (error) {
    return giveUp(error);
  }
}

function giveUp(error: unknown): never {
  process.stderr.write(`soak: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}

function look(position: number): void {
  if (position % (60 * SAMPLE_RATE) === 0) watch.look();
  if (position < nextLook || !running.device.quiet) return;
  nextLook += LOOK_EVERY;
  const now = footprint(position / HOUR_SAMPLES);
  footprints.push(now);
  if (footprints.length % 4 !== 0) return;
  wallMinutes.push(minutes());
  process.stderr.write(
    `hour ${now.hour.toFixed(2)}: ${now.rssMb.toFixed(1)} MB RSS, ${now.heapMb.toFixed(1)} MB heap, ${now.childrenMb.toFixed(1)} MB in ${now.children} children, ${minutes().toFixed(1)} min\n`,
  );
}

/** A device that is still awake when nothing is heard any more will not end by itself. */
async function untilGivenUp(): Promise<void> {
  while (!ended && !stopping.signal.aborted && source.position < hours * HOUR_SAMPLES + GRACE) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function minutes(): number {
  return (performance.now() - begin) / 60_000;
}

function wordsOf(wakeWord: typeof loaded.profile.wakeWord): readonly string[] {
  if (!('words' in wakeWord)) return [];
  return wakeWord.words.map((word) => (typeof word === 'string' ? word : word.word));
}
