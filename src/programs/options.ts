import { z } from 'zod';

/** A program of the person's own, as a profile names it, paths relative to the profile: no shell ever sees it. */
export const programAndArguments = z.array(z.string().min(1).max(4096)).min(1).max(32);
