import type { AudioSource } from '../audio/contract.js';
import type { Rehearsal } from './rehearsal.js';

/** Where a conversation comes from and goes to. */
export interface TalkOptions {
  /** `mic`, a WAV file, `-`, or whatever else gives frames. */
  readonly in: string | AudioSource;
  /** `speaker` or a WAV file. */
  readonly out: string;
  readonly fast?: boolean;
  /** No sound at all. */
  readonly text?: boolean;
  readonly mqtt?: string;
  /** Rejects where there is no language model, instead of going on without. */
  readonly needsModel?: boolean;
  readonly rehearsal?: Rehearsal;
  /** Where it fires, a start that is under way rejects with `AbortedError`, before the next part is loaded. */
  readonly signal?: AbortSignal;
}
