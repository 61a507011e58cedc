import { existsSync } from 'node:fs';
import { mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standInFileName, writeStandIn } from '../../scripts/stand-in/standIn.js';

/** A tiny model of the EXAONE architecture with random weights, made once on this machine: fast, and deterministic at temperature 0. */
export async function tinyStandIn(): Promise<string> {
  const file = join(tmpdir(), `tandem-test-2-${standInFileName('tiny')}`);
  if (!existsSync(file)) {
    const half = join(await mkdtemp(join(tmpdir(), 'tandem-stand-in-')), 'half.gguf');
    await writeStandIn(half, 'tiny');
    await rename(half, file);
  }
  return file;
}
