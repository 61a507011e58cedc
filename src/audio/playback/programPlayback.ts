import { TandemError } from '../../errors.js';
import { pause, unlessStopped } from '../../waiting.js';
import type { PcmChunk } from '../contract.js';
import { toBytes, withGain } from '../pcm.js';
import type { ChosenProgram } from '../programs/choose.js';
import { type PlayerProgram, startPlayer } from '../programs/runningProgram.js';
import type { Playback } from './player.js';
import { Playhead } from './playhead.js';

/** Enough to get over a busy moment, and little enough for a turned volume to be heard at once. */
const AHEAD_MS = 500;
const SLICE_MS = 40;
/** A program that takes nothing, or does not end, for so long is stuck. */
const STUCK_MS = 3_000;
/** Time to let go of the sound card properly. */
const STOP_GRACE_MS = 60;

/** The loudness, as it is turned while something plays. */
export interface Gain {
  readonly now: number;
}

/** One piece of sound through a player program that is started for it, and ended with it. */
export class ProgramPlayback implements Playback {
  readonly #chosen: ChosenProgram;
  readonly #gain: Gain;
  readonly #signal: AbortSignal;
  readonly #onStart: () => void;
  #program: PlayerProgram | undefined;
  #rate = 0;
  #lastGain: number;
  #playhead = new Playhead();
  #heardBefore = 0;
  #started: boolean = false;

  constructor(chosen: ChosenProgram, gain: Gain, signal: AbortSignal, onStart: () => void) {
    this.#chosen = chosen;
    this.#gain = gain;
    this.#lastGain = gain.now;
    this.#signal = signal;
    this.#onStart = onStart;
  }

  async write(chunk: PcmChunk): Promise<void> {
    if (chunk.sampleRate !== this.#rate) await this.#changeRate(chunk.sampleRate);
    const program = this.#program;
    if (program === undefined || this.#signal.aborted) return;
    const slice = Math.max(1, Math.round((chunk.sampleRate * SLICE_MS) / 1000));
    for (let at = 0; at < chunk.samples.length; at += slice) {
      await pause(this.#playhead.aheadMs(performance.now()) - AHEAD_MS, this.#signal);
      if (this.#signal.aborted) return;
      await this.#give(program, chunk.samples.subarray(at, at + slice));
    }
  }

  async finish(): Promise<void> {
    const program = this.#program;
    if (program === undefined) return;
    program.input.end();
    const limit = this.#playhead.aheadMs(performance.now()) + STUCK_MS;
    const code = await this.#within(limit, program.ended);
    if (this.#signal.aborted) return;
    if (code !== 0) throw playerLost(program, 'it ended too early');
    // All of it was heard, whatever the estimate says.
    this.#heardBefore += this.#playhead.heardMs(Number.POSITIVE_INFINITY);
    this.#playhead = new Playhead();
    this.#program = undefined;
  }

  async cut(): Promise<void> {
    this.#heardBefore = this.heardMs();
    this.#playhead = new Playhead();
    this.#program?.input.destroy();
    await this.#program?.stop(STOP_GRACE_MS);
    this.#program = undefined;
  }

  heardMs(): number {
    return this.#heardBefore + this.#playhead.heardMs(performance.now());
  }

  async #changeRate(rate: number): Promise<void> {
    await this.finish();
    if (this.#signal.aborted) return;
    this.#rate = rate;
    this.#program = startPlayer(this.#chosen.path, this.#chosen.argumentsFor(rate));
  }

  async #give(program: PlayerProgram, samples: Int16Array): Promise<void> {
    if (program.hasEnded()) throw playerLost(program, 'it ended');
    const gain = this.#gain.now;
    const taken = new Promise<boolean>((resolve) => {
      // Called with an error where the pipe is broken: the next slice, or the end, then says why.
      program.input.write(toBytes(withGain(samples, this.#lastGain, gain)), () => resolve(true));
    });
    this.#lastGain = gain;
    if (!this.#started) {
      this.#started = true;
      this.#onStart();
    }
    this.#playhead.gave((samples.length * 1000) / this.#rate, performance.now());
    await this.#within(STUCK_MS, taken);
  }

  /** What the program does, or a `player-lost` where it takes longer than `ms`. */
  async #within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
    const program = this.#program;
    let stuck: boolean = false;
    const limit = new AbortController();
    const stop = () => limit.abort();
    this.#signal.addEventListener('abort', stop, { once: true });
    if (this.#signal.aborted) stop();
    const timer = setTimeout(() => {
      stuck = true;
      stop();
    }, ms);
    try {
      const result = await unlessStopped(promise, limit.signal);
      if (stuck && program !== undefined) throw playerLost(program, 'it is stuck');
      return result;
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener('abort', stop);
    }
  }
}

function playerLost(program: PlayerProgram, otherwise: string): TandemError {
  return new TandemError({
    code: 'player-lost',
    stage: 'audio',
    message: `The loudspeaker is gone (${program.name}: ${program.lastWords() || otherwise}).`,
    remedy: 'Check that it is plugged in and that the sound server runs.',
  });
}
