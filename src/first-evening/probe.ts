import { addresses, chosenMirror } from '../models/addresses.js';
import type { CatalogueModel } from '../models/catalogue.js';

/** One short look whether the place that models are downloaded from answers, and how quickly it sends. */

/** A machine without network knows it sooner; behind some routers it would take minutes to find out. */
const MOST_MS = 3_000;
const MEASURE_MS = 1_000;
const MEASURE_BYTES = 2 ** 20;
/** Fewer bytes say nothing about speed. */
const LEAST_BYTES = 64 * 2 ** 10;

export interface Reached {
  /** Undefined where too little came to tell. */
  readonly bytesPerSecond: number | undefined;
}

/** `model`: the one that is asked for. Undefined where nothing answers. Rejects with `mirror-not-an-address`. */
export async function reach(model: CatalogueModel, signal: AbortSignal): Promise<Reached | undefined> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)]);
  let reached: Reached | undefined;
  for (const url of addresses(model, chosenMirror())) {
    try {
      const response = await fetch(url, { headers: { range: `bytes=0-${MEASURE_BYTES - 1}` }, signal: within });
      // Whatever it says, there is a network.
      reached = { bytesPerSecond: undefined };
      if (response.ok && response.body !== null) return { bytesPerSecond: await speedOf(response.body) };
      await response.body?.cancel();
    } catch {
      return reached;
    }
  }
  return reached;
}

async function speedOf(body: ReadableStream<Uint8Array>): Promise<number | undefined> {
  const begin = performance.now();
  let bytes = 0;
  let now = begin;
  for await (const chunk of body) {
    bytes += chunk.length;
    now = performance.now();
    if (bytes >= MEASURE_BYTES || now - begin >= MEASURE_MS) break;
  }
  return bytes < LEAST_BYTES || now === begin ? undefined : (bytes / (now - begin)) * 1000;
}
