import { msToSamples, samplesToMs } from '../audio/contract.js';

/** Peaks below this are silence, in steps of 16 bit. */
const SILENT = 40;
const STEP = msToSamples(10);
/** Between words there are pauses; silence is longer than this, ms. */
const PAUSE_MS = 300;

/** Says when the loudspeaker begins to sound, and when it has become silent. */
export class SoundLevel {
  private readonly tell: (what: 'sound' | 'silence', agoMs: number) => void;
  private samples = 0;
  private quietSince = 0;
  private sounding = false;

  /** `agoMs`: how long before this stretch of sound it began; below 0: in it. */
  constructor(tell: (what: 'sound' | 'silence', agoMs: number) => void) {
    this.tell = tell;
  }

  /** 16 kHz, what plays next, silence too. */
  hear(samples: Int16Array): void {
    const begin = samplesToMs(this.samples);
    for (let from = 0; from < samples.length; from += STEP) {
      const step = samples.subarray(from, from + STEP);
      const loud = step.some((sample) => Math.abs(sample) > SILENT);
      const at = samplesToMs(this.samples);
      this.samples += step.length;
      if (loud) {
        this.quietSince = samplesToMs(this.samples);
        if (!this.sounding) this.tell('sound', begin - at);
        this.sounding = true;
      } else if (this.sounding && samplesToMs(this.samples) - this.quietSince >= PAUSE_MS) {
        this.sounding = false;
        this.tell('silence', begin - this.quietSince);
      }
    }
  }
}
