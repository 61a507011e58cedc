/** Turning one utterance into text. */

export type Language = 'en' | 'ko';

export interface Transcript {
  /** What was said, trimmed; empty where nothing was recognised. */
  readonly text: string;
  readonly language: Language;
  /** 0 to 1, where the engine knows. */
  readonly confidence?: number;
}

export interface TranscribeOptions {
  /** When it fires, the engine stops its work and rejects with `AbortedError` (within 200 ms). */
  readonly signal: AbortSignal;
  /** Languages to expect, most likely first; one alone fixes it. */
  readonly languages: readonly Language[];
}

export interface SpeechToText {
  readonly label: string;
  readonly capabilities: { readonly languages: readonly Language[] };
  /** `samples`: 16 kHz mono. An utterance without words is an empty transcript, not an error. */
  transcribe(samples: Int16Array, options: TranscribeOptions): Promise<Transcript>;
  close(): Promise<void>;
}
