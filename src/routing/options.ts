import { z } from 'zod';

/** The `routing:` section of a profile: which questions go to a host. */
export const routingOptions = z.strictObject({
  threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Score from 0 to 1 from which a question goes to the host; lower hands more off. Explicit wishes always do.'),
  queuePenalty: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe('Taken off the score for each question that waits at the least busy host; 0 to 1.'),
  longContextGain: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe('Share by which a long conversation (6000 characters) raises the score, since the device is slow to read it; 0 to 1.'),
});

export type RoutingOptions = z.infer<typeof routingOptions>;
