/** The first piece goes out at once, later ones at most this often, ms. Shorter than a syllable takes to say. */
const leastApartMs = 15;

/** Joins pieces of text that come faster than it is worth sending them one by one. Nothing is held back longer than 15 ms. */
export class TextBatcher {
  readonly #send: (text: string) => void;
  #waiting = '';
  #lastAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  push(text: string): void {
    this.#waiting += text;
    const since = performance.now() - this.#lastAt;
    if (since >= leastApartMs) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), leastApartMs - since);
  }

  flush(): void {
    this.close();
    const text = this.#waiting;
    this.#waiting = '';
    if (text === '') return;
    this.#lastAt = performance.now();
    this.#send(text);
  }

  /** What waits is not sent. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
