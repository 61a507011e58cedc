import type { SignalState } from './options.js';

/** A lamp, a program or a topic that follows what the device does. */
export interface Signal {
  show(state: SignalState): void;
  /** Off, and nothing of it left running. */
  close(): Promise<void>;
}

/** Says that a signal does not work, in a few words; a signal calls it at every failure. */
export type OnFailure = (why: string) => void;
