import { afterAll, describe, expect, it } from 'vitest';
import { toFractions, toInt16 } from '../../../src/audio/pcm.js';
import { Resampler } from '../../../src/audio/resampler.js';
import { levelAt, levelOf, sameSamples, tone } from '../../support/tone.js';

const resampler = await Resampler.load();
afterAll(() => resampler.close());

function resample(samples: Int16Array, from: number, to: number, pieces = 1_000): Int16Array {
  resampler.start(from, to);
  const out: number[] = [];
  for (let at = 0; at < samples.length; at += pieces) out.push(...resampler.process(toFractions(samples.subarray(at, at + pieces))));
  out.push(...resampler.finish());
  return toInt16(Float32Array.from(out));
}

describe('resampler', () => {
  it.each([8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000])('keeps a 1 kHz tone from %i Hz as it is', (from) => {
    const out = resample(tone(1_000, 1_000, from), from, 16_000);
    expect(out.length).toBe(16_000);
    const middle = out.subarray(2_000, 14_000);
    expect(levelAt(middle, 1_000)).toBeCloseTo(-6.02, 1);
    // Nothing but the tone: what is left after it is taken away is more than 60 dB below it.
    const wanted = tone(1_000, 1_000).subarray(2_000, 14_000);
    const residue = middle.map((sample, at) => sample - (wanted[at] ?? 0));
    expect(levelOf(residue)).toBeLessThan(-66);
  });

  it.each([9_000, 10_500, 13_000, 20_000])('lets nothing of a %i Hz tone through, which 16 kHz can not hold', (hz) => {
    const out = resample(tone(hz, 1_000, 48_000), 48_000, 16_000).subarray(2_000, 14_000);
    expect(levelOf(out)).toBeLessThan(-66);
  });

  it('gives the same at any piece size', () => {
    const samples = tone(700, 300, 44_100);
    const whole = resample(samples, 44_100, 16_000, samples.length);
    expect(sameSamples(resample(samples, 44_100, 16_000, 7), whole)).toBe(true);
    expect(sameSamples(resample(samples, 44_100, 16_000, 5_000), whole)).toBe(true);
  });

  it('knows nothing of the stream before', () => {
    resampler.start(48_000, 16_000);
    resampler.process(toFractions(tone(1_000, 100, 48_000)));
    expect(levelOf(resample(new Int16Array(4_800), 48_000, 16_000))).toBe(Number.NEGATIVE_INFINITY);
  });

  it.each([0, 1, 100])('gives as much of a stream of %i samples as there is', (length) => {
    expect(resample(new Int16Array(length).fill(5_000), 48_000, 16_000).length).toBe(Math.round(length / 3));
  });
});
