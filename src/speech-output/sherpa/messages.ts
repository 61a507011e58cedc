import type { VoiceFiles } from './voiceFiles.js';

/** What the device and the process of a voice send each other, in the structured form that Node's processes exchange. */

export interface VoiceSettings {
  readonly files: VoiceFiles;
  readonly threads: number;
  readonly speaker: number;
  /** 1 is normal, 2 twice as fast. */
  readonly speed: number;
}

export type ToVoice =
  | { readonly kind: 'load'; readonly settings: VoiceSettings }
  | { readonly kind: 'speak'; readonly id: number; readonly text: string };

export type FromVoice =
  | { readonly kind: 'loaded'; readonly sampleRate: number; readonly speakers: number }
  | { readonly kind: 'not-loaded'; readonly reason: string }
  | { readonly kind: 'sound'; readonly id: number; readonly samples: Int16Array }
  | { readonly kind: 'no-sound'; readonly id: number };
