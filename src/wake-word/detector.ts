import { FRAME_SAMPLES, msToSamples } from '../audio/contract.js';
import { RingBuffer } from '../audio/ringBuffer.js';
import type { TandemError } from '../errors.js';
import type { VoiceActivityEngine } from '../voice-activity/contract.js';
import type { WakeScore, WakeWordEngine } from './contract.js';

/** A wake word that counts. */
export interface WakeDetection {
  readonly word: string;
  /** 0 to 1. */
  readonly score: number;
  /** Position in the stream, in samples since `reset`, of the end of the word: never later than its real end, up to 150 ms earlier. */
  readonly endSample: number;
}

/** One that does not, and why: the last came too soon before, the score was a flash of one step, or there was no voice in it. */
export interface WakeRejection extends WakeDetection {
  readonly reason: 'refractory' | 'unconfirmed' | 'no-voice';
}

export interface DetectorPolicy {
  /** Score from which a word wakes. */
  readonly threshold: (word: string) => number;
  /** At least this while the device speaks. */
  readonly thresholdWhileSpeaking: number;
  readonly refractoryMs: number;
  /** Probability of a voice that must have been heard even where the score is sure; 0 asks for none at any score. Needs `voice`. */
  readonly voiceGate: number;
}

export interface DetectorParts {
  readonly engine: WakeWordEngine;
  readonly policy: DetectorPolicy;
  /** The second opinion, for this detector alone; undefined where the gate is off. */
  readonly voice: VoiceActivityEngine | undefined;
  readonly onRejected?: (rejection: WakeRejection) => void;
  /** Why the engine is not the one that the profile wants, where it is not. */
  readonly notice?: TandemError | undefined;
}

/** A score like this needs no second step: 80 ms in which somebody who interrupts is talked over. */
const NEEDS_NO_SECOND = 0.85;
/** A score like this needs little of a voice: no noise was found that gives it. */
const SURE = 0.9;
/** A lower score is only believed with a voice as clear as this; clattering dishes reach 0.7. */
const CLEAR_VOICE = 0.8;
/** A score that is less sure counts when the step before or after it has this share of the threshold: words last longer than one step. */
const NEIGHBOUR_SHARE = 0.6;
/** How much of the sound before the end of the word the second opinion is about. */
const LISTENED_BACK = msToSamples(1_760);

/** What is known of one word. */
interface WordState {
  previous: number;
  /** Over the threshold, waiting for the next step to confirm it. */
  candidate: WakeScore | undefined;
  /** Decided on; nothing more until its score has come down. */
  decided: boolean;
}

/**
 * Decides which scores of an engine wake the device. While nothing is near its threshold this costs nothing beside the engine.
 * Time is counted in samples, so the same sound gives the same answer however it is cut into pieces.
 */
export class WakeWordDetector {
  readonly label: string;
  readonly words: readonly string[];
  readonly notice: TandemError | undefined;
  readonly #parts: DetectorParts;
  readonly #recent = new RingBuffer(LISTENED_BACK);
  readonly #states = new Map<string, WordState>();
  #refractoryUntil = 0;

  constructor(parts: DetectorParts) {
    this.#parts = parts;
    this.label = parts.engine.label;
    this.words = parts.engine.capabilities.words;
    this.notice = parts.notice;
    this.reset();
  }

  /** The next samples, any number of them; wait for the answer before the next call. `speaking`: the device itself can be heard. */
  async process(samples: Int16Array, now: { readonly speaking: boolean } = { speaking: false }): Promise<readonly WakeDetection[]> {
    const detections: WakeDetection[] = [];
    for (let at = 0; at < samples.length; ) {
      // Pieces end where steps end, so that the second opinion is always about the same stretch.
      const piece = samples.subarray(at, at + FRAME_SAMPLES - (this.#recent.position % FRAME_SAMPLES));
      at += piece.length;
      this.#recent.push(piece);
      for (const score of await this.#parts.engine.process(piece, { hurry: now.speaking })) {
        const found = this.#candidate(score, now.speaking);
        if (found !== undefined && (await this.#accept(found))) detections.push(found);
      }
    }
    return detections;
  }

  /** Forgets everything; positions start at 0 again. */
  reset(): void {
    this.#parts.engine.reset();
    this.#recent.clear();
    this.#refractoryUntil = 0;
    for (const word of this.words) this.#states.set(word, { previous: 0, candidate: undefined, decided: false });
  }

  async close(): Promise<void> {
    await Promise.all([this.#parts.engine.close(), this.#parts.voice?.close()]);
  }

  /** The score that passes the threshold with this one: itself, or the one before that it confirms. */
  #candidate(score: WakeScore, speaking: boolean): WakeScore | undefined {
    const state = this.#states.get(score.word);
    if (state === undefined) return undefined;
    const { policy, engine } = this.#parts;
    const threshold = Math.max(policy.threshold(score.word), speaking ? policy.thresholdWhileSpeaking : 0);
    const supporting = threshold * NEIGHBOUR_SHARE;
    const { previous, candidate } = state;
    state.previous = score.score;
    state.candidate = undefined;
    if (state.decided) {
      state.decided = score.score >= supporting;
      return undefined;
    }
    let found: WakeScore | undefined;
    if (candidate !== undefined) {
      if (score.score >= supporting) found = candidate.score > score.score ? candidate : { ...candidate, score: score.score };
      else this.#reject(candidate, 'unconfirmed');
    } else if (score.score >= threshold && score.score > 0) {
      if (engine.capabilities.decidesItself || score.score >= NEEDS_NO_SECOND || previous >= supporting) found = score;
      else state.candidate = score;
    }
    state.decided = found !== undefined;
    return found;
  }

  async #accept(score: WakeScore): Promise<boolean> {
    const { policy, voice } = this.#parts;
    const position = this.#recent.position;
    if (position < this.#refractoryUntil) return this.#reject(score, 'refractory');
    if (voice !== undefined && policy.voiceGate > 0) {
      const needed = score.score >= SURE ? policy.voiceGate : Math.max(policy.voiceGate, CLEAR_VOICE);
      if (!(await hasVoice(voice, this.#recent.last(LISTENED_BACK), needed))) return this.#reject(score, 'no-voice');
    }
    this.#refractoryUntil = position + msToSamples(policy.refractoryMs);
    return true;
  }

  #reject(score: WakeScore, reason: WakeRejection['reason']): false {
    this.#parts.onRejected?.({ ...score, reason });
    return false;
  }
}

/** Listens no further than it must. */
async function hasVoice(voice: VoiceActivityEngine, samples: Int16Array, needed: number): Promise<boolean> {
  voice.reset();
  for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
    const scores = await voice.process(samples.subarray(at, at + FRAME_SAMPLES));
    if (scores.some(({ probability }) => probability >= needed)) return true;
  }
  return false;
}
