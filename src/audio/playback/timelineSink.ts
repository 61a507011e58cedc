import { unlessStopped } from '../../waiting.js';
import { FRAME_SAMPLES, msToSamples, type PcmChunk, SAMPLE_RATE, samplesToMs } from '../contract.js';
import { gainOf, toFractions, toInt16, withGain } from '../pcm.js';
import { Resampler } from '../resampler.js';
import { WavWriter } from '../wav/writer.js';
import { type Playback, Player } from './player.js';

/** Sound made ready ahead of the moment when it is heard; more waits in the engine. */
const AHEAD = msToSamples(1000);

/**
 * A loudspeaker that is a WAV file (`--out FILE.wav`), in time with the input: whoever feeds the device calls `advance` for the
 * samples it has heard, and what plays meanwhile goes into the file there, silence elsewhere. The same calls give the same bytes.
 */
export class TimelineSink extends Player {
  readonly label: string;
  readonly #writer: WavWriter;
  readonly #resampler: Resampler;
  readonly #onPlayed: (samples: Int16Array) => void;
  #gain: number;
  #lastGain: number;
  #current: TimelinePlayback | undefined;
  #advancing: Promise<void> = Promise.resolve();

  private constructor(writer: WavWriter, resampler: Resampler, volume: number, onPlayed: (samples: Int16Array) => void) {
    super();
    this.label = writer.path;
    this.#writer = writer;
    this.#resampler = resampler;
    this.#onPlayed = onPlayed;
    this.#gain = gainOf(volume);
    this.#lastGain = this.#gain;
  }

  /** `volume`: 0 to 100. `onPlayed` is told of each stretch as it goes into the file. Throws `TandemError` `wav-not-written`. */
  static async load(path: string, volume: number, onPlayed: (samples: Int16Array) => void = () => {}): Promise<TimelineSink> {
    const resampler = await Resampler.load();
    try {
      return new TimelineSink(await WavWriter.create(path), resampler, volume, onPlayed);
    } catch (error) {
      resampler.close();
      throw error;
    }
  }

  /** Samples of 16 kHz that the file has so far: where "now" is. */
  get position(): number {
    return this.#writer.samples;
  }

  /**
   * Lets `samples` (16 kHz) of time pass. What is ready plays, where nothing is there is silence; nothing is waited for but the disk.
   * Rejects with `TandemError` `wav-not-written`, and what plays does too.
   */
  async advance(samples: number): Promise<void> {
    const before = this.#advancing;
    const advanced = before.then(() => this.#advance(samples));
    this.#advancing = advanced.catch(() => {});
    await advanced;
  }

  setVolume(percent: number): void {
    this.#gain = gainOf(percent);
    // Nothing to glide from yet.
    if (this.position === 0) this.#lastGain = this.#gain;
  }

  override async close(): Promise<void> {
    await super.close();
    await this.#advancing;
    this.#resampler.close();
    await this.#writer.close();
  }

  protected override begin(signal: AbortSignal, onStart: () => void): Playback {
    this.#current = new TimelinePlayback(this.#resampler, signal, onStart);
    return this.#current;
  }

  async #advance(samples: number): Promise<void> {
    for (let left = samples; left > 0; left -= FRAME_SAMPLES) {
      const frame = withGain(await this.#render(Math.min(left, FRAME_SAMPLES)), this.#lastGain, this.#gain);
      this.#onPlayed(frame);
      try {
        await this.#writer.write(frame);
      } catch (error) {
        this.#current?.fail(error);
        throw error;
      }
      this.#lastGain = this.#gain;
    }
  }

  /** The next stretch of the file. Sound that ends inside it may be followed by the next one without a gap. */
  async #render(length: number): Promise<Int16Array> {
    const frame = new Int16Array(length);
    let filled = 0;
    let taken: number;
    do {
      // Whatever can be had without waiting for anything outside gets its turn to arrive.
      await new Promise<void>((resolve) => setImmediate(resolve));
      taken = this.#current?.takeInto(frame.subarray(filled)) ?? 0;
      filled += taken;
    } while (taken > 0 && filled < length);
    return frame;
  }
}

class TimelinePlayback implements Playback {
  readonly #resampler: Resampler;
  readonly #signal: AbortSignal;
  readonly #onStart: () => void;
  #rate = 0;
  #ready: Int16Array[] = [];
  #readySamples = 0;
  #heard = 0;
  /** Told when the sound that is ready has become as little as `below`. */
  #waiting: { readonly below: number; readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(resampler: Resampler, signal: AbortSignal, onStart: () => void) {
    this.#resampler = resampler;
    this.#signal = signal;
    this.#onStart = onStart;
  }

  async write(chunk: PcmChunk): Promise<void> {
    if (chunk.sampleRate !== this.#rate) {
      this.#finishRate();
      this.#rate = chunk.sampleRate;
      this.#resampler.start(chunk.sampleRate, SAMPLE_RATE);
    }
    if (chunk.sampleRate === SAMPLE_RATE) this.#add(chunk.samples);
    else this.#add(toInt16(this.#resampler.process(toFractions(chunk.samples))));
    await this.#atMost(AHEAD);
  }

  async finish(): Promise<void> {
    this.#finishRate();
    await this.#atMost(0);
  }

  async cut(): Promise<void> {
    this.#ready = [];
    this.#readySamples = 0;
  }

  heardMs(): number {
    return samplesToMs(this.#heard);
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.#waiting?.reject(error);
  }

  /** Plays into `frame`; says how many samples there were. */
  takeInto(frame: Int16Array): number {
    let filled = 0;
    while (filled < frame.length && !this.#signal.aborted) {
      const piece = this.#ready[0];
      if (piece === undefined) break;
      const count = Math.min(piece.length, frame.length - filled);
      frame.set(piece.subarray(0, count), filled);
      filled += count;
      if (count === piece.length) this.#ready.shift();
      else this.#ready[0] = piece.subarray(count);
    }
    if (filled > 0 && this.#heard === 0) this.#onStart();
    this.#heard += filled;
    this.#readySamples -= filled;
    if (this.#waiting !== undefined && this.#readySamples <= this.#waiting.below) this.#waiting.resolve();
    return filled;
  }

  #finishRate(): void {
    if (this.#rate !== 0 && this.#rate !== SAMPLE_RATE) this.#add(toInt16(this.#resampler.finish()));
  }

  #add(samples: Int16Array): void {
    if (samples.length === 0) return;
    this.#ready.push(samples);
    this.#readySamples += samples.length;
  }

  async #atMost(below: number): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#readySamples <= below) return;
    const reached = new Promise<void>((resolve, reject) => {
      this.#waiting = { below, resolve, reject };
    });
    await unlessStopped(reached, this.#signal);
    this.#waiting = undefined;
  }
}
