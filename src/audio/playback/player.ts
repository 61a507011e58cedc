import { unlessStopped } from '../../waiting.js';
import type { AudioSink, PcmChunk, Played, PlayOptions } from '../contract.js';
import { Turns } from './turns.js';

/** What a loudspeaker of some kind does with one piece of sound. */
export interface Playback {
  /** Takes a chunk; resolves when the next one may come, at the latest when the playback's signal fires. */
  write(chunk: PcmChunk): Promise<void>;
  /** No more will come: resolves when the last sample was heard, at the latest when the playback's signal fires. */
  finish(): Promise<void>;
  /** Ends all sound now, within 100 ms; also after a failure. */
  cut(): Promise<void>;
  /** Milliseconds that were heard so far. */
  heardMs(): number;
}

/** What every sink has in common: turns, pulling the sound, ending. A sink says how one piece is played (`begin`). */
export abstract class Player implements AudioSink {
  abstract readonly label: string;
  readonly #turns = new Turns();
  readonly #playing = new Set<AbortController>();
  #closed: boolean = false;

  protected abstract begin(signal: AbortSignal, onStart: () => void): Playback;

  abstract setVolume(percent: number): void;

  async play(sound: AsyncIterable<PcmChunk> | Iterable<PcmChunk>, options: PlayOptions): Promise<Played> {
    if (this.#closed) return { interrupted: true, playedMs: 0 };
    const stop = new AbortController();
    const abort = () => stop.abort();
    if (options.signal.aborted) abort();
    else options.signal.addEventListener('abort', abort, { once: true });
    this.#playing.add(stop);
    try {
      const endTurn = await this.#turns.take(stop.signal);
      if (endTurn === undefined) return { interrupted: true, playedMs: 0 };
      try {
        const playback: Playback = this.begin(stop.signal, () => options.onStart?.(() => playback.heardMs()));
        return await playThrough(playback, sound, stop.signal);
      } finally {
        endTurn();
      }
    } finally {
      this.#playing.delete(stop);
      options.signal.removeEventListener('abort', abort);
    }
  }

  /** Ends what plays and what waits; every later `play` counts as interrupted. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const playing of this.#playing) playing.abort();
    const endTurn = await this.#turns.take(new AbortController().signal);
    endTurn?.();
  }
}

async function playThrough(playback: Playback, sound: AsyncIterable<PcmChunk> | Iterable<PcmChunk>, signal: AbortSignal): Promise<Played> {
  const chunks = Symbol.asyncIterator in sound ? sound[Symbol.asyncIterator]() : sound[Symbol.iterator]();
  let failure: { readonly error: unknown } | undefined;
  let completed = false;
  try {
    while (!signal.aborted) {
      const next = await pull(chunks, signal).catch((error: unknown) => {
        failure = { error };
        return undefined;
      });
      if (next === undefined || next.done === true) break;
      if (next.value.samples.length > 0) await playback.write(next.value);
    }
    if (!signal.aborted) await playback.finish();
    completed = !signal.aborted;
  } finally {
    if (!completed) {
      leave(chunks);
      await playback.cut();
    }
  }
  if (completed && failure !== undefined) throw failure.error;
  return { interrupted: !completed, playedMs: playback.heardMs() };
}

type Chunks = AsyncIterator<PcmChunk> | Iterator<PcmChunk>;

async function pull(chunks: Chunks, signal: AbortSignal): Promise<IteratorResult<PcmChunk> | undefined> {
  return await unlessStopped(Promise.resolve(chunks.next()), signal);
}

/** Tells whoever makes the sound that no more is wanted; it may be busy for a while yet, which nobody waits for. */
function leave(chunks: Chunks): void {
  try {
    Promise.resolve(chunks.return?.()).catch(() => {});
  } catch {
    // A generator that fails while it is being ended has nothing left to say.
  }
}
