import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { getModuleVersion, type Token } from 'node-llama-cpp';
import type { ModelFacts } from '../modelFile.js';

/**
 * Evaluated beginnings (the system message) kept on disk. A file's name holds what it is of and the SHA-256 of its content: llama.cpp does not
 * check what it loads, so a file that is not exactly what was written is never given to it.
 */
export class PreparedStates {
  #folder: string;

  /** `folder` is made when it is needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Gives the file of `key` to `use`; false where there is none, or it is damaged, or `use` fails: it is then deleted. */
  async load(key: string, use: (file: string) => Promise<void>): Promise<boolean> {
    const name = (await this.#names()).find((candidate) => candidate.startsWith(`${key}.`));
    if (name === undefined) return false;
    const file = join(this.#folder, name);
    try {
      if (name !== fileName(key, await sha256(file))) throw new Error('damaged');
      await use(file);
      return true;
    } catch {
      await rm(file, { force: true });
      return false;
    }
  }

  /** `write` makes the file that it is told. Older ones go when there are more than a few. */
  async save(key: string, write: (file: string) => Promise<void>): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const half = join(this.#folder, `${randomUUID()}.part`);
    try {
      await write(half);
      await rename(half, join(this.#folder, fileName(key, await sha256(half))));
    } finally {
      await rm(half, { force: true });
    }
    await this.#deleteOldest();
  }

  async #deleteOldest(): Promise<void> {
    const files = (await this.#names()).map((name) => join(this.#folder, name));
    const dated = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
    const old = dated.sort((a, b) => b.at - a.at).slice(MOST_KEPT);
    await Promise.all(old.map(({ file }) => rm(file, { force: true })));
  }

  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => name.endsWith(ENDING));
    } catch {
      return [];
    }
  }
}

/** Everything with which a state must agree: model file, kind of cache (`layout`), version of llama.cpp, tokens. */
export async function stateKey(facts: ModelFacts, layout: string, tokens: readonly Token[]): Promise<string> {
  const hash = createHash('sha256');
  hash.update([facts.bytes, facts.modified, layout, await getModuleVersion()].join('|'));
  return hash.update(Uint32Array.from(tokens)).digest('hex').slice(0, 32);
}

const ENDING = '.state';
/** Two languages of two models. */
const MOST_KEPT = 4;

function fileName(key: string, sha: string): string {
  return `${key}.${sha}${ENDING}`;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
