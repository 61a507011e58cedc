import { megabytes } from '../models/text.js';

/** Progress of several long jobs: bars that stay in their place on a terminal, a line now and then elsewhere. */

export interface Job {
  readonly name: string;
  /** What is happening, `downloading`. */
  readonly phase: string;
  /** Bytes. */
  readonly done: number;
  readonly total: number;
  readonly note?: string;
}

interface Running extends Job {
  /** Times (ms) and bytes of the last seconds, for the speed. */
  readonly samples: { readonly at: number; readonly done: number }[];
}

export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const REDRAW_MS = 200;
const LINE_EVERY_MS = 10_000;
const SPEED_OVER_MS = 5_000;
const BAR = 24;

export class Progress {
  #output: ProgressOutput;
  #now: () => number;
  #jobs = new Map<string, Running>();
  #drawn = 0;
  #lastDraw = Number.NEGATIVE_INFINITY;
  #lastLine = new Map<string, { at: number; phase: string }>();

  constructor(output: ProgressOutput = process.stderr, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  update(job: Job): void {
    const at = this.#now();
    const before = this.#jobs.get(job.name);
    const samples = before?.phase === job.phase && before.done <= job.done ? before.samples : [];
    samples.push({ at, done: job.done });
    while (samples.length > 2 && (samples[0]?.at ?? at) < at - SPEED_OVER_MS) samples.shift();
    this.#jobs.set(job.name, { ...job, samples });
    if (this.#output.isTTY === true) {
      if (before?.phase === job.phase && at - this.#lastDraw < REDRAW_MS) return;
      this.#lastDraw = at;
      this.#draw();
    } else {
      this.#line(job.name, at);
    }
  }

  /** Draws the last state; nothing is drawn over what is written after. */
  end(): void {
    if (this.#output.isTTY === true && this.#jobs.size > 0) this.#draw();
    this.#drawn = 0;
    this.#jobs.clear();
  }

  #draw(): void {
    const width = (this.#output.columns ?? 100) - 1;
    const lines = [...this.#jobs.values()].map((job) => `\r\u001b[2K${describe(job, true).slice(0, width)}\n`);
    this.#output.write((this.#drawn > 0 ? `\u001b[${this.#drawn}A` : '') + lines.join(''));
    this.#drawn = lines.length;
  }

  #line(name: string, at: number): void {
    const job = this.#jobs.get(name);
    const last = this.#lastLine.get(name);
    if (job === undefined || (last?.phase === job.phase && at - last.at < LINE_EVERY_MS)) return;
    this.#lastLine.set(name, { at, phase: job.phase });
    this.#output.write(`${describe(job, false)}\n`);
  }
}

function describe(job: Running, withBar: boolean): string {
  const share = job.total > 0 ? Math.min(1, job.done / job.total) : 0;
  const filled = Math.round(share * BAR);
  const bar = withBar ? ` [${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}]` : '';
  const amount = `${String(Math.floor(share * 100)).padStart(3)} %  ${megabytes(job.done)} of ${megabytes(job.total)}`;
  const speed = speedOf(job);
  const left =
    speed === undefined || job.done >= job.total ? '' : `  ${megabytes(speed)}/s  ${duration((job.total - job.done) / speed)} left`;
  const note = job.note === undefined ? '' : `  (${job.note})`;
  if (job.phase === 'done') return `${job.name}  done`;
  return `${job.name}  ${job.phase}${bar} ${amount}${left}${note}`;
}

/** Bytes a second over the last seconds; undefined as long as nothing can be said. */
function speedOf({ samples }: Running): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < 500 || last.done <= first.done) return undefined;
  return ((last.done - first.done) / (last.at - first.at)) * 1000;
}

/** `seconds` as `2 h 05 min`, `3 min 20 s` or `45 s`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole >= 3600) return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
  return whole >= 60 ? `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s` : `${whole} s`;
}
