import { setTimeout as wait } from 'node:timers/promises';
import { isAborted, type TandemError, toTandemError } from '../errors.js';
import { type PullOptions, pullModels } from '../models/pull.js';
import { buildWhisper } from './buildWhisper.js';
import type { Needs } from './needs.js';
import { Overall, type OverallProgress } from './overall.js';

/** Fetching and building in the background what a profile lacks. */

export interface GetReadyOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: OverallProgress) => void;
  /** The downloads have ended, well or not; Whisper may still be being built. */
  readonly onFetched?: () => void;
  /** What went wrong, told once: of a network that is gone nothing more is said until it is back. */
  readonly onTrouble: (error: TandemError) => void;
  readonly pull?: Pick<PullOptions, 'mirror' | 'parallel' | 'limits'>;
  readonly build?: (signal: AbortSignal) => Promise<void>;
  /** Where the network went away, it is tried again after this, ms. */
  readonly againAfterMs?: number;
}

const AGAIN_AFTER_MS = 60_000;
/** Troubles that end by themselves. */
const PASSING = ['network-unavailable', 'download-interrupted'];

/** True once everything is there; false where something can't be had, or `signal` fired. What came so far is kept. */
export async function getReady(needs: Needs, options: GetReadyOptions): Promise<boolean> {
  const parts = [fetchModels(needs, options).finally(options.onFetched)];
  if (needs.whisper) parts.push(build(options));
  return (await Promise.all(parts)).every((done) => done);
}

async function build({ build = buildWhisper, signal, onTrouble }: GetReadyOptions): Promise<boolean> {
  try {
    await build(signal);
    return true;
  } catch (error) {
    if (!isAborted(error)) onTrouble(toTandemError(error, 'speech-to-text'));
    return false;
  }
}

async function fetchModels({ models }: Needs, options: GetReadyOptions): Promise<boolean> {
  const { signal, onProgress, onTrouble, pull, againAfterMs = AGAIN_AFTER_MS } = options;
  const overall = new Overall(models);
  const told = new Set<string>();
  try {
    for (;;) {
      const results = await pullModels(models, { ...pull, signal, onProgress: (step) => onProgress(overall.update(step)) });
      const errors = results.flatMap(({ error }) => error ?? []);
      if (errors.length === 0) return true;
      for (const error of errors) {
        if (!told.has(error.code)) onTrouble(error);
        told.add(error.code);
      }
      if (!errors.every(({ code }) => PASSING.includes(code))) return false;
      await wait(againAfterMs, undefined, { signal });
    }
  } catch (error) {
    if (!isAborted(error)) onTrouble(toTandemError(error, 'models'));
    return false;
  }
}
