import { frameLevels } from '../../audio/level.js';

/** Samples: 10 ms. */
const FRAME = 160;
/** Decibels between the loud frames of the utterance and the least noise that is to be under it. */
const BELOW_SPEECH_DB = 45;

/**
 * The utterance with a little white noise under it where it has none of its own. A microphone always has some, and the acoustic model was
 * trained with it; the digital silence of a synthetic voice or of a noise gate is far from anything that it knows. Where there is that much
 * noise already, the samples stay as they are. The same samples get the same noise.
 */
export function withNoiseFloor(samples: Int16Array): Int16Array {
  const levels = frameLevels(samples, FRAME).sort();
  const loud = levels[Math.floor(levels.length * 0.9)] ?? 0;
  const quiet = levels[Math.floor(levels.length * 0.1)] ?? 0;
  const wanted = loud * 10 ** (-BELOW_SPEECH_DB / 20);
  if (wanted <= quiet) return samples;
  // What is missing, as root mean square; a uniform distribution's half width is the square root of three times that.
  const width = Math.sqrt(3 * (wanted ** 2 - quiet ** 2));
  let state = 1;
  return samples.map((sample) => {
    // A linear congruential generator: good enough for noise, and repeatable.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return Math.max(-32_768, Math.min(32_767, Math.round(sample + (state / 0x8000_0000) * width)));
  });
}
