import type { OverallProgress } from '../first-evening/overall.js';
import { Meter } from './meter.js';

/** How far the models are while the device talks: a bar below everything else on a terminal, elsewhere a line every tenth of the way. */

export interface DownloadScreen {
  hint(line: string): void;
  /** The line below all others; empty for none. */
  status(text: string): void;
}

const REDRAW_MS = 200;

export class DownloadLine {
  private readonly screen: DownloadScreen;
  private readonly withBar: boolean;
  private readonly now: () => number;
  private meter: Meter | undefined;
  private drawnAt = Number.NEGATIVE_INFINITY;
  private told = '';

  constructor(screen: DownloadScreen, withBar: boolean, now: () => number = () => performance.now()) {
    this.screen = screen;
    this.withBar = withBar;
    this.now = now;
  }

  update(progress: OverallProgress): void {
    const job = { name: 'models', ...progress };
    const at = this.now();
    const samePhase = this.meter?.job.phase === job.phase;
    if (this.meter === undefined) this.meter = new Meter(job, at);
    else this.meter.update(job, at);
    if (this.withBar) {
      if (samePhase && at - this.drawnAt < REDRAW_MS) return;
      this.drawnAt = at;
      this.screen.status(this.meter.text(true));
      return;
    }
    const step = `${job.phase} ${Math.floor((10 * job.done) / job.total)}`;
    if (step === this.told) return;
    this.told = step;
    this.screen.hint(this.meter.text(false));
  }

  end(): void {
    if (this.withBar && this.meter !== undefined) this.screen.status('');
    this.meter = undefined;
  }
}
