import { setTimeout as wait } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { codeOf, TandemError, throwIfAborted } from '../errors.js';

/** One process at a time works on a file. The lock of a process that died is taken over after some seconds. */

/** A lock that was not renewed for this long is that of a process that is gone, ms. */
const STALE_MS = 10_000;
const LOOK_AGAIN_MS = 250;

export interface LockOptions {
  readonly signal?: AbortSignal;
  /** Called once, where another process holds the lock and this one waits. */
  readonly onWait?: () => void;
}

/** Runs `work` while holding the lock of `file` (which need not exist; its folder must), and gives `work` a signal that fires should the lock be lost. */
export async function withLock<T>(file: string, work: (lost: AbortSignal) => Promise<T>, options: LockOptions = {}): Promise<T> {
  const lost = new AbortController();
  const release = await obtain(file, options, lost);
  try {
    return await work(lost.signal);
  } finally {
    // A lock that was lost can't be released.
    await release().catch(() => undefined);
  }
}

async function obtain(file: string, { signal, onWait }: LockOptions, lost: AbortController): Promise<() => Promise<void>> {
  for (let waited = false; ; waited = true) {
    throwIfAborted(signal, 'models');
    try {
      return await lock(file, { stale: STALE_MS, realpath: false, onCompromised: () => lost.abort(lostError(file)) });
    } catch (error) {
      if (codeOf(error) !== 'ELOCKED') throw error;
    }
    if (!waited) onWait?.();
    await wait(LOOK_AGAIN_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
}

function lostError(file: string): TandemError {
  return new TandemError({
    code: 'lock-lost',
    stage: 'models',
    message: `Another process took over ${file} while this one was at work on it.`,
    remedy: 'Try again.',
  });
}
