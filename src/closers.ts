/** What was opened, closed in reverse order; one that fails does not keep the others open. */
export class Closers {
  private readonly closers: (() => Promise<void> | void)[] = [];

  /** Returns the thing, so that opening and remembering are one expression; undefined where there is none to close. */
  add<T extends { close(): Promise<void> } | undefined>(thing: T): T {
    if (thing !== undefined) this.closers.push(() => thing.close());
    return thing;
  }

  call(close: () => Promise<void> | void): void {
    this.closers.push(close);
  }

  /** Rejects with the first failure after everything was tried. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.closers.pop(); close !== undefined; close = this.closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
