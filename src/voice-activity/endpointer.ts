import { msToSamples } from '../audio/contract.js';
import type { VoiceScore } from './contract.js';
import type { EndpointingOptions } from './options.js';

/** All positions count samples of the stream. */
export type EndpointEvent =
  /** Somebody has begun to speak; `sample`: where. */
  | { readonly kind: 'speech-start'; readonly sample: number }
  /** `sample`: the end of the last word; `at`: where that was decided, after the silence. */
  | { readonly kind: 'speech-end' | 'too-long'; readonly sample: number; readonly at: number }
  /** Nobody spoke. */
  | { readonly kind: 'nothing-said'; readonly at: number };

export type EndpointState = 'waiting' | 'speaking' | 'done';

export interface EndpointerStart {
  /** Probability from which a stretch is speech. */
  readonly threshold: number;
  /** Where listening begins; scores of sound before it only say whether speech is under way. */
  readonly fromSample: number;
  /** The wake word ends there: its last sound goes on a little, and is not yet the question. */
  readonly afterWakeWord: boolean;
}

/** Speech stays speech until its probability is this much below the threshold. */
const HYSTERESIS = 0.15;
/** A pause inside a word, as before the t of "stop". */
const GAP = msToSamples(100);
/** Speech that goes on this soon after the wake word is one breath with it. */
const ONE_BREATH = msToSamples(64);
/**
 * How long the end of a wake word is heard as a clear voice after the place that the wake word engine names; whatever goes on
 * longer is a question in one breath. Of 171 recorded wake words with nothing after them, two go on longer; "stop" said fast does.
 */
const WAKE_WORD_TAIL = msToSamples(290);
const CLEAR_VOICE = 0.9;
/** In noise a voice is never clear; this long, it is a question all the same. */
const UNCLEAR_QUESTION = msToSamples(700);
/** Kept of the silence after the last word: soft endings are below the threshold. */
const KEPT_AFTER = msToSamples(200);

interface Limits {
  readonly silence: number;
  readonly longer: number;
  readonly minSpeech: number;
  readonly max: number;
  readonly nothingSaid: number;
  readonly preRoll: number;
}

const styles = { quick: { silenceMs: 600, longerAfterMs: 1500 }, patient: { silenceMs: 1100, longerAfterMs: 2500 } };

function limitsOf(options: EndpointingOptions): Limits {
  const style = styles[options.style];
  const silenceMs = options.silenceMs ?? style.silenceMs;
  return {
    silence: msToSamples(silenceMs),
    longer: msToSamples(Math.max(silenceMs, options.longerAfterMs ?? style.longerAfterMs)),
    minSpeech: msToSamples(options.minSpeechMs),
    max: msToSamples(options.maxMs),
    nothingSaid: msToSamples(options.nothingSaidMs),
    preRoll: msToSamples(options.preRollMs),
  };
}

/** Says where an utterance begins and ends, from the scores of its sound alone: the same sound gives the same places. */
export class Endpointer {
  readonly #limits: Limits;
  readonly #start: EndpointerStart;
  #state: EndpointState = 'waiting';
  #voiced = false;
  /** Of the speech that goes on or has just paused; of the utterance, once `speaking`. */
  #runStart: number | undefined;
  #lastVoiced = 0;
  #lastClear = 0;
  #oneBreath = false;
  /** The last speech after the end of the utterance; it belongs to it only if that is extended. */
  #voicedAfterEnd: number | undefined;
  #patient = false;
  /** By a silence, so that it can be extended. */
  #ended = false;
  #now: number;

  constructor(options: EndpointingOptions, start: EndpointerStart) {
    this.#limits = limitsOf(options);
    this.#start = start;
    this.#now = start.fromSample;
  }

  get state(): EndpointState {
    return this.#state;
  }

  /** Where the utterance begins: pre-roll included, the wake word not. Before speech: the oldest sample that may yet belong to it. */
  get fromSample(): number {
    const start = this.#runStart ?? this.#now;
    return this.#oneBreath ? start : Math.max(this.#start.fromSample, start - this.#limits.preRoll);
  }

  /** Where the utterance ends, as far as is known. */
  get toSample(): number {
    return Math.min(this.#now, this.#lastVoiced + KEPT_AFTER);
  }

  /** Once `state` is `done`, scores are only kept in mind for `extend`. */
  process(scores: readonly VoiceScore[]): readonly EndpointEvent[] {
    const events: EndpointEvent[] = [];
    for (const score of scores) {
      this.#voiced = score.probability >= this.#start.threshold - (this.#voiced ? HYSTERESIS : 0);
      if (score.endSample <= this.#start.fromSample) continue;
      if (this.#state !== 'done') this.#now = score.endSample;
      if (this.#voiced) this.#hear(score);
      if (this.#state === 'waiting') this.#wait(events);
      else if (this.#state === 'speaking') this.#follow(events);
    }
    return events;
  }

  /** The utterance that has ended looks unfinished: it goes on, if more is said soon. False where it was cut off at its longest. */
  extend(): boolean {
    if (!this.#ended) return false;
    this.#ended = false;
    this.#state = 'speaking';
    this.#patient = true;
    this.#lastVoiced = this.#voicedAfterEnd ?? this.#lastVoiced;
    this.#voicedAfterEnd = undefined;
    return true;
  }

  #hear(score: VoiceScore): void {
    if (this.#state === 'done') {
      this.#voicedAfterEnd = score.endSample;
      return;
    }
    if (this.#runStart === undefined) {
      this.#runStart = Math.max(score.endSample - score.samples, this.#start.fromSample);
      this.#oneBreath = this.#start.afterWakeWord && this.#runStart - this.#start.fromSample <= ONE_BREATH;
    }
    this.#lastVoiced = score.endSample;
    if (score.probability >= CLEAR_VOICE) this.#lastClear = score.endSample;
    if (this.#state === 'speaking') this.#patient = false;
  }

  #wait(events: EndpointEvent[]): void {
    if (this.#runStart === undefined) {
      if (this.#now - this.#start.fromSample < this.#limits.nothingSaid) return;
      this.#state = 'done';
      events.push({ kind: 'nothing-said', at: this.#now });
      return;
    }
    const length = this.#lastVoiced - this.#runStart;
    const question = this.#lastClear - this.#runStart >= WAKE_WORD_TAIL || length >= UNCLEAR_QUESTION;
    if (this.#oneBreath ? question : length >= this.#limits.minSpeech) {
      this.#state = 'speaking';
      events.push({ kind: 'speech-start', sample: this.#runStart });
    } else if (this.#now - this.#lastVoiced > GAP) {
      this.#runStart = undefined;
      this.#oneBreath = false;
    }
  }

  #follow(events: EndpointEvent[]): void {
    const start = this.#runStart ?? this.#now;
    const silence = this.#patient ? this.#limits.longer : this.#limits.silence;
    if (this.#now - this.#lastVoiced >= silence) this.#end('speech-end', events);
    else if (this.#now - start >= this.#limits.max) this.#end('too-long', events);
  }

  #end(kind: 'speech-end' | 'too-long', events: EndpointEvent[]): void {
    this.#state = 'done';
    this.#ended = kind === 'speech-end';
    events.push({ kind, sample: this.#lastVoiced, at: this.#now });
  }
}
