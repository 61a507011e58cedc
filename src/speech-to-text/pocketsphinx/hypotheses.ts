import { z } from 'zod';

/** What one search of the recogniser heard: `score` is its logarithm of the likelihood, frames are 10 ms. */
const hypothesis = z.object({ words: z.array(z.string().max(100)).max(10_000), score: z.number(), frames: z.int().min(0) });
export type Hypothesis = z.infer<typeof hypothesis>;

export const hypotheses = z.object({ general: hypothesis, phrases: hypothesis.optional() });
export type Hypotheses = z.infer<typeof hypotheses>;

/**
 * How much better, a frame, the sentences to expect must explain the sound than general English does. Both searches have the same acoustic
 * model, so their scores compare. At -1, expected sentences in noise and in other words are heard a little better (2 of 100 words), and
 * people who say something else clearly worse (4 of 100 words): `scripts/bench/speechToText.ts`.
 */
const PHRASES_BETTER_BY = 0.5;

/** The hypothesis to believe. */
export function choose({ general, phrases }: Hypotheses): Hypothesis {
  if (phrases === undefined || phrases.frames === 0) return general;
  if (general.frames === 0) return phrases;
  return phrases.score - general.score > PHRASES_BETTER_BY * phrases.frames ? phrases : general;
}

/** Words as people write them: no silence or noise marks, no number of the pronunciation. */
export function plainWords({ words }: Hypothesis): string {
  return words
    .filter((word) => !/^[<[+]/.test(word))
    .map((word) => word.replace(/\(\d+\)$/, ''))
    .join(' ');
}
