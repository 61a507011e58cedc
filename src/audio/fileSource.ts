import type { Log } from '../engineContext.js';
import { pause, unlessStopped } from '../waiting.js';
import { type AudioSource, FRAME_MS, FRAME_SAMPLES } from './contract.js';
import { Framer } from './framer.js';
import { WavReader } from './wav/reader.js';

export interface FileSourceOptions {
  /** `real-time`: a frame every 40 ms, as a microphone gives them; `fast`: as soon as the next one is asked for. */
  readonly pace: 'real-time' | 'fast';
  /** Asked after the end of the file before each frame: true gives one more frame, of silence. */
  readonly moreSilence?: () => boolean;
  readonly log?: Log;
}

/** A WAV file, or standard input (`-`), in place of a microphone. Can be heard once. */
export class FileSource implements AudioSource {
  readonly label: string;
  readonly #reader: WavReader;
  readonly #options: FileSourceOptions;

  private constructor(reader: WavReader, options: FileSourceOptions) {
    this.label = reader.name;
    this.#reader = reader;
    this.#options = options;
  }

  /** Throws `TandemError` with a code of `WavFault` where the file is no good. */
  static async load(path: string, options: FileSourceOptions): Promise<FileSource> {
    const onWarning = (message: string) => options.log?.warn({}, message);
    return new FileSource(await WavReader.open(path, { onWarning }), options);
  }

  async *frames(signal: AbortSignal): AsyncGenerator<Int16Array, void, undefined> {
    const pace = this.#options.pace === 'fast' ? takeTurns : realTime();
    for await (const frame of this.#allFrames(signal)) {
      await pace(signal);
      if (signal.aborted) return;
      yield frame;
    }
  }

  async close(): Promise<void> {
    this.#reader.close();
  }

  async *#allFrames(signal: AbortSignal): AsyncGenerator<Int16Array, void, undefined> {
    const framer = new Framer();
    const pieces = this.#reader.samples();
    while (!signal.aborted) {
      const piece = await unlessStopped(pieces.next(), signal);
      if (piece === undefined || piece.done === true) break;
      yield* framer.push(piece.value);
    }
    const last = framer.flush();
    if (last !== undefined) yield last;
    while (!signal.aborted && this.#options.moreSilence?.() === true) yield new Int16Array(FRAME_SAMPLES);
  }
}

type Pace = (signal: AbortSignal) => Promise<void>;

/** A frame is due when a microphone would have filled it, counted from the start: lateness of one does not add to the next. */
function realTime(): Pace {
  const start = performance.now();
  let frames = 0;
  return (signal) => {
    frames++;
    return pause(start + frames * FRAME_MS - performance.now(), signal);
  };
}

/** Leaves room for everything else between two frames. */
const takeTurns: Pace = () => new Promise((resolve) => setImmediate(resolve));
