/**
 * `work`, or `onAborted()` as soon as `signal` fires. The work itself goes on until it notices the signal; what it then comes to, also a
 * failure, is ignored.
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal, onAborted: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(onAborted());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    const settled = () => signal.removeEventListener('abort', stop);
    work.then(
      (value) => {
        settled();
        resolve(value);
      },
      (error: unknown) => {
        settled();
        reject(error);
      },
    );
  });
}
