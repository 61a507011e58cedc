import type { LanguageModel } from '../language-model/contract.js';
import type { Language, SpeechToText } from '../speech-to-text/contract.js';
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
  readonly engines?: HeavyEngines;
}

/** Gives an engine of these options: the one that is there, or a new one by `load`. */
export interface HeavyEngines {
  languageModel(options: object, load: () => Promise<LanguageModel>): Promise<LanguageModel>;
  speechToText(options: object, load: () => Promise<SpeechToText>): Promise<SpeechToText>;
}
