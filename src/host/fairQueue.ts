/** Turns are kept in mind this long, ms, and at most this many of them. */
const rememberMs = 600_000;
const mostTurns = 1_000;

interface Waiting<T> {
  readonly device: string;
  readonly elsewhere: number;
  readonly item: T;
}

/**
 * Waiting requests. The next turn is that of the device which had the fewest lately; those of one device stay in order, and where two
 * had as many, who came first goes first. So devices take turns, and who was turned down before goes ahead of who was just served.
 * `elsewhere`: what the device says of all hosts; to say less than this host has seen itself is of no use.
 */
export class FairQueue<T> {
  readonly #now: () => number;
  /** As they came. */
  readonly #waiting: Waiting<T>[] = [];
  /** Who was served lately, oldest first. */
  readonly #turns: { readonly device: string; readonly at: number }[] = [];

  /** `now`: ms on the monotonic clock. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get length(): number {
    return this.#waiting.length;
  }

  push(device: string, elsewhere: number, item: T): void {
    this.#waiting.push({ device, elsewhere, item });
  }

  /** How many would go before a new one of this device. */
  ahead(device: string, elsewhere: number): number {
    const turn = Math.max(elsewhere, this.#turnsOf(device)) + this.#waiting.filter((one) => one.device === device).length;
    return this.#places().filter((place) => place.turn <= turn).length;
  }

  /** All of them, the next one first. */
  order(): readonly T[] {
    return this.#places().map(({ item }) => item);
  }

  /** The next one, which counts as a turn of its device. */
  shift(): T | undefined {
    const [next] = this.#places();
    if (next === undefined) return undefined;
    this.remove(next.item);
    this.#turns.push({ device: next.device, at: this.#now() });
    if (this.#turns.length > mostTurns) this.#turns.shift();
    return next.item;
  }

  /** False where it was not waiting. */
  remove(item: T): boolean {
    const at = this.#waiting.findIndex((one) => one.item === item);
    if (at >= 0) this.#waiting.splice(at, 1);
    return at >= 0;
  }

  /** In the order of their turns; `turn`: how many its device will have had before it. */
  #places(): readonly (Waiting<T> & { readonly turn: number })[] {
    const turns = new Map<string, number>();
    const places = this.#waiting.map((one) => {
      const turn = turns.get(one.device) ?? Math.max(one.elsewhere, this.#turnsOf(one.device));
      turns.set(one.device, turn + 1);
      return { ...one, turn };
    });
    return places.sort((a, b) => a.turn - b.turn);
  }

  #turnsOf(device: string): number {
    const since = this.#now() - rememberMs;
    while ((this.#turns[0]?.at ?? since) < since) this.#turns.shift();
    return this.#turns.filter((turn) => turn.device === device).length;
  }
}
