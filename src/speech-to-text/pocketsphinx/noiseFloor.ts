/** Decibels of the noise below the utterance's own level. */
const BELOW_SPEECH_DB = 45;
/** Below this level (a sixteen-bit step or so) there is nothing to recognise. */
const SILENCE = 1;

/**
 * The utterance with a little white noise under it. A microphone always has some, and the acoustic model was trained with it; the digital
 * silence of a synthetic voice or of a noise gate is far from anything that it knows. The same samples get the same noise.
 */
export function withNoiseFloor(samples: Int16Array): Int16Array {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  const level = Math.sqrt(squares / Math.max(1, samples.length));
  if (level < SILENCE) return samples;
  // A uniform distribution's half width is the square root of three times its root mean square.
  const width = level * 10 ** (-BELOW_SPEECH_DB / 20) * Math.sqrt(3);
  let state = 1;
  return samples.map((sample) => {
    // A linear congruential generator: good enough for noise, and repeatable.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return Math.max(-32_768, Math.min(32_767, Math.round(sample + (state / 0x8000_0000) * width)));
  });
}
