import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AbortedError, TandemError } from '../errors.js';
import { addresses } from './addresses.js';
import type { CatalogueModel } from './catalogue.js';
import { howToGetByHand } from './resolve.js';
import { diskFull } from './space.js';
import { transfer } from './transfer.js';
import { TransferError, type TransferFault } from './transferError.js';

/** Getting the file of a model into its `.part` file, in as many attempts as make sense. */

export interface FetchLimits {
  /** An attempt is given up when no byte came for this long, ms. */
  readonly stallMs: number;
  /** Attempts in a row that may bring nothing. */
  readonly attempts: number;
  /** The same where the server can't even be reached: then there is probably no network. */
  readonly unreachableAttempts: number;
  /** First wait before another attempt; doubles each time, ms. */
  readonly firstWaitMs: number;
  readonly mostWaitMs: number;
}

export const FETCH_LIMITS: FetchLimits = {
  stallMs: 30_000,
  attempts: 6,
  unreachableAttempts: 3,
  firstWaitMs: 1_000,
  mostWaitMs: 30_000,
};

export interface FetchOptions {
  readonly mirror: string | undefined;
  readonly signal: AbortSignal;
  readonly limits: FetchLimits;
  /** Bytes that are there, and that there will be. */
  readonly onProgress: (done: number, total: number) => void;
  /** Called before a wait, with the reason in plain words. */
  readonly onRetry: (why: string) => void;
}

/** Resolves once `part` holds all bytes that the server has; they are not checked yet. Rejects with a `TandemError` that says what to do. */
export async function fetchFile(model: CatalogueModel, part: string, options: FetchOptions): Promise<void> {
  const tried: string[] = [];
  for (const url of addresses(model, options.mirror)) {
    tried.push(url);
    try {
      return await fetchFrom(url, model, part, options);
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
      if (error.fault !== 'absent') throw explained(error, model, part, url);
    }
  }
  throw new TandemError({
    code: 'download-absent',
    stage: 'models',
    message: `${model.name} is not at ${tried.join(' nor at ')}.`,
    remedy:
      options.mirror === undefined ? howToGetByHand(model) : 'Check the mirror (TANDEM_MODELS_MIRROR, or models.mirror in the profile).',
  });
}

async function fetchFrom(url: string, model: CatalogueModel, part: string, options: FetchOptions): Promise<void> {
  const { limits, signal } = options;
  let best = 0;
  let failures = 0;
  for (;;) {
    try {
      await transfer({
        url,
        part,
        length: { bytes: model.bytes, exact: !model.approximate },
        signal,
        stallMs: limits.stallMs,
        onProgress: (done, total) => {
          if (done > best) failures = 0;
          best = Math.max(best, done);
          options.onProgress(done, total ?? model.bytes);
        },
      });
      return;
    } catch (error) {
      if (!(error instanceof TransferError) || !error.worthRetrying) throw error;
      failures += 1;
      if (failures >= (error.fault === 'unreachable' ? limits.unreachableAttempts : limits.attempts)) throw error;
      options.onRetry(error.message);
      const pause = error.waitMs ?? Math.min(limits.mostWaitMs, limits.firstWaitMs * 2 ** (failures - 1));
      await wait(pause, undefined, { signal }).catch((cause: unknown) => {
        throw new AbortedError('models', cause);
      });
    }
  }
}

const CODES: Readonly<Record<TransferFault, string>> = {
  cut: 'download-interrupted',
  stalled: 'download-interrupted',
  busy: 'download-interrupted',
  changed: 'download-interrupted',
  unreachable: 'network-unavailable',
  absent: 'download-absent',
  refused: 'download-refused',
  disk: 'models-folder-unwritable',
};

function explained(error: TransferError, model: CatalogueModel, part: string, url: string): TandemError {
  const folder = dirname(part);
  if (error.fault === 'disk' && /ENOSPC|EDQUOT/.test(error.message)) return diskFull(model.name, folder, 'did not fit', error);
  const host = new URL(url).host;
  const goOn = `Try again later: it goes on where it was. Or by hand: ${howToGetByHand(model)}`;
  const said: Readonly<Record<TransferFault, readonly [string, string]>> = {
    cut: [`the connection to ${host} broke (${error.message})`, goOn],
    stalled: [`${host} sent nothing more (${error.message})`, goOn],
    busy: [`${host} is in trouble (${error.message})`, goOn],
    changed: [`the file at ${host} kept changing`, goOn],
    unreachable: [`${host} can't be reached (${error.message})`, `Check the network. None? ${howToGetByHand(model)}`],
    absent: [error.message, howToGetByHand(model)],
    refused: [`${host} does not give it (${error.message})`, `Open ${url} in a browser to see why. ${howToGetByHand(model)}`],
    disk: [`${folder} can't be written (${error.message})`, 'Check its permissions, or set TANDEM_MODELS to another folder.'],
  };
  const [why, remedy] = said[error.fault];
  return new TandemError({
    code: CODES[error.fault],
    stage: 'models',
    message: `${model.name} was not downloaded: ${why}.`,
    remedy,
    cause: error,
  });
}
