import { FRAME_SAMPLES } from './contract.js';

/** Cuts a stream that comes in pieces of any length into frames of `FRAME_SAMPLES`. */
export class Framer {
  #frame = new Int16Array(FRAME_SAMPLES);
  #filled = 0;

  /** The frames that these samples complete. */
  push(samples: Int16Array): Int16Array[] {
    const frames: Int16Array[] = [];
    for (let at = 0; at < samples.length; ) {
      const count = Math.min(FRAME_SAMPLES - this.#filled, samples.length - at);
      this.#frame.set(samples.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === FRAME_SAMPLES) frames.push(this.#take());
    }
    return frames;
  }

  /** What is left, filled up with silence; undefined where nothing is. */
  flush(): Int16Array | undefined {
    return this.#filled === 0 ? undefined : this.#take();
  }

  #take(): Int16Array {
    const frame = this.#frame;
    this.#frame = new Int16Array(FRAME_SAMPLES);
    this.#filled = 0;
    return frame;
  }
}
