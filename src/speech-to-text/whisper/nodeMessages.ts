/** Between the device and the process that holds whisper-node. Both ends are ours. */

export interface ToWhisperNode {
  /** The recording and the model as plain names: letters, digits, dots, slashes. whisper-node puts them into a shell's line. */
  readonly recording: string;
  readonly model: string;
  readonly language: 'en' | 'ko' | 'auto';
}

export type FromWhisperNode = { readonly kind: 'ready' } | { readonly kind: 'done' };
