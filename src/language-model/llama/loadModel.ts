import { basename } from 'node:path';
import { InsufficientMemoryError, type LlamaModel } from 'node-llama-cpp';
import type { Log } from '../../engineContext.js';
import { TandemError } from '../../errors.js';
import { checkModelFile, type ModelFacts } from '../modelFile.js';
import type { ExaoneOptions } from '../options.js';
import { useLlama } from './llamaInstance.js';
import { chooseMmap, memoryNeeded, requireMemory } from './memory.js';

export interface LoadedModel {
  readonly model: LlamaModel;
  readonly facts: ModelFacts;
  /** What the profile allows, at most what the model was trained for. */
  readonly contextTokens: number;
  /** For its contexts. */
  readonly flashAttention: 'auto' | false;
  /** Frees the model, and llama.cpp with the last one. */
  release(): Promise<void>;
}

/** Quantised caches are made of blocks of so many numbers; a head must be whole blocks. */
const Q8_0_BLOCK = 32;

/** Checks the file and the memory, then loads the weights. Rejects with a `TandemError`. */
export async function loadModel(
  file: string,
  options: Pick<ExaoneOptions, 'contextTokens' | 'kvCache' | 'useMmap' | 'gpu'>,
  log: Log,
): Promise<LoadedModel> {
  const facts = await checkModelFile(file);
  if (options.kvCache === 'q8_0' && facts.headSize % Q8_0_BLOCK !== 0) throw unsuitableCache(facts.headSize);
  const contextTokens = Math.min(options.contextTokens, facts.trainedContext);
  const { onGpu, loadModel: loadWeights, release } = await useLlama(options.gpu, log);
  try {
    const useMmap = chooseMmap(options.useMmap, facts, { contextTokens, kvCache: options.kvCache, onGpu });
    if (!onGpu) requireMemory(memoryNeeded(facts, { contextTokens, kvCache: options.kvCache, useMmap }));
    const model = await loadWeights({
      modelPath: file,
      useMmap,
      gpuLayers: onGpu ? { fitContext: { contextSize: contextTokens } } : 0,
      // Without a GPU it was just checked, with a sentence that says what to do.
      ignoreMemorySafetyChecks: !onGpu,
    });
    return {
      model,
      facts,
      contextTokens,
      flashAttention: onGpu || options.kvCache === 'q8_0' ? 'auto' : false,
      release: async () => {
        await model.dispose();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw notLoaded(error, file);
  }
}

/** What llama.cpp says is in the log; its own errors have no more than "failed". */
export function notLoaded(cause: unknown, file: string): TandemError {
  if (cause instanceof TandemError) return cause;
  const memory = cause instanceof InsufficientMemoryError;
  return new TandemError({
    code: memory ? 'not-enough-memory' : 'model-not-loaded',
    stage: 'language-model',
    message: memory ? `The GPU has not enough memory for ${basename(file)}.` : `llama.cpp could not load ${basename(file)}.`,
    remedy: memory
      ? 'Lower contextTokens, or set gpu: none, in the profile.'
      : 'Get the file again, with tandem models pull or from where it came; what llama.cpp says of it is in the log.',
    recoverable: false,
    cause,
  });
}

function unsuitableCache(headSize: number): TandemError {
  return new TandemError({
    code: 'kv-cache-unsupported',
    stage: 'language-model',
    message: `kvCache q8_0 does not work with this model: its attention heads have ${headSize} numbers, which is not a multiple of ${Q8_0_BLOCK}.`,
    remedy: 'Set kvCache: f16 in the profile (q8_0 works with the 7.8B).',
    recoverable: false,
  });
}
