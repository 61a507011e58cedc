import { AbortedError, isAborted, TimeoutError } from '../../errors.js';

/**
 * What `work` gives, or as soon as `signal` fires `AbortedError`, or after `limitMs` `TimeoutError`. `work` gets a signal that fires at
 * either of them and ends what it has begun by that.
 */
export async function withinLimit<T>(signal: AbortSignal, limitMs: number, work: (within: AbortSignal) => Promise<T>): Promise<T> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  try {
    return await orAborted(work(within), within);
  } catch (error) {
    if (signal.aborted) throw new AbortedError('speech-to-text', signal.reason);
    if (within.aborted) throw new TimeoutError('speech-to-text', limitMs);
    if (isAborted(error)) throw new AbortedError('speech-to-text', error);
    throw error;
  }
}

/** `work`, or a rejection with the signal's reason as soon as it fires. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
