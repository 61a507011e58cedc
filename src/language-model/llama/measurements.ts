import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What was measured on this machine, kept from start to start: a small whole number for each key. */
const contentSchema = z.record(z.string(), z.int().min(0));
const FILE = 'measured.json';

export class Measurements {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(key: string): Promise<number | undefined> {
    return (await this.#read())[key];
  }

  /** Where it can't be kept, as on a full disk, the next start measures again: no reason not to answer. */
  async set(key: string, value: number): Promise<void> {
    const half = join(this.#folder, `${FILE}.${process.pid}`);
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(half, JSON.stringify({ ...(await this.#read()), [key]: value }));
      await rename(half, join(this.#folder, FILE));
    } catch {
      await rm(half, { force: true }).catch(() => {});
    }
  }

  /** Not there yet, or not readable: measured again. */
  async #read(): Promise<Record<string, number>> {
    try {
      return contentSchema.parse(JSON.parse(await readFile(join(this.#folder, FILE), 'utf8')));
    } catch {
      return {};
    }
  }
}
