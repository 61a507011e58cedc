import { msToSamples } from './contract.js';

/** The last stretch of a stream, so that what was said just before a decision is not lost. Positions count samples since the start. */
export class RingBuffer {
  readonly #samples: Int16Array;
  #position = 0;

  /** `capacity`: samples kept. */
  constructor(capacity: number = msToSamples(2000)) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('a ring buffer keeps at least one sample');
    this.#samples = new Int16Array(capacity);
  }

  /** Where the stream has got to: the position of the sample that comes next. */
  get position(): number {
    return this.#position;
  }

  /** The position of the oldest sample that is still there. */
  get oldest(): number {
    return Math.max(0, this.#position - this.#samples.length);
  }

  push(samples: Int16Array): void {
    const capacity = this.#samples.length;
    const kept = samples.length > capacity ? samples.subarray(samples.length - capacity) : samples;
    this.#position += samples.length;
    const start = (this.#position - kept.length) % capacity;
    const untilEnd = Math.min(kept.length, capacity - start);
    this.#samples.set(kept.subarray(0, untilEnd), start);
    this.#samples.set(kept.subarray(untilEnd), 0);
  }

  /** A copy of everything from `position` on; what is older than the buffer is missing at the front. */
  since(position: number): Int16Array {
    const start = Math.max(this.oldest, Math.floor(position));
    const length = Math.max(0, this.#position - start);
    const copy = new Int16Array(length);
    const capacity = this.#samples.length;
    const from = start % capacity;
    const untilEnd = Math.min(length, capacity - from);
    copy.set(this.#samples.subarray(from, from + untilEnd), 0);
    copy.set(this.#samples.subarray(0, length - untilEnd), untilEnd);
    return copy;
  }

  /** A copy of the last `count` samples, or of fewer where there are not so many. */
  last(count: number): Int16Array {
    return this.since(this.#position - Math.max(0, Math.floor(count)));
  }

  /** Forgets everything; positions start at 0 again. */
  clear(): void {
    this.#position = 0;
  }
}
