import type { Language } from '../../speech-to-text/contract.js';
import { SpeakableStream } from './speakableStream.js';

/** One sentence (or block of an answer) as a person would say it: words only, no markup; '' where there is nothing to say. */
export function makeSpeakable(sentence: string, language: Language): string {
  return new SpeakableStream(language).sentence(sentence);
}
