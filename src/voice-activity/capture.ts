import { FRAME_SAMPLES, msToSamples } from '../audio/contract.js';
import type { VoiceActivityEngine } from './contract.js';
import { type EndpointEvent, Endpointer, type EndpointState } from './endpointer.js';
import type { EndpointingOptions } from './options.js';

/** What was said, with its place in the stream. */
export interface CapturedUtterance {
  readonly samples: Int16Array;
  readonly fromSample: number;
  readonly toSample: number;
}

export interface CaptureStart {
  readonly voice: VoiceActivityEngine;
  readonly endpointing: EndpointingOptions;
  /** Probability from which a stretch is speech. */
  readonly threshold: number;
  /** Position in the stream where listening begins. */
  readonly fromSample: number;
  /**
   * Position of the first sample that will be fed; earlier than `fromSample` by `WARM_UP_SAMPLES` where there is so much, so that the
   * engine already knows a voice that is in the middle of a word.
   */
  readonly firstSample: number;
  readonly afterWakeWord: boolean;
}

/** How much sound a voice activity engine needs before it is sure of a voice. */
export const WARM_UP_SAMPLES = msToSamples(500);
/** Kept beyond the longest utterance and its pre-roll, for what comes while an ended one is looked at. */
const SPARE = msToSamples(5000);

/** Kept and looked at together. */
const PIECE = FRAME_SAMPLES;

/** Takes in samples and keeps those of one utterance. Its memory is bounded by the longest utterance. */
export class Capture {
  readonly #voice: VoiceActivityEngine;
  readonly #endpointer: Endpointer;
  readonly #firstSample: number;
  readonly #mostSamples: number;
  #pieces: Int16Array[] = [];
  /** Position of the first sample in `#pieces`. */
  #oldest: number;
  #position: number;
  #fed = false;

  /** From the first `feed` on the engine belongs to this capture: until then the one before it may be in the middle of a piece. */
  constructor({ voice, endpointing, threshold, fromSample, firstSample, afterWakeWord }: CaptureStart) {
    this.#voice = voice;
    this.#endpointer = new Endpointer(endpointing, { threshold, fromSample, afterWakeWord });
    this.#firstSample = firstSample;
    this.#mostSamples = msToSamples(endpointing.maxMs + endpointing.preRollMs) + SPARE;
    this.#oldest = firstSample;
    this.#position = firstSample;
  }

  /** Position of the sample to feed next. */
  get position(): number {
    return this.#position;
  }

  /** Samples that are kept now. */
  get kept(): number {
    return this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  get state(): EndpointState {
    return this.#endpointer.state;
  }

  /** The next samples of the stream, any number of them. */
  async feed(samples: Int16Array): Promise<readonly EndpointEvent[]> {
    const events: EndpointEvent[] = [];
    if (!this.#fed) this.#voice.reset();
    this.#fed = true;
    for (let at = 0; at < samples.length; at += PIECE) {
      const piece = samples.slice(at, at + PIECE);
      this.#keep(piece);
      const scores = await this.#voice.process(piece);
      events.push(...this.#endpointer.process(scores.map((score) => ({ ...score, endSample: score.endSample + this.#firstSample }))));
      this.#dropOld();
    }
    return events;
  }

  /** What was said so far: all of it after `speech-end` or `too-long`. */
  utterance(): CapturedUtterance {
    const fromSample = Math.max(this.#oldest, Math.min(this.#endpointer.fromSample, this.#position));
    const toSample = Math.max(fromSample, Math.min(this.#endpointer.toSample, this.#position));
    const samples = new Int16Array(toSample - fromSample);
    let at = this.#oldest;
    for (const piece of this.#pieces) {
      const part = piece.subarray(Math.max(0, fromSample - at), Math.max(0, toSample - at));
      if (part.length > 0) samples.set(part, Math.max(0, at - fromSample));
      at += piece.length;
    }
    return { samples, fromSample, toSample };
  }

  /** See `Endpointer.extend`. */
  extend(): boolean {
    return this.#endpointer.extend();
  }

  #keep(piece: Int16Array): void {
    this.#position += piece.length;
    if (this.#position - this.#oldest <= this.#mostSamples) this.#pieces.push(piece);
  }

  /** Before speech begins, only what may yet belong to it. */
  #dropOld(): void {
    const needed = this.#endpointer.fromSample;
    let [first] = this.#pieces;
    while (first !== undefined && this.#oldest + first.length <= needed) {
      this.#oldest += first.length;
      this.#pieces.shift();
      [first] = this.#pieces;
    }
  }
}
