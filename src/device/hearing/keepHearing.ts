import { TandemError } from '../../errors.js';
import type { Ear } from './ear.js';

export interface HearingHooks {
  /** The microphone is gone, or not there at the start; told once until it is back. `said`: the person who spoke is being told. */
  readonly onLost: (error: TandemError, said: boolean) => void;
  readonly onBack: () => void;
  /** First and longest wait before the microphone is looked for again, ms. */
  readonly waitMs?: { readonly first: number; readonly longest: number };
}

const WAIT_MS = { first: 1_000, longest: 30_000 };
/** A microphone that stays for this long is looked for quickly again, ms; with a loose contact the waits go on growing. */
const HEALTHY_MS = 60_000;

/** Hears until the input ends or `signal` fires, however often the microphone goes and comes. Rejects where a file is broken. */
export async function keepHearing(ear: Ear, signal: AbortSignal, { onLost, onBack, waitMs = WAIT_MS }: HearingHooks): Promise<void> {
  let away = false;
  let wait = waitMs.first;
  while (!signal.aborted) {
    let steadySince = Number.POSITIVE_INFINITY;
    try {
      await ear.run(signal, () => {
        steadySince = performance.now();
        if (away) onBack();
        away = false;
      });
      return;
    } catch (error) {
      const said = ear.breakOff(error);
      if (!isMicrophone(error)) throw error;
      if (!away) onLost(error, said);
      away = true;
    }
    if (performance.now() - steadySince > HEALTHY_MS) wait = waitMs.first;
    await ear.passTime(wait, signal);
    wait = Math.min(wait * 2, waitMs.longest);
  }
}

function isMicrophone(error: unknown): error is TandemError {
  return error instanceof TandemError && (error.code === 'microphone-lost' || error.code === 'microphone-missing');
}
