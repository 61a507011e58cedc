import { availableMemory } from 'node:process';
import { TandemError } from '../../errors.js';
import type { ModelFacts } from '../modelFile.js';

/** Vocabulary, scratch space of an evaluation and llama.cpp itself, in bytes. */
const BESIDES = 160e6;

export interface MemoryPlan {
  readonly contextTokens: number;
  readonly kvCache: 'f16' | 'q8_0';
  readonly useMmap: boolean;
}

/** Bytes that the loaded model will take, at most, with its whole context in use. */
export function memoryNeeded(facts: Pick<ModelFacts, 'bytes' | 'contextBytesPerToken'>, plan: MemoryPlan): number {
  const weights = facts.bytes * (plan.useMmap ? 2 : 1);
  const perToken = facts.contextBytesPerToken * (plan.kvCache === 'q8_0' ? 34 / 64 : 1);
  return weights + perToken * plan.contextTokens + BESIDES;
}

/**
 * Whether to map the file. On a processor llama.cpp copies the weights into an order of its own; the mapped file then stays in memory beside
 * that copy (2.8 GB for a file of 1.5 GB), and all that gets quicker is the load, by a fifth. So `auto` maps only for a GPU, where the pages are
 * let go after they were copied, and only where memory for both is free.
 */
export function chooseMmap(
  wish: 'auto' | boolean,
  facts: Pick<ModelFacts, 'bytes' | 'contextBytesPerToken'>,
  plan: Omit<MemoryPlan, 'useMmap'> & { readonly onGpu: boolean },
  free: number = availableMemory(),
): boolean {
  if (wish !== 'auto') return wish;
  return plan.onGpu && memoryNeeded(facts, { ...plan, useMmap: true }) < free;
}

/** Throws `not-enough-memory` with what is needed and what is free; the system would otherwise end some process in the middle of it. */
export function requireMemory(needed: number, free: number = availableMemory()): void {
  if (needed <= free) return;
  throw new TandemError({
    code: 'not-enough-memory',
    stage: 'language-model',
    message: `The language model needs about ${inGigabytes(needed)} of memory and ${inGigabytes(free)} are free.`,
    remedy: 'End other programs, lower contextTokens in the profile, or choose a smaller model.',
    recoverable: false,
  });
}

function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
