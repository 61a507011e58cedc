import { msToSamples, samplesToMs } from '../audio/contract.js';

/** Peaks below this are silence, in steps of 16 bit. */
const SILENT = 40;
const STEP = msToSamples(10);
/** Between words there are pauses; silence is longer than this, ms. */
const PAUSE_MS = 300;

/** Says when the loudspeaker begins to sound, and when it has become silent. */
export class SoundLevel {
  private readonly tell: (what: 'sound' | 'silence', at: number) => void;
  private quietSince = 0;
  private quietMs = 0;
  private sounding = false;

  /** `at`: when it began, on the clock of `hear`; silence is told `PAUSE_MS` after that. */
  constructor(tell: (what: 'sound' | 'silence', at: number) => void) {
    this.tell = tell;
  }

  /** 16 kHz, what plays next, silence too; `startsAt`: the time at its first sample, ms. */
  hear(samples: Int16Array, startsAt: number): void {
    for (let from = 0; from < samples.length; from += STEP) {
      const step = samples.subarray(from, from + STEP);
      const loud = step.some((sample) => Math.abs(sample) > SILENT);
      if (loud) {
        // Where an engine works between two stretches, the silence began at the end of the first one.
        this.quietSince = startsAt + samplesToMs(from + step.length);
        this.quietMs = 0;
        if (!this.sounding) this.tell('sound', startsAt + samplesToMs(from));
        this.sounding = true;
      } else {
        this.quietMs += samplesToMs(step.length);
        if (!this.sounding || this.quietMs < PAUSE_MS) continue;
        this.sounding = false;
        this.tell('silence', this.quietSince);
      }
    }
  }
}
