import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { writeAtomically } from '../../atomicFile.js';
import { codeOf } from '../../errors.js';

/** Days of the week, ascending; 0 is Sunday. An alarm may also be kept with a word, as it was once written. */
const repeat = z.union([
  z.array(z.number().int().min(0).max(6)).min(1).max(7).readonly(),
  z
    .enum(['daily', 'weekdays', 'weekends'])
    .transform((word) => ({ daily: [0, 1, 2, 3, 4, 5, 6], weekdays: [1, 2, 3, 4, 5], weekends: [0, 6] })[word]),
]);

/** A timer or an alarm as it is kept on disk. */
export const keptAlert = z.strictObject({
  id: z.string().min(1).max(80),
  /** "tea" */
  name: z.string().min(1).max(60).optional(),
  language: z.enum(['en', 'ko']),
  /** Milliseconds since 1970; where paused, not used. */
  dueAt: z.number().int(),
  /** Milliseconds that it was set for, for "the ten minute timer". */
  durationMs: z.number().int().positive().optional(),
  /** Milliseconds that were left when it was paused. */
  pausedLeftMs: z.number().int().nonnegative().optional(),
  /** The days on which it comes again. */
  repeat: repeat.optional(),
});
export type KeptAlert = z.infer<typeof keptAlert>;
export type Repeat = NonNullable<KeptAlert['repeat']>;

/** More than anybody sets; a file with more is not ours. */
export const MAX_ALERTS = 100;
const alertFile = z.strictObject({ version: z.literal(1), alerts: z.array(keptAlert).max(MAX_ALERTS) });

export interface ReadAlerts {
  readonly alerts: readonly KeptAlert[];
  /** There is a file that can't be read, or not be understood; the latter was renamed to `….broken`. */
  readonly lost: boolean;
}

/** A file that isn't there holds none. Never rejects: a device without its timers is better than no device. */
export async function readAlertFile(path: string): Promise<ReadAlerts> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return { alerts: [], lost: codeOf(error) !== 'ENOENT' };
  }
  try {
    return { alerts: alertFile.parse(JSON.parse(text)).alerts, lost: false };
  } catch {
    await rename(path, `${path}.broken`).catch(() => {});
    return { alerts: [], lost: true };
  }
}

export async function writeAlertFile(path: string, alerts: readonly KeptAlert[]): Promise<void> {
  await writeAtomically(path, `${JSON.stringify({ version: 1, alerts }, undefined, 2)}\n`);
}
