import type { Language } from '../speech-to-text/contract.js';
import type { Pace } from './pace.js';

/** A whole device on a stage (`tandem scenario`): a time and a data folder of its own, and somebody who listens to all that it says. */
export interface Rehearsal {
  readonly pace: Pace;
  /** Instead of the person's own: timers of a rehearsal are not theirs. */
  readonly dataFolder: string;
  /** Told of each stretch of 16 kHz that the loudspeaker plays, silence too. */
  readonly onPlayed: (samples: Int16Array) => void;
  /** Told of the words that the voice is given, as they are pronounced: answers, notices and rings. */
  readonly onWords: (words: string, language: Language) => void;
}
