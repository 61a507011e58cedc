import { AbortedError } from '../errors.js';

/** Ctrl-C and SIGTERM as an abort signal; a second one ends the process at once. */
export function stopOnSignals(): { readonly signal: AbortSignal; readonly stop: () => void; readonly dispose: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new AbortedError('command-line'));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    stop,
    dispose: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
