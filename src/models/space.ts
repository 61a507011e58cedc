import { statfs } from 'node:fs/promises';
import { TandemError } from '../errors.js';
import { megabytes } from './text.js';

/** Left free besides what is written: the system needs some, and so do logs. */
const SPARE_BYTES = 200e6;

/** Bytes that an ordinary user may still write to the disk that holds `folder`. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Rejects with `disk-full` where `bytes` more do not fit on the disk that holds `folder`. */
export async function requireSpace(folder: string, bytes: number, what: string, free = freeBytes): Promise<void> {
  const have = await free(folder);
  if (have >= bytes + SPARE_BYTES) return;
  throw diskFull(what, folder, `needs ${megabytes(bytes + SPARE_BYTES)}, and ${megabytes(have)} are free`);
}

export function diskFull(what: string, folder: string, why: string, cause?: unknown): TandemError {
  return new TandemError({
    code: 'disk-full',
    stage: 'models',
    message: `There is no room for ${what} in ${folder}: it ${why}.`,
    remedy: 'Make room, or set TANDEM_MODELS to a folder on another disk. What has come so far is kept.',
    cause,
  });
}
