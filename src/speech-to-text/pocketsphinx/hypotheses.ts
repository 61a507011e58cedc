import { z } from 'zod';

/** What one search of the recogniser heard: `score` is its logarithm of the likelihood, frames are 10 ms. */
const hypothesis = z.object({ words: z.array(z.string().max(100)).max(10_000), score: z.number(), frames: z.int().min(0) });
export type Hypothesis = z.infer<typeof hypothesis>;

export const hypotheses = z.object({ general: hypothesis, phrases: hypothesis.optional() });
export type Hypotheses = z.infer<typeof hypotheses>;

/**
 * How much worse, a frame, the sentences to expect may explain the sound than general English does and still be believed. Both searches
 * have the same acoustic model, so their scores compare. Of people saying something else, general English is more than 1 better in nearly
 * every recording; of expected sentences in noise it is up to 4 better. `scripts/bench/speechToText.ts` measures what comes of it.
 */
const PHRASES_MAY_BE_WORSE_BY = 1;

/** The hypothesis to believe. */
export function choose({ general, phrases }: Hypotheses): Hypothesis {
  if (phrases === undefined || phrases.frames === 0) return general;
  if (general.frames === 0) return phrases;
  return general.score - phrases.score < PHRASES_MAY_BE_WORSE_BY * phrases.frames ? phrases : general;
}

/** Words as people write them: no silence or noise marks, no number of the pronunciation. */
export function plainWords({ words }: Hypothesis): string {
  return words
    .filter((word) => !/^[<[+]/.test(word))
    .map((word) => word.replace(/\(\d+\)$/, ''))
    .join(' ');
}
