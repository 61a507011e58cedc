import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplesToMs } from '../audio/contract.js';
import { WavWriter } from '../audio/wav/writer.js';
import { Closers } from '../closers.js';
import { openTalk } from '../device/open.js';
import type { Log } from '../engineContext.js';
import { isAborted, TandemError, throwIfAborted } from '../errors.js';
import { EventFile } from '../events/eventFile.js';
import { EventLog } from '../events/eventLog.js';
import { Home } from './home.js';
import { type Difference, judge } from './judge.js';
import type { KeptEngines } from './keptEngines.js';
import type { LoadedScenario } from './load.js';
import { Performance } from './performance.js';
import { readRecordings } from './recordings.js';
import type { Moment } from './timeline.js';

export interface ScenarioResult {
  /** Empty where all was as the scenario says. */
  readonly differences: readonly Difference[];
  readonly moments: readonly Moment[];
  /** Sound that the device heard, ms. */
  readonly heardMs: number;
}

export interface RunOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Closed by whoever runs the scenarios, after the last one. */
  readonly engines: Pick<KeptEngines, 'forProfileIn'>;
  /** Path without its ending of files to keep: `.heard.wav`, `.played.wav`, `.events.jsonl`. */
  readonly keep?: string;
}

/** An engine that hangs is ended by the device's own limits; where even these fail, this ends the scenario, ms. */
const LONGEST_WALL_MS = 300_000;

/** Plays one scenario on a whole device, as fast as its engines are. Rejects with `AbortedError` when `signal` fires. */
export async function runScenario(loaded: LoadedScenario, { log, signal, engines, keep }: RunOptions): Promise<ScenarioResult> {
  const { scenario, profile } = loaded;
  const recordings = await readRecordings(loaded);
  const folder = await mkdtemp(join(tmpdir(), 'tandem-scenario-'));
  const closers = new Closers();
  closers.call(() => rm(folder, { recursive: true, force: true }));
  try {
    const events = new EventLog();
    if (keep !== undefined) closers.add(await EventFile.open(`${keep}.events.jsonl`, events, (error) => log.warn({}, error.message)));
    const copy = keep === undefined ? undefined : closers.add(await WavWriter.create(`${keep}.heard.wav`));
    const home = closers.add(await Home.open(loaded, log));
    const performance = new Performance({ scenario, languages: profile.profile.languages, recordings, events, copy, home });
    const out = keep === undefined ? join(folder, 'played.wav') : `${keep}.played.wav`;
    const rehearsal = performance.rehearsal(folder, engines.forProfileIn(profile.folder));
    const options = { in: performance.stage, out, fast: true, rehearsal, signal, ...(home === undefined ? {} : { mqtt: home.url }) };
    const running = closers.add(await openTalk(profile, options, events, log));
    await performance.with(running, AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WALL_MS)]));
    throwIfAborted(signal, 'command-line');
    const { outcome } = performance;
    return { differences: judge(scenario, outcome), moments: outcome.moments, heardMs: samplesToMs(performance.stage.position) };
  } catch (error) {
    if (isAborted(error) || !(error instanceof TandemError)) throw error;
    const { code, message, remedy = '' } = error;
    return {
      differences: [{ expected: 'the device to start and to go on', instead: `${message} ${remedy} (${code})` }],
      moments: [],
      heardMs: 0,
    };
  } finally {
    await closers.close();
  }
}
