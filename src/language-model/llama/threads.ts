import { createHash } from 'node:crypto';
import { loadavg } from 'node:os';
import type { LlamaModel } from 'node-llama-cpp';
import type { ModelFacts } from '../modelFile.js';
import { processorName, usableCores } from './cores.js';
import { Measurements } from './measurements.js';

/**
 * How many threads generate quickest here. More is not better: threads wait for each other after every layer, and memory is soon the limit.
 * Measured once for each model file and processor, and kept.
 */

/** More threads must make it this much quicker, or the cores are left to the audio side. */
const WORTH_MORE_THREADS = 1.07;
const MEASURED_TOKENS = 5;
/** Where it is slower than that, fewer tokens must do. */
const MEASURED_MS = 1500;
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

/**
 * The stored number for this model and processor, or a new measurement, which is stored unless the machine was busy meanwhile. Never more than
 * the usable cores.
 */
export async function chooseThreads(
  model: LlamaModel,
  facts: ModelFacts,
  cacheFolder: string,
  isBusy: () => boolean = machineIsBusy,
): Promise<number> {
  const cores = usableCores();
  if (model.gpuLayers > 0) return cores;
  const key = createHash('sha256').update([facts.bytes, facts.modified, processorName(), cores].join('|')).digest('hex');
  const stored = new Measurements(cacheFolder);
  const known = await stored.get(key);
  if (known !== undefined) return Math.min(known, cores);
  const busy = isBusy();
  const threads = await quickestThreads(cores, (count) => decodeMs(model, count));
  if (!busy) await stored.set(key, threads);
  return threads;
}

/** Somebody else wants most of the processor: a measurement now would say too few threads for ever. */
function machineIsBusy(): boolean {
  const [lastMinute = 0] = loadavg();
  return lastMinute > usableCores() * 0.9;
}

/** The quickest of a few tokens: whatever else runs can only make one slower. */
async function decodeMs(model: LlamaModel, threads: number): Promise<number> {
  const context = await model.createContext({
    contextSize: MEASURING_CONTEXT,
    threads,
    flashAttention: false,
    failedCreationRemedy: false,
  });
  try {
    const prompt = model.tokenize('The quick brown fox', false);
    let best = Number.POSITIVE_INFINITY;
    let count = 0;
    let start = performance.now();
    const end = start + MEASURED_MS;
    for await (const _ of context.getSequence().evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
      // The first one has the prompt in it.
      if (count > 0) best = Math.min(best, performance.now() - start);
      if (count === MEASURED_TOKENS || (count > 0 && performance.now() > end)) break;
      count += 1;
      start = performance.now();
    }
    return best;
  } finally {
    await context.dispose();
  }
}
