import { duration, megabytes } from '../models/text.js';

/** A long job in one line: how far it is, how quick, how long it will take. */

export interface Job {
  readonly name: string;
  /** What is happening, `downloading`. */
  readonly phase: string;
  /** Bytes. */
  readonly done: number;
  readonly total: number;
  readonly note?: string | undefined;
}

const SPEED_OVER_MS = 5_000;
const BAR = 24;

export class Meter {
  #job: Job;
  /** Times (ms) and bytes of the last seconds, for the speed. */
  #samples: { readonly at: number; readonly done: number }[] = [];

  constructor(job: Job, at: number) {
    this.#job = job;
    this.update(job, at);
  }

  get job(): Job {
    return this.#job;
  }

  /** `at`: when this was so, ms. */
  update(job: Job, at: number): void {
    if (job.phase !== this.#job.phase || job.done < this.#job.done) this.#samples = [];
    this.#job = job;
    this.#samples.push({ at, done: job.done });
    while (this.#samples.length > 2 && (this.#samples[0]?.at ?? at) < at - SPEED_OVER_MS) this.#samples.shift();
  }

  text(withBar: boolean): string {
    const { name, phase, done, total, note } = this.#job;
    if (phase === 'done') return `${name}  done`;
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const filled = Math.round(share * BAR);
    const bar = withBar ? ` [${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}]` : '';
    const amount = `${String(Math.floor(share * 100)).padStart(3)} %  ${megabytes(done)} of ${megabytes(total)}`;
    const speed = this.#speed();
    const left = speed === undefined || done >= total ? '' : `  ${megabytes(speed)}/s  ${duration((total - done) / speed)} left`;
    return `${name}  ${phase}${bar} ${amount}${left}${note === undefined ? '' : `  (${note})`}`;
  }

  /** Bytes a second over the last seconds; undefined as long as nothing can be said. */
  #speed(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < 500 || last.done <= first.done) return undefined;
    return ((last.done - first.done) / (last.at - first.at)) * 1000;
  }
}
