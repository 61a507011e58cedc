/** What the rest of the device knows of sound. Inside, sound is always 16 kHz, mono, 16 bit; other rates exist only at the edges. */

/** Hz. Every `Int16Array` called `samples` has this rate unless a `sampleRate` stands beside it. */
export const SAMPLE_RATE = 16_000;
/** One frame from the microphone: as much as the quickest listener takes at a time, as whoever interrupts waits for it. */
export const FRAME_SAMPLES = 640;
export const FRAME_MS = 40;

export function samplesToMs(samples: number): number {
  return (samples * 1000) / SAMPLE_RATE;
}

export function msToSamples(ms: number): number {
  return Math.round((ms * SAMPLE_RATE) / 1000);
}

/** Mono 16-bit sound of any rate, as a speech engine makes it. */
export interface PcmChunk {
  /** Hz. */
  readonly sampleRate: number;
  readonly samples: Int16Array;
}

/** A microphone or a file: an endless (or ending) row of 40 ms frames, 16 kHz mono. */
export interface AudioSource {
  readonly label: string;
  /**
   * Frames of exactly `FRAME_SAMPLES` samples, the last one padded with silence. Ends with the file or when `signal` fires.
   * A microphone program that dies in the middle ends it with a `TandemError` (`microphone-lost`).
   */
  frames(signal: AbortSignal): AsyncIterable<Int16Array>;
  close(): Promise<void>;
}

/** How a piece of sound ended. */
export interface Played {
  /** True where `signal` cut it off. */
  readonly interrupted: boolean;
  /** Milliseconds of it that were really heard. */
  readonly playedMs: number;
}

export interface PlayOptions {
  readonly signal: AbortSignal;
  /** Called once, when the first sample leaves for the loudspeaker; `heardMs` then tells how much was heard so far, ms. */
  readonly onStart?: (heardMs: () => number) => void;
}

/** A loudspeaker or a file. One thing plays at a time; a second `play` waits its turn. */
export interface AudioSink {
  readonly label: string;
  /** Resolves when the last sample was heard, or within 100 ms after `signal` fires; never rejects for an abort. */
  play(sound: AsyncIterable<PcmChunk> | Iterable<PcmChunk>, options: PlayOptions): Promise<Played>;
  /** 0 to 100. */
  setVolume(percent: number): void;
  close(): Promise<void>;
}
