/** Waiting requests: devices take turns, and those of one device stay in order. */
export class FairQueue<T> {
  /** In the order of their turns. */
  readonly #devices = new Map<string, T[]>();

  get length(): number {
    return [...this.#devices.values()].reduce((sum, items) => sum + items.length, 0);
  }

  countOf(device: string): number {
    return this.#devices.get(device)?.length ?? 0;
  }

  push(device: string, item: T): void {
    const items = this.#devices.get(device);
    if (items === undefined) this.#devices.set(device, [item]);
    else items.push(item);
  }

  /** The next one; its device goes to the end of the round. */
  shift(): T | undefined {
    const first = this.#devices.entries().next();
    if (first.done) return undefined;
    const [device, [item, ...rest]] = first.value;
    this.#devices.delete(device);
    if (rest.length > 0) this.#devices.set(device, rest);
    return item;
  }

  /** False where it was not waiting. */
  remove(device: string, item: T): boolean {
    const items = this.#devices.get(device);
    const at = items?.indexOf(item) ?? -1;
    if (items === undefined || at < 0) return false;
    items.splice(at, 1);
    if (items.length === 0) this.#devices.delete(device);
    return true;
  }
}
