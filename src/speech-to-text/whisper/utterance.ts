import { SAMPLE_RATE } from '../../audio/contract.js';
import { frameLevels } from '../../audio/level.js';
import { TandemError } from '../../errors.js';

/** Whisper hears 30 s at a time, as 1500 steps of its encoder. */
const STEPS_PER_SECOND = 50;
const ALL_STEPS = 1500;
/** Steps beyond the utterance's end: with too few, Whisper repeats itself or loses the last words. */
const MARGIN_STEPS = 192;
const STEPS_AT_ONCE = 64;
/** Samples. Whisper leaves out what is shorter than a second. */
const SHORTEST = 1.1 * SAMPLE_RATE;
/** Samples; no sentence is that long, and memory has an end. */
const LONGEST = 5 * 60 * SAMPLE_RATE;

const FRAME = SAMPLE_RATE / 50;
/** Root mean square of a 16-bit frame (-54 dB of full scale): below it there is no voice that could be understood. */
const FAINTEST_VOICE = 65;
/** How many times louder than the quietest frames a voice is at least (5 dB); a fan or a hum is as loud all the time. */
const ABOVE_NOISE = 1.8;
/** ms of voice; the shortest words ("yes", "네") have more. */
const LEAST_VOICE_MS = 80;
/** ms of voice under which a "thank you" is doubted. */
const LITTLE_VOICE_MS = 300;

/** The `audio_ctx` of a request: how much the encoder hears. The shorter, the quicker. 0 where all is needed. */
export function audioContext(samples: number): number {
  const needed = Math.ceil((samples / SAMPLE_RATE) * STEPS_PER_SECOND) + MARGIN_STEPS;
  const steps = Math.ceil(needed / STEPS_AT_ONCE) * STEPS_AT_ONCE;
  return steps >= ALL_STEPS ? 0 : steps;
}

/** Long enough for Whisper: with silence after it where it is too short. */
export function padded(samples: Int16Array): Int16Array {
  if (samples.length >= SHORTEST) return samples;
  const longer = new Int16Array(SHORTEST);
  longer.set(samples);
  return longer;
}

export interface VoiceAmount {
  /** Nothing in it that could be speech. */
  readonly none: boolean;
  /** So little that words are more likely made up than said. */
  readonly little: boolean;
}

/** Judged by loudness alone, and in doubt for the person who spoke. */
export function voiceIn(samples: Int16Array): VoiceAmount {
  const levels = frameLevels(samples, FRAME);
  const quiet = levels.toSorted((a, b) => a - b)[Math.floor(levels.length / 10)] ?? 0;
  const loudest = Math.max(0, ...levels);
  const threshold = Math.max(FAINTEST_VOICE, Math.min(quiet * ABOVE_NOISE, loudest));
  const varies = loudest >= quiet * ABOVE_NOISE;
  const voiceMs = varies ? levels.filter((level) => level >= threshold).length * (1000 / 50) : 0;
  return { none: voiceMs < LEAST_VOICE_MS, little: voiceMs < LITTLE_VOICE_MS };
}

/** Throws `utterance-too-long`. */
export function requireLength(samples: Int16Array): void {
  if (samples.length <= LONGEST) return;
  throw new TandemError({
    code: 'utterance-too-long',
    stage: 'speech-to-text',
    message: 'The recording is longer than the five minutes that are transcribed at once.',
    remedy: 'Cut it into shorter pieces.',
  });
}
