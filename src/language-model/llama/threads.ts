import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LlamaModel } from 'node-llama-cpp';
import { z } from 'zod';
import type { ModelFacts } from '../modelFile.js';
import { processorName, usableCores } from './cores.js';

/**
 * How many threads generate quickest here. More is not better: threads wait for each other after every layer, and memory is soon the limit.
 * Measured once for each model file and processor, and kept.
 */

const measuredThreads = z.record(z.string(), z.int().min(1));
const FILE = 'threads.json';

/** More threads must make it this much quicker, or the cores are left to the audio side. */
const WORTH_MORE_THREADS = 1.07;
const MEASURED_TOKENS = 5;
const MEASURING_CONTEXT = 256;

/** ms a token with so many threads. */
export type MeasureThreads = (threads: number) => Promise<number>;

/** The fewest threads that are about as quick as the quickest number of them. */
export async function quickestThreads(most: number, measure: MeasureThreads): Promise<number> {
  const measured: { threads: number; ms: number }[] = [];
  for (const threads of candidates(most)) measured.push({ threads, ms: await measure(threads) });
  const best = Math.min(...measured.map(({ ms }) => ms));
  return measured.find(({ ms }) => ms <= best * WORTH_MORE_THREADS)?.threads ?? 1;
}

/** Each number up to 8, then every fourth. */
function candidates(most: number): number[] {
  return Array.from({ length: most }, (_, i) => i + 1).filter((threads) => threads <= 8 || threads % 4 === 0 || threads === most);
}

/** The stored number for this model and processor, or a new measurement, which is stored. Never more than the usable cores. */
export async function chooseThreads(model: LlamaModel, facts: ModelFacts, cacheFolder: string): Promise<number> {
  const cores = usableCores();
  const key = createHash('sha256').update([facts.bytes, facts.modified, processorName(), cores, model.gpuLayers].join('|')).digest('hex');
  const stored = await readStored(cacheFolder);
  const known = stored[key];
  if (known !== undefined) return Math.min(known, cores);
  const threads = await quickestThreads(cores, (count) => decodeMs(model, count));
  await store(cacheFolder, { ...stored, [key]: threads });
  return threads;
}

/** The quickest of a few tokens: whatever else runs can only make one slower. */
async function decodeMs(model: LlamaModel, threads: number): Promise<number> {
  const context = await model.createContext({ contextSize: MEASURING_CONTEXT, threads, failedCreationRemedy: false });
  try {
    const prompt = model.tokenize('The quick brown fox', false);
    let best = Number.POSITIVE_INFINITY;
    let count = 0;
    let start = performance.now();
    for await (const _ of context.getSequence().evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
      // The first one has the prompt in it.
      if (count > 0) best = Math.min(best, performance.now() - start);
      if (count === MEASURED_TOKENS) break;
      count += 1;
      start = performance.now();
    }
    return best;
  } finally {
    await context.dispose();
  }
}

async function readStored(folder: string): Promise<Record<string, number>> {
  try {
    return measuredThreads.parse(JSON.parse(await readFile(join(folder, FILE), 'utf8')));
  } catch {
    // Not there yet, or not readable: measured again.
    return {};
  }
}

async function store(folder: string, threads: Record<string, number>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const half = join(folder, `${FILE}.${process.pid}`);
  await writeFile(half, JSON.stringify(threads));
  await rename(half, join(folder, FILE));
}
