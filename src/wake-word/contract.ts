/** Listening for a wake word. Engines give scores; `detector.ts` decides by threshold, voice gate and refractory period. */

export interface WakeScore {
  /** The word as the profile names it, `alexa`. */
  readonly word: string;
  /** 0 to 1. */
  readonly score: number;
  /** Position in the stream, in samples since `reset`, of the end of the audio that the score is about. */
  readonly endSample: number;
}

export interface WakeWordEngine {
  readonly label: string;
  readonly capabilities: {
    readonly words: readonly string[];
    /** True where the engine decides by itself (a score is then 0 or 1). */
    readonly decidesItself: boolean;
  };
  /**
   * Any number of 16 kHz samples; the scores do not depend on how the stream is cut into pieces. `hurry`: somebody is being talked over,
   * so an engine that can gives scores more often.
   */
  process(samples: Int16Array, how?: { readonly hurry?: boolean }): Promise<readonly WakeScore[]>;
  /** Forgets what was heard so far. */
  reset(): void;
  close(): Promise<void>;
}
