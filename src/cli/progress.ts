import { type Job, Meter } from './meter.js';

/** Progress of several long jobs: bars that stay in their place on a terminal, a line now and then elsewhere. */

export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const REDRAW_MS = 200;
const LINE_EVERY_MS = 10_000;

export class Progress {
  #output: ProgressOutput;
  #now: () => number;
  #jobs = new Map<string, Meter>();
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
    const samePhase = before?.job.phase === job.phase;
    const meter = before ?? new Meter(job, at);
    if (before === undefined) this.#jobs.set(job.name, meter);
    else before.update(job, at);
    if (this.#output.isTTY === true) {
      if (samePhase && at - this.#lastDraw < REDRAW_MS) return;
      this.#lastDraw = at;
      this.#draw();
    } else {
      this.#line(meter, at);
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
    const lines = [...this.#jobs.values()].map((meter) => `\r\u001b[2K${meter.text(true).slice(0, width)}\n`);
    this.#output.write((this.#drawn > 0 ? `\u001b[${this.#drawn}A` : '') + lines.join(''));
    this.#drawn = lines.length;
  }

  #line(meter: Meter, at: number): void {
    const { name, phase } = meter.job;
    const last = this.#lastLine.get(name);
    if (last?.phase === phase && at - last.at < LINE_EVERY_MS) return;
    this.#lastLine.set(name, { at, phase });
    this.#output.write(`${meter.text(false)}\n`);
  }
}
