import { Newest } from '../newest.js';
import { type HelperProgram, startHelper } from '../programs/helperProgram.js';
import type { SignalOptions, SignalState } from './options.js';
import type { OnFailure, Signal } from './signal.js';

type ProgramOptions = Extract<SignalOptions, { readonly run: unknown }>;

/** A program that takes longer hangs, ms. */
const LIMIT_MS = 10_000;
/** From asking a program to end to ending it, ms. */
const GRACE_MS = 500;
/** When the device ends: for a program to come to its end, ms. */
const LAST_WORDS_MS = 2_000;

/** Runs a program at each of its states, one at a time: states that pass while it runs are skipped but for the newest. */
export class ProgramSignal implements Signal {
  private readonly options: ProgramOptions;
  private readonly folder: string;
  private readonly onFailure: OnFailure;
  private readonly limitMs: number;
  private readonly states = new Newest<SignalState>((state) => this.run(state));
  private shown: SignalState | undefined;
  private running: HelperProgram | undefined;

  /** `folder`: where the program runs; `limitMs`: for it to end by itself. */
  constructor(options: ProgramOptions, folder: string, onFailure: OnFailure, limitMs = LIMIT_MS) {
    this.options = options;
    this.folder = folder;
    this.onFailure = onFailure;
    this.limitMs = limitMs;
  }

  show(state: SignalState): void {
    if (!this.options.on.includes(state)) return;
    this.shown = state;
    this.states.set(state);
  }

  /** A device that ends leaves nothing lit: what follows `asleep` is told so. */
  async close(): Promise<void> {
    if (this.shown !== 'asleep') this.show('asleep');
    // Whatever runs, and then the one that is told `asleep`.
    const limit = setInterval(() => void this.running?.stop(GRACE_MS), LAST_WORDS_MS);
    await this.states.idle();
    clearInterval(limit);
  }

  private async run(state: SignalState): Promise<void> {
    const program = startHelper(this.options.run, { folder: this.folder, environment: { TANDEM_STATE: state } });
    this.running = program;
    program.output.resume();
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      void program.stop(GRACE_MS);
    }, this.limitMs);
    const why = await program.ended;
    clearTimeout(limit);
    await program.stop(GRACE_MS);
    this.running = undefined;
    if (late) this.onFailure(`it did not end within ${this.limitMs / 1000} seconds`);
    else if (why !== undefined) this.onFailure(why);
  }
}
