import { join } from 'node:path';
import { writeStandIn } from '../../scripts/stand-in/standIn.js';

/** A tiny model of the EXAONE architecture with random weights, written into the folder: fast, and deterministic at temperature 0. */
export async function tinyStandIn(folder: string): Promise<string> {
  const file = join(folder, 'stand-in.gguf');
  await writeStandIn(file, 'tiny');
  return file;
}
