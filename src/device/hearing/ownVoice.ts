import { type PcmChunk, SAMPLE_RATE, samplesToMs } from '../../audio/contract.js';
import { levelOf } from '../../audio/level.js';
import { concatenate, toFractions, toInt16, withGain } from '../../audio/pcm.js';
import { Resampler } from '../../audio/resampler.js';
import { spellingsOf } from '../../wake-word/spellings.js';
import type { Pace } from '../pace.js';

/** Tells where 16 kHz samples sound like a stop word: first and last sample of each place. Never rejects: nowhere where it can't tell. */
export interface SoundsLike {
  like(samples: Int16Array): Promise<readonly (readonly [number, number])[]>;
}

/** How much later than the player believes the microphone hears a sound, at most: loudspeaker, room, microphone and recogniser, ms. */
const LATEST_MS = 600;
/** How much sooner a word that is not over yet can be found, ms. */
const SOONEST_MS = 400;
/** Compared once more with the sound that follows: a word may lie between two pieces, ms. */
const OVERLAP_MS = 500;

/** While every piece of what was heard of a spoken answer stays below this, the microphone does not hear the loudspeaker; of 32768, root mean square. */
const NO_ECHO = 60;
/** The last stretch does not count: it may hold the word in question, ms. */
const WORD_MS = 1_200;
/** It takes so much of its voice to know, ms. */
const ENOUGH_MS = 800;

/** How loud an echo is beside what is played, about. */
const AS_ECHO = 0.33;

interface Stretch {
  readonly fromMs: number;
  toMs: number;
}

interface Sentence extends Stretch {
  /** In small letters. */
  readonly text: string;
}

/**
 * What the device itself says, and where it is in it: where there is no echo canceller, a word that it has just said itself is not taken
 * for somebody else's. Places are ms of the sound that plays; the time is that of the input.
 */
export class OwnVoice {
  readonly #pace: Pace;
  readonly #resampler: Resampler;
  readonly #soundsLike: SoundsLike | undefined;
  #nowMs = 0;
  #sentences: Sentence[] = [];
  #likeStop: Stretch[] = [];
  #lastSound: PcmChunk | undefined;
  /** What was heard so far; undefined before the first sound. */
  #heardMs: (() => number) | undefined;
  /** How loud the last pieces of input were, oldest first, and the loudest before them. */
  #levels: { readonly ms: number; readonly level: number }[] = [];
  #knownMs = 0;
  #loudest = 0;

  private constructor(pace: Pace, resampler: Resampler, soundsLike: SoundsLike | undefined) {
    this.#pace = pace;
    this.#resampler = resampler;
    this.#soundsLike = soundsLike;
  }

  static async load(pace: Pace, soundsLike: SoundsLike | undefined): Promise<OwnVoice> {
    return new OwnVoice(pace, await Resampler.load(), soundsLike);
  }

  /** The next piece of what the microphone hears. */
  advance(frame: Int16Array): void {
    const ms = samplesToMs(frame.length);
    this.#nowMs += ms;
    if (this.#heardMs === undefined) return;
    this.#levels.push({ ms, level: levelOf(frame) });
    const recentMs = this.#levels.reduce((sum, piece) => sum + piece.ms, 0);
    if (recentMs <= WORD_MS) return;
    const oldest = this.#levels.shift();
    this.#knownMs += oldest?.ms ?? 0;
    this.#loudest = Math.max(this.#loudest, oldest?.level ?? 0);
  }

  /** It will say something, from place 0. */
  begin(): void {
    this.#sentences = [];
    this.#likeStop = [];
    this.#lastSound = undefined;
    this.#heardMs = undefined;
    this.#levels = [];
    this.#knownMs = 0;
    this.#loudest = 0;
  }

  /** The first sound leaves for the loudspeaker. Without `heardMs` the place is taken to go on with time. */
  plays(heardMs?: () => number): void {
    const startMs = this.#nowMs;
    this.#heardMs = heardMs ?? (() => this.#nowMs - startMs);
  }

  /** A sentence begins at this place. */
  sentence(text: string, fromMs = this.#heardMs?.() ?? 0): void {
    this.#endSentence(fromMs);
    this.#sentences.push({ text: text.toLowerCase(), fromMs, toMs: Number.POSITIVE_INFINITY });
  }

  /** A piece of sound that will be heard from this place on. */
  sound(chunk: PcmChunk, fromMs: number): void {
    if (this.#soundsLike === undefined) return;
    const before = this.#lastSound?.sampleRate === chunk.sampleRate ? this.#lastSound.samples : new Int16Array(0);
    const overlap = before.subarray(-Math.round((OVERLAP_MS * chunk.sampleRate) / 1000));
    const samples = concatenate([overlap, chunk.samples]);
    this.#lastSound = chunk;
    const likeStop = this.#likeStop;
    const startMs = fromMs - (overlap.length * 1000) / chunk.sampleRate;
    // In a replay, what is heard next waits for the answer.
    const release = this.#pace.hold();
    const loud = this.#at16kHz({ ...chunk, samples });
    // An echo is softer, and the recogniser hears loud and soft sounds a little differently.
    const { like } = this.#soundsLike;
    void Promise.all([like(loud), like(withGain(loud, AS_ECHO, AS_ECHO))])
      .then((found) =>
        likeStop.push(...found.flat().map(([from, to]) => ({ fromMs: startMs + samplesToMs(from), toMs: startMs + samplesToMs(to) }))),
      )
      .finally(release);
  }

  /** Nothing more will be heard: what was heard last lingers for a moment. */
  end(): void {
    const heardMs = this.#heardMs?.() ?? 0;
    this.#endSentence(heardMs);
    this.plays(undefined);
    const goesOn = this.#heardMs;
    this.#heardMs = () => heardMs + (goesOn?.() ?? 0);
  }

  /** It has just said this wake word itself, or is about to. */
  saysWakeWord(word: string): boolean {
    return this.#saysOneOf(spellingsOf(word));
  }

  /** It has just said this stop word itself, or something that sounds like one. */
  saysStopWord(word: string): boolean {
    if (this.#knownMs >= ENOUGH_MS && this.#loudest < NO_ECHO) return false;
    return this.#saysOneOf([word]) || this.#likeStop.some((stretch) => this.#isHeard(stretch.toMs, stretch.toMs));
  }

  close(): Promise<void> {
    this.#resampler.close();
    return Promise.resolve();
  }

  #saysOneOf(words: readonly string[]): boolean {
    return this.#sentences.some(({ text, fromMs, toMs }) => words.some((word) => text.includes(word)) && this.#isHeard(fromMs, toMs));
  }

  /** The microphone may just have heard what lies between these places. */
  #isHeard(fromMs: number, toMs: number): boolean {
    const at = this.#heardMs?.();
    return at !== undefined && at > fromMs - SOONEST_MS && at < toMs + LATEST_MS;
  }

  #endSentence(atMs: number): void {
    const last = this.#sentences.at(-1);
    if (last !== undefined) last.toMs = Math.min(last.toMs, atMs);
  }

  #at16kHz({ samples, sampleRate }: PcmChunk): Int16Array {
    if (sampleRate === SAMPLE_RATE) return samples;
    this.#resampler.start(sampleRate, SAMPLE_RATE);
    const fractions = toFractions(samples);
    return concatenate([toInt16(this.#resampler.process(fractions)), toInt16(this.#resampler.finish())]);
  }
}
