import { unlessStopped } from '../../waiting.js';
import type { PcmChunk, Played } from '../contract.js';
import { type Playback, Player } from '../playback/player.js';

/** One piece of sound that a `CollectingSink` got. */
export interface CollectedPlay {
  readonly chunks: PcmChunk[];
  /** Undefined while it plays. */
  ended: Played | undefined;
}

/** A loudspeaker that keeps what it is given, and takes no time over it unless it is held. */
export class CollectingSink extends Player {
  readonly label = 'collecting';
  readonly plays: CollectedPlay[] = [];
  readonly volumes: number[] = [];
  #held: Promise<void> = Promise.resolve();
  #release = () => {};

  /** From now on what plays does not end by itself until `release`. */
  hold(): void {
    this.#held = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  release(): void {
    this.#release();
  }

  setVolume(percent: number): void {
    this.volumes.push(percent);
  }

  protected override begin(signal: AbortSignal, onStart: () => void): Playback {
    const play: CollectedPlay = { chunks: [], ended: undefined };
    this.plays.push(play);
    const heardMs = () => play.chunks.reduce((sum, chunk) => sum + (chunk.samples.length * 1000) / chunk.sampleRate, 0);
    return {
      write: async (chunk) => {
        if (play.chunks.length === 0) onStart();
        play.chunks.push(chunk);
        // Endless sound must leave room for what stops it.
        await new Promise<void>((resolve) => setImmediate(resolve));
      },
      finish: async () => {
        await unlessStopped(this.#held, signal);
        if (!signal.aborted) play.ended = { interrupted: false, playedMs: heardMs() };
      },
      cut: async () => {
        play.ended = { interrupted: true, playedMs: heardMs() };
      },
      heardMs,
    };
  }
}
