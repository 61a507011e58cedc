/** Making and measuring tones. Levels in dB below a full-scale sine. */

/** A sine as 16-bit samples; `level` is the amplitude, 0 to 1. */
export function tone(hz: number, ms: number, sampleRate = 16_000, level = 0.5): Int16Array {
  const samples = new Int16Array(Math.round((sampleRate * ms) / 1000));
  for (let at = 0; at < samples.length; at++) samples[at] = Math.round(level * 32_767 * Math.sin((2 * Math.PI * hz * at) / sampleRate));
  return samples;
}

/** Level of the part of `samples` that is a sine of `hz`, in dB of full scale (Goertzel, Hann window). */
export function levelAt(samples: Int16Array, hz: number, sampleRate = 16_000): number {
  let real = 0;
  let imaginary = 0;
  let weights = 0;
  for (let at = 0; at < samples.length; at++) {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / samples.length);
    const turn = (2 * Math.PI * hz * at) / sampleRate;
    real += weight * (samples[at] ?? 0) * Math.cos(turn);
    imaginary += weight * (samples[at] ?? 0) * Math.sin(turn);
    weights += weight;
  }
  return decibels((2 * Math.hypot(real, imaginary)) / weights / 32_767);
}

/** Level of everything, in dB of a full-scale sine. */
export function levelOf(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return decibels((Math.sqrt(sum / Math.max(1, samples.length)) * Math.SQRT2) / 32_767);
}

/** Positions of the first and the last sample louder than `amplitude`; undefined where all is quiet. */
export function loudSpan(samples: Int16Array, amplitude = 1_000): { readonly from: number; readonly to: number } | undefined {
  const loud = (sample: number) => Math.abs(sample) > amplitude;
  const from = samples.findIndex(loud);
  return from === -1 ? undefined : { from, to: samples.findLastIndex(loud) };
}

/** Quicker than comparing them as lists. */
export function sameSamples(one: Int16Array, other: Int16Array): boolean {
  return one.length === other.length && one.every((sample, at) => sample === other[at]);
}

function decibels(amplitude: number): number {
  return amplitude === 0 ? Number.NEGATIVE_INFINITY : 20 * Math.log10(amplitude);
}
