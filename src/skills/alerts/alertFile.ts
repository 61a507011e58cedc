import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

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
  repeat: z.enum(['daily', 'weekdays']).optional(),
});
export type KeptAlert = z.infer<typeof keptAlert>;

/** More than anybody sets; a file with more is not ours. */
export const MAX_ALERTS = 100;
const alertFile = z.strictObject({ version: z.literal(1), alerts: z.array(keptAlert).max(MAX_ALERTS) });

export interface ReadAlerts {
  readonly alerts: readonly KeptAlert[];
  /** True where the file could not be understood and was renamed to `….broken`. */
  readonly setAside: boolean;
}

/** A file that isn't there holds none. */
export async function readAlertFile(path: string): Promise<ReadAlerts> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { alerts: [], setAside: false };
    throw error;
  }
  try {
    return { alerts: alertFile.parse(JSON.parse(text)).alerts, setAside: false };
  } catch {
    await rename(path, `${path}.broken`);
    return { alerts: [], setAside: true };
  }
}

/** The old file or the new one is there after a power cut, never a part of one. */
export async function writeAlertFile(path: string, alerts: readonly KeptAlert[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.new`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ version: 1, alerts }, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
