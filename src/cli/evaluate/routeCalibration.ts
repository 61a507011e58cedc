import { z } from 'zod';
import { UsageError } from '../../errors.js';
import { thresholdsFor } from '../../routing/calibration.js';
import { table } from '../table.js';

/** Fewer say little about the next ones. */
const ENOUGH = 50;

/** Of an event, all that matters here. Explicit wishes go where they say, whatever the threshold. */
const scoredRoute = z.object({
  event: z.literal('route'),
  reason: z.string().regex(/^(?!asked-for-|translation$)/),
  score: z.number().min(0).max(1),
});

/** `tandem evaluate route --calibrate`: which threshold hands off which share of what was asked at home. `lines`: of an event log. */
export function reportCalibration(lines: readonly unknown[], file: string, { json }: { readonly json?: true }): void {
  const scores = lines.flatMap((line) => {
    const parsed = scoredRoute.safeParse(line);
    return parsed.success ? [parsed.data.score] : [];
  });
  if (scores.length === 0) {
    throw new UsageError(
      `${file} has no question that a router has scored.`,
      'Write one with tandem talk --events FILE, on a device with a hand-off, while a host is there.',
    );
  }
  const points = thresholdsFor(scores);
  if (json === true) {
    console.log(JSON.stringify({ questions: scores.length, points }));
    return;
  }
  const rows = points.map(({ share, threshold, handedOff }) => [
    `${Math.round(100 * share)} %`,
    threshold.toFixed(3),
    `${handedOff} (${((100 * handedOff) / scores.length).toFixed(1)} %)`,
  ]);
  console.log(table(['wanted', 'routing.threshold', `of ${scores.length} questions`], rows));
  console.log('Questions that a skill answered or that asked for a model by name do not count: no threshold moves them.');
  if (scores.length < ENOUGH) console.log(`These are few questions; with ${ENOUGH} or more the shares will hold better.`);
}
