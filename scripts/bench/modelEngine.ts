import type { EngineContext } from '../../src/engineContext.js';
import { Exaone } from '../../src/language-model/exaone.js';
import type { ExaoneOptions } from '../../src/language-model/options.js';
import { quantile } from './machine.js';

/** One line of the table. */
export type Row = readonly [what: string, measured: string, wanted: string];

/** The engine as a device loads it, and what it logged while it loaded. */
export async function loadEngine(
  options: ExaoneOptions,
  cacheFolder: string,
): Promise<{ engine: Exaone; logged: Record<string, unknown> }> {
  const logged: Record<string, unknown> = {};
  const keep = (fields: object) => void Object.assign(logged, fields);
  const context: EngineContext = {
    log: { debug: keep, info: keep, warn: keep, error: keep },
    modelFile: (name) => Promise.resolve(name),
    secret: () => Promise.resolve(undefined),
    cacheFolder,
  };
  return { engine: await Exaone.load(options, context), logged };
}

export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

export const never = new AbortController().signal;
/** About as long as what people ask a speaker; always the same, so that turns compare. */
export const QUESTION = 'How far is it from here to the moon?';
export const ANSWER_TOKENS = 16;

/** Tokens a second, from the ms between tokens: of the quickest tenth, which was least disturbed. */
export function speedOf(times: readonly number[]): number {
  return 1000 / (quantile(times, 0.1) ?? Number.NaN);
}
