import { type AudioSource, FRAME_SAMPLES } from '../audio/contract.js';
import { concatenate } from '../audio/pcm.js';
import type { WavWriter } from '../audio/wav/writer.js';
import { TandemError } from '../errors.js';

export interface StageParts {
  /** Asked before each frame, with the samples so far: false ends the input. */
  readonly goesOn: (position: number) => boolean;
  /** Goes on all the time, again and again; 16 kHz. */
  readonly background: Int16Array | undefined;
  /** What the loudspeaker plays comes back multiplied by this, one frame later; 0: not at all. */
  readonly echo: number;
  /** Gets all that the microphone heard. */
  readonly copy: WavWriter | undefined;
}

/** The quietest room still has this much noise, in steps of 16 bit. */
const ROOM_NOISE = 6;

/** A microphone in a room where recordings are played: they begin when somebody says so, while the device already listens. */
export class Stage implements AudioSource {
  readonly label = 'scenario';
  private readonly parts: StageParts;
  private readonly playing: { readonly samples: Int16Array; at: number }[] = [];
  private echoes: Int16Array[] = [];
  private seed = 1;
  private heard = 0;
  /** By the clock on the wall, as whoever looks for a microphone goes by it, ms. */
  private unpluggedUntil = 0;
  private end: () => void = () => {};
  /** Resolves when nothing more will be heard. */
  readonly ended = new Promise<void>((resolve) => {
    this.end = resolve;
  });

  constructor(parts: StageParts) {
    this.parts = parts;
  }

  /** Samples given so far. */
  get position(): number {
    return this.heard;
  }

  get recordingPlays(): boolean {
    return this.playing.length > 0;
  }

  /** From the next frame on; what plays already goes on beside it. 16 kHz. */
  play(samples: Int16Array): void {
    this.playing.push({ samples, at: 0 });
  }

  /** The microphone is pulled out for this long. */
  unplug(ms: number): void {
    this.unpluggedUntil = performance.now() + ms;
  }

  /** Told of what the loudspeaker plays. */
  loudspeaker(samples: Int16Array): void {
    if (this.parts.echo > 0) this.echoes.push(samples);
  }

  async *frames(signal: AbortSignal): AsyncGenerator<Int16Array, void, undefined> {
    while (!signal.aborted && this.parts.goesOn(this.heard)) {
      if (performance.now() < this.unpluggedUntil) throw microphoneLost();
      const frame = this.frame();
      await this.parts.copy?.write(frame);
      // Before it is taken in: what happens while it is heard happens here.
      this.heard += FRAME_SAMPLES;
      yield frame;
    }
    this.end();
  }

  async close(): Promise<void> {}

  private frame(): Int16Array {
    const mix = Float64Array.from({ length: FRAME_SAMPLES }, () => this.noise());
    this.mixBackground(mix);
    this.mixEcho(mix);
    for (const recording of this.playing) {
      add(mix, recording.samples.subarray(recording.at, recording.at + FRAME_SAMPLES), 1);
      recording.at += FRAME_SAMPLES;
    }
    const left = this.playing.filter(({ at, samples }) => at < samples.length);
    this.playing.splice(0, this.playing.length, ...left);
    return Int16Array.from(mix, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample))));
  }

  private mixBackground(mix: Float64Array): void {
    const { background } = this.parts;
    if (background === undefined || background.length === 0) return;
    for (let at = 0; at < mix.length; at++) mix[at] = (mix[at] ?? 0) + (background[(this.heard + at) % background.length] ?? 0);
  }

  private mixEcho(mix: Float64Array): void {
    const echo = concatenate(this.echoes);
    add(mix, echo.subarray(0, FRAME_SAMPLES), this.parts.echo);
    this.echoes = echo.length > FRAME_SAMPLES ? [echo.subarray(FRAME_SAMPLES)] : [];
  }

  /** The same in every run. */
  private noise(): number {
    this.seed = (Math.imul(this.seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (this.seed / 0x40000000 - 1) * ROOM_NOISE;
  }
}

function microphoneLost(): TandemError {
  return new TandemError({
    code: 'microphone-lost',
    stage: 'audio',
    message: 'The microphone was pulled out.',
    remedy: 'Plug it in again.',
  });
}

function add(mix: Float64Array, samples: Int16Array, gain: number): void {
  for (let at = 0; at < samples.length; at++) mix[at] = (mix[at] ?? 0) + (samples[at] ?? 0) * gain;
}
