import { getLlama, type Llama, LlamaLogLevel, type LlamaModel, type LlamaModelOptions, NoBinaryFoundError } from 'node-llama-cpp';
import type { Log } from '../../engineContext.js';
import { TandemError } from '../../errors.js';
import { usableCores } from './cores.js';

/** llama.cpp itself: one instance a process for each kind of device, shared by every model, ended with the last one. */

type Gpu = 'none' | 'auto';

interface Shared {
  readonly llama: Promise<Llama>;
  users: number;
  loadFailed: boolean;
}

export interface LlamaUse {
  /** True where models run on a GPU. */
  readonly onGpu: boolean;
  loadModel(options: LlamaModelOptions): Promise<LlamaModel>;
  /** To be called once; the last one ends the instance. */
  release(): Promise<void>;
}

const instances = new Map<Gpu, Shared>();

export async function useLlama(gpu: Gpu, log: Log): Promise<LlamaUse> {
  const shared = instances.get(gpu) ?? start(gpu, log);
  shared.users += 1;
  const release = async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    if (instances.get(gpu) === shared) instances.delete(gpu);
    // What llama.cpp logged last is still on its way to the logger; without one it would be printed.
    await new Promise((resolve) => setImmediate(resolve));
    const ended = (await shared.llama).dispose();
    // Waits for models that were never loaded, for ever once they are collected (node-llama-cpp 3.22: they keep their claim on the instance).
    if (!shared.loadFailed) await ended;
  };
  try {
    const llama = await shared.llama;
    const loadModel = async (options: LlamaModelOptions) => {
      try {
        return await llama.loadModel(options);
      } catch (error) {
        shared.loadFailed = true;
        throw error;
      }
    };
    return { onGpu: llama.gpu !== false, loadModel, release };
  } catch (error) {
    if (instances.get(gpu) === shared) instances.delete(gpu);
    throw cannotStart(error);
  }
}

function start(gpu: Gpu, log: Log): Shared {
  const llama = getLlama({
    gpu: gpu === 'none' ? false : 'auto',
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    // node-llama-cpp would take 4 where there are 2 cores; threads that wait for each other cost more than they bring.
    maxThreads: usableCores(),
    logLevel: LlamaLogLevel.error,
    logger: (_level, message) => log.warn({ from: 'llama.cpp' }, message.trim()),
  });
  const shared = { llama, users: 0, loadFailed: false };
  instances.set(gpu, shared);
  return shared;
}

function cannotStart(cause: unknown): TandemError {
  const missing = cause instanceof NoBinaryFoundError;
  return new TandemError({
    code: missing ? 'llama-not-installed' : 'llama-failed',
    stage: 'language-model',
    message: missing ? 'There is no llama.cpp for this machine in node_modules.' : 'llama.cpp could not be started.',
    remedy:
      'Run npm ci again on this machine; where there is no prebuilt llama.cpp for it, build one with npx node-llama-cpp source download.',
    recoverable: false,
    cause,
  });
}
