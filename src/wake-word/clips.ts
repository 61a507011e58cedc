import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { readWav } from '../audio/wav/reader.js';
import { UsageError } from '../errors.js';
import { readFlac } from './flac.js';

const readers: Readonly<Record<string, (path: string) => Promise<Int16Array>>> = { '.wav': (path) => readWav(path), '.flac': readFlac };

/** Every .wav and .flac file below these folders, in the same order on every machine. Throws `UsageError` where there is none. */
export async function findClips(folders: readonly string[]): Promise<readonly string[]> {
  const clips: string[] = [];
  for (const folder of folders) {
    const status = await stat(folder).catch(() => undefined);
    if (status === undefined) throw new UsageError(`The folder ${folder} is not there.`, 'Check the path.');
    if (!status.isDirectory()) throw new UsageError(`${folder} is not a folder.`, 'Name the folder that the recordings are in.');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const found = entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && extname(entry.name).toLowerCase() in readers)
      .map((entry) => join(entry.parentPath, entry.name));
    if (found.length === 0) throw new UsageError(`There is no .wav or .flac file in ${folder}.`, 'Name a folder with recordings.');
    clips.push(...found.sort());
  }
  return clips;
}

/** A recording as 16 kHz mono. Throws `TandemError` where it can't be read. */
export async function readClip(path: string): Promise<Int16Array> {
  const read = readers[extname(path).toLowerCase()];
  if (read === undefined) throw new UsageError(`${path} is neither a .wav nor a .flac file.`);
  return await read(path);
}
