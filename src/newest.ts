/** Does one thing at a time for values that come at any speed: while one is being seen to, only the newest waits. */
export class Newest<T> {
  private readonly work: (value: T) => Promise<void>;
  private waiting: { readonly value: T } | undefined;
  private running: Promise<void> | undefined;

  /** `work` must not reject. */
  constructor(work: (value: T) => Promise<void>) {
    this.work = work;
  }

  set(value: T): void {
    this.waiting = { value };
    this.running ??= this.run();
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    for (let next = this.waiting; next !== undefined; next = this.waiting) {
      this.waiting = undefined;
      await this.work(next.value);
    }
    this.running = undefined;
  }
}
