import type { EngineContext } from '../../src/engineContext.js';
import { Exaone } from '../../src/language-model/exaone.js';
import type { ExaoneOptions } from '../../src/language-model/options.js';

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
/** As long as what people ask a speaker, and about equally long. */
export const QUESTIONS = [
  'How far is it to the moon?',
  'Why is the sea so salty?',
  'Who made the first radio?',
  'How do birds find home?',
  'What makes the wind blow?',
] as const;
export const ANSWER_TOKENS = 16;
