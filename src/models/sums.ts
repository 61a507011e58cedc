import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { modelsFolder } from '../paths.js';
import { withLock } from './lock.js';

/** SHA-256 sums: of files, of folders, and those that were recorded when a model first came. */

const recorded = z.record(z.string(), z.hash('sha256'));

/** Of a file, as hexadecimal digits. `onProgress` gets the bytes read so far. */
export async function sumOfFile(file: string, signal?: AbortSignal, onProgress?: (done: number) => void): Promise<string> {
  const hash = createHash('sha256');
  let done = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20, ...(signal === undefined ? {} : { signal }) })) {
    hash.update(chunk);
    done += chunk.length;
    onProgress?.(done);
  }
  return hash.digest('hex');
}

/** Of a folder: of the sorted list of its files, each with its own sum. */
export async function sumOfFolder(folder: string, signal?: AbortSignal): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const hash = createHash('sha256');
  for (const name of names.sort()) hash.update(`${await sumOfFile(join(folder, name), signal)}  ${name}\n`);
  return hash.digest('hex');
}

export async function sumOf(path: string, signal?: AbortSignal): Promise<string> {
  return (await stat(path)).isDirectory() ? sumOfFolder(path, signal) : sumOfFile(path, signal);
}

/** Where the sums are kept that had to be taken at the first download. */
function sumsFile(): string {
  return join(modelsFolder(), 'checksums.json');
}

/** The sum that was recorded under this name, or undefined. */
export async function recordedSum(name: string): Promise<string | undefined> {
  return (await readSums())[name];
}

export async function recordSum(name: string, sum: string): Promise<void> {
  await mkdir(modelsFolder(), { recursive: true });
  await withLock(sumsFile(), async () => {
    const text = JSON.stringify({ ...(await readSums()), [name]: sum }, undefined, 2);
    await writeFile(`${sumsFile()}.new`, `${text}\n`);
    await rename(`${sumsFile()}.new`, sumsFile());
  });
}

async function readSums(): Promise<z.infer<typeof recorded>> {
  try {
    return recorded.parse(JSON.parse(await readFile(sumsFile(), 'utf8')));
  } catch {
    return {};
  }
}
