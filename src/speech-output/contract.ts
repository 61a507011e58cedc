import type { PcmChunk } from '../audio/contract.js';
import type { Language } from '../speech-to-text/contract.js';

/** Speaking one sentence. Most engines make sound for our own player; some packages play by themselves. */

export interface SpeakOptions {
  readonly language: Language;
  /** When it fires: no more sound within 100 ms (PCM) or 150 ms (engines that play by themselves), nothing left running. */
  readonly signal: AbortSignal;
}

interface SpeechOutputBase {
  readonly label: string;
  readonly capabilities: { readonly languages: readonly Language[] };
  close(): Promise<void>;
}

export interface PcmSpeechOutput extends SpeechOutputBase {
  readonly kind: 'pcm';
  /** `sentence`: already made speakable. The first chunk comes as soon as there is one. An abort ends the iteration quietly. */
  synthesize(sentence: string, options: SpeakOptions): AsyncIterable<PcmChunk>;
}

export interface SelfPlayingSpeechOutput extends SpeechOutputBase {
  readonly kind: 'plays-itself';
  /** Resolves when the sentence has been played, or right after `signal` fires. */
  speak(sentence: string, options: SpeakOptions): Promise<void>;
}

export type SpeechOutput = PcmSpeechOutput | SelfPlayingSpeechOutput;
