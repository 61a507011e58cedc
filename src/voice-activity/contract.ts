/** Telling speech from everything else. */

export interface VoiceScore {
  /** 0 to 1. */
  readonly probability: number;
  /** Length of the stretch that it is about, in samples (Silero: 512). */
  readonly samples: number;
  /** Position in the stream, in samples since `reset`, where that stretch ends. */
  readonly endSample: number;
}

export interface VoiceActivityEngine {
  readonly label: string;
  /** Any number of 16 kHz samples; the scores do not depend on how the stream is cut into pieces. */
  process(samples: Int16Array): Promise<readonly VoiceScore[]>;
  reset(): void;
  close(): Promise<void>;
}
