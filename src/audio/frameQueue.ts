import { FRAME_MS, FRAME_SAMPLES } from './contract.js';

const MOST_FRAMES = 2_000 / FRAME_MS;

/**
 * Frames on their way from the microphone to a device that is sometimes busy: keeps the newest two seconds, never more, and counts
 * what it had to drop.
 */
export class FrameQueue {
  readonly #frames: Int16Array[] = [];
  #dropped = 0;
  #ended: boolean = false;
  #failure: unknown;
  #wake: (() => void) | undefined;

  /** Samples that nobody fetched in time. */
  get droppedSamples(): number {
    return this.#dropped;
  }

  push(frame: Int16Array): void {
    if (this.#ended) return;
    this.#frames.push(frame);
    if (this.#frames.length > MOST_FRAMES) {
      this.#frames.shift();
      this.#dropped += FRAME_SAMPLES;
    }
    this.#wake?.();
  }

  /** No more frames come. With `failure`, it is thrown after those that are there; without, what is there is forgotten. */
  end(failure?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    if (failure === undefined) this.#frames.length = 0;
    this.#wake?.();
  }

  async *frames(): AsyncGenerator<Int16Array, void, undefined> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame !== undefined) yield frame;
      else if (this.#ended) break;
      else await this.#more();
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
