import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE, samplesToMs } from '../../../src/audio/contract.js';
import { earcon } from '../../../src/audio/earcons.js';
import { levelOf } from '../../support/tone.js';

const short = ['listening', 'heard', 'done', 'error', 'thinking', 'muted'] as const;
const all = [...short, 'ring'] as const;
/** -12 dB below full scale. */
const LOUDEST = 32_767 / 10 ** (12 / 20);

describe('earcons', () => {
  it.each(all)('%s is audible, and soft', (name) => {
    const { samples, sampleRate } = earcon(name);
    expect(sampleRate).toBe(SAMPLE_RATE);
    expect(Math.max(...samples.map(Math.abs))).toBeLessThanOrEqual(LOUDEST);
    expect(levelOf(samples)).toBeGreaterThan(-40);
  });

  it.each(all)('%s starts and ends at zero and never jumps', (name) => {
    const { samples } = earcon(name);
    expect(samples[0]).toBe(0);
    expect(samples.at(-1)).toBe(0);
    // A click is a step that the tones themselves don't make: the loudest earcon at its highest pitch, a fifth of the way up.
    const steps = samples.map((sample, at) => Math.abs(sample - (samples[at - 1] ?? 0)));
    expect(Math.max(...steps.slice(0, 32))).toBeLessThan(1_500);
    expect(Math.max(...steps.slice(-160))).toBeLessThan(300);
  });

  it.each(short)('%s is over in a quarter of a second', (name) => {
    expect(samplesToMs(earcon(name).samples.length)).toBeLessThanOrEqual(250);
  });

  it('rings for about two seconds', () => {
    const ms = samplesToMs(earcon('ring').samples.length);
    expect(ms).toBeGreaterThan(1_700);
    expect(ms).toBeLessThan(2_300);
  });

  it('sounds different for each', () => {
    expect(new Set(all.map((name) => earcon(name).samples.join())).size).toBe(all.length);
  });
});
