import { z } from 'zod';

/** The `routing:` section of a profile: which questions go to a host. */
export const routingOptions = z.strictObject({
  threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Score from 0 to 1 from which a question goes to the host; lower hands more off. Explicit wishes always do.'),
});

export type RoutingOptions = z.infer<typeof routingOptions>;
