import { unlessStopped } from '../../waiting.js';

/** Lets one play at a time; who comes later waits, in order. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves with a function that ends the turn, or with undefined where `signal` fired before the turn came. */
  async take(signal: AbortSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    const before = this.#last;
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#last = before.then(() => ended);
    const came = await unlessStopped(
      before.then(() => true),
      signal,
    );
    if (came === true) return end;
    end();
    return undefined;
  }
}
