import { type AudioSource, FRAME_SAMPLES } from '../../src/audio/contract.js';
import type { Household } from './household.js';

interface Hooks {
  readonly samples: number;
  /** The device has not finished yet: the day goes on with silence, at most for `graceSamples`. */
  readonly busy: () => boolean;
  readonly graceSamples: number;
  /** Before each frame; position in samples. */
  readonly onFrame: (position: number) => void;
}

/** The household in place of a microphone. */
export class HouseholdSource implements AudioSource {
  readonly label = 'household';
  position = 0;
  private readonly household: Household;
  private readonly hooks: Hooks;

  constructor(household: Household, hooks: Hooks) {
    this.household = household;
    this.hooks = hooks;
  }

  async *frames(signal: AbortSignal): AsyncGenerator<Int16Array> {
    const { samples, busy, graceSamples, onFrame } = this.hooks;
    while (!signal.aborted && (this.position < samples || (busy() && this.position < samples + graceSamples))) {
      // Leaves room for everything else between two frames, Ctrl-C among it.
      await new Promise<void>((resolve) => setImmediate(resolve));
      onFrame(this.position);
      const frame = this.position < samples ? this.household.frame() : new Int16Array(FRAME_SAMPLES);
      this.position += FRAME_SAMPLES;
      yield frame;
    }
  }

  async close(): Promise<void> {}
}
