import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { extract, type ReadEntry } from 'tar';
import { AbortedError, codeOf, TandemError } from '../errors.js';

/** Unpacking the archive of a voice (.tar.bz2): nothing of it lands outside the folder, nothing but plain files and folders comes of it. */

const MOST_BYTES = 2e9;
const MOST_ENTRIES = 10_000;

/**
 * `folder` is made anew and gets what is inside the archive's own top folder. Rejects with `archive-refused` where the archive is damaged,
 * has links or paths that lead out, or would be too large; `folder` is gone then.
 */
export async function unpackVoice(archive: string, folder: string, signal: AbortSignal): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await unpack(archive, folder, signal);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (signal.aborted) throw new AbortedError('models', error);
    throw error instanceof TandemError ? error : refused(archive, error instanceof Error ? error.message : String(error), error);
  }
}

async function unpack(archive: string, folder: string, signal: AbortSignal): Promise<void> {
  const bzip2 = spawn('bzip2', ['-dc', '--', archive], { stdio: ['ignore', 'pipe', 'ignore'], signal });
  const ended = once(bzip2, 'close') as Promise<[number | null]>;
  // Looked at below; an error before that must not end the process.
  ended.catch(() => undefined);

  let entries = 0;
  let bytes = 0;
  let bad: string | undefined;
  const tar = extract({
    cwd: folder,
    strip: 1,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    filter: (path, entry) => {
      const { type, size } = entry as ReadEntry;
      entries += 1;
      bytes += size;
      if (type !== 'File' && type !== 'Directory') bad ??= `${path} is a ${type}`;
      else if (path.startsWith('/') || path.split('/').includes('..')) bad ??= `${path} leads out of its folder`;
      else if (entries > MOST_ENTRIES || bytes > MOST_BYTES) bad ??= 'it is too large';
      return bad === undefined;
    },
  });
  try {
    await pipeline(bzip2.stdout, tar);
  } catch (error) {
    bzip2.kill();
    throw await ended.then(() => error, programMissing);
  }
  const [code] = await ended.catch((error: unknown) => {
    throw programMissing(error);
  });
  if (bad !== undefined) throw refused(archive, bad);
  if (code !== 0) throw refused(archive, 'it is damaged');
  if (entries === 0) throw refused(archive, 'it is empty');
}

function programMissing(error: unknown): unknown {
  if (codeOf(error) !== 'ENOENT') return error;
  return new TandemError({
    code: 'program-missing',
    stage: 'models',
    message: 'The program bzip2, which unpacks voices, is not installed.',
    remedy: 'Install it: sudo apt install bzip2',
    cause: error,
  });
}

function refused(archive: string, why: string, cause?: unknown): TandemError {
  return new TandemError({
    code: 'archive-refused',
    stage: 'models',
    message: `The archive ${archive} can't be unpacked: ${why}.`,
    remedy: 'Nothing of it is used. Get it again from where it came.',
    cause,
  });
}
