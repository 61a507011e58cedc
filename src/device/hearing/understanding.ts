import type { Understood, Utterance } from '../../../statecharts/conversation/terms.js';
import { AbortedError } from '../../errors.js';
import type { Language, SpeechToText, Transcript } from '../../speech-to-text/contract.js';
import type { Pace } from '../pace.js';
import type { Turn } from '../turn/turn.js';
import { saysNothing } from './saysNothing.js';
import { soundsUnfinished } from './unfinished.js';

/** From an utterance to its words, and whether they sound like a whole sentence. */
export class Understanding {
  private readonly speechToText: SpeechToText | undefined;
  private readonly languages: readonly Language[];
  private readonly wakeWords: readonly string[];
  private readonly pace: Pace;
  private unfinished: { readonly toSample: number; readonly transcript: Understood } | undefined;

  constructor(speechToText: SpeechToText | undefined, languages: readonly Language[], wakeWords: readonly string[], pace: Pace) {
    this.speechToText = speechToText;
    this.languages = languages;
    this.wakeWords = wakeWords;
    this.pace = pace;
  }

  /** A new turn has nothing to do with a sentence that was not finished in the last one. */
  begin(): void {
    this.unfinished = undefined;
  }

  async transcribe({ samples, toSample }: Utterance, turn: Turn | undefined, signal: AbortSignal): Promise<Understood> {
    if (this.speechToText === undefined) throw new AbortedError('speech-to-text');
    // Nothing came after the unfinished sentence: it is all there is.
    if (this.unfinished?.toSample === toSample) return { ...this.unfinished.transcript, unfinished: false };
    turn?.mark('transcribeStart');
    const release = this.pace.hold();
    try {
      const transcript = await this.speechToText.transcribe(samples, { signal, languages: this.languages });
      turn?.mark('transcribeEnd');
      const understood = this.understood(transcript);
      this.unfinished = understood.unfinished ? { toSample, transcript: understood } : undefined;
      return understood;
    } finally {
      release();
    }
  }

  /** Whoever only called, or thinks aloud, has yet to say what they want. */
  private understood(transcript: Transcript): Understood {
    const { text, language } = transcript;
    if (saysNothing(text, this.wakeWords)) return { ...transcript, text: '', unfinished: true };
    return { ...transcript, unfinished: soundsUnfinished(text, language) };
  }
}
