import type { Language } from '../../speech-to-text/contract.js';

export interface SpeakRequest {
  readonly sentences: AsyncIterable<string>;
  readonly language: Language;
  readonly signal: AbortSignal;
  /** A sentence goes to the voice, as it was written. */
  readonly onSentence?: (text: string) => void;
  /** The voice has made its first sound. */
  readonly onFirstSound?: () => void;
  /** The first sound leaves for the loudspeaker. */
  readonly onFirstAudio?: () => void;
}

/** What the person really heard of it. */
export interface Spoken {
  readonly heard: string;
  readonly interrupted: boolean;
  readonly endsInQuestion: boolean;
}

/** Whatever gives an answer to the person: a voice, or text on a terminal. */
export interface Mouth {
  speak(request: SpeakRequest): Promise<Spoken>;
  close(): Promise<void>;
}

/** `--text`: sentences go to a stream as they come, one answer a line. */
export class Page implements Mouth {
  private readonly write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.write = write;
  }

  async speak(request: SpeakRequest): Promise<Spoken> {
    const written: string[] = [];
    for await (const text of request.sentences) {
      request.onSentence?.(text);
      if (written.length === 0) request.onFirstAudio?.();
      this.write((written.length === 0 ? '' : ' ') + text.replaceAll(/\s+/g, ' ').trim());
      written.push(text);
    }
    if (written.length > 0) this.write('\n');
    return { heard: written.join(' '), interrupted: request.signal.aborted, endsInQuestion: isQuestion(written.at(-1)) };
  }

  async close(): Promise<void> {}
}

/** Ends in a question mark, whatever closes behind it. */
export function isQuestion(sentence: string | undefined): boolean {
  return sentence !== undefined && /[?？]["'”’)\s]*$/.test(sentence);
}
