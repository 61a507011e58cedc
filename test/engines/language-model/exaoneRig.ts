import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Generation, LanguageModel, Message } from '../../../src/language-model/contract.js';
import { createLanguageModel } from '../../../src/language-model/create.js';
import { useLlama } from '../../../src/language-model/llama/llamaInstance.js';
import { exaoneOptions } from '../../../src/language-model/options.js';
import { projectRoot } from '../../../src/paths.js';
import { KeptLog } from '../../support/keptLog.js';
import { tinyStandIn } from '../../support/standInModel.js';

/** What the tests of the exaone engine share: a model of random weights, a folder, and llama.cpp kept from being started for every test. */

export const starter = join(projectRoot, 'device-profiles', 'starter', 'tandem-starter.gguf');
export const system: Message = { role: 'system', content: 'You are Tandem, a helpful voice assistant in a smart speaker.' };
export const never = new AbortController().signal;

export interface ExaoneRig {
  /** A model file of random weights. */
  readonly standIn: string;
  /** Empty but for that file; what engines keep between runs goes here. */
  readonly folder: string;
  /** One thread, temperature 0, a context of 1024 and nothing kept on disk, unless `options` say otherwise. */
  load(file: string, options?: object): Promise<LanguageModel>;
  /** Loads, uses and closes; the stand-in unless `file` says otherwise. */
  withModel<T>(options: object, use: (model: LanguageModel) => Promise<T>, file?: string): Promise<T>;
  close(): Promise<void>;
}

export async function openExaoneRig(): Promise<ExaoneRig> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-exaone-'));
  const standIn = await tinyStandIn(folder);
  const llama = await useLlama('none', new KeptLog());
  const load = (model: string, options: object = {}) =>
    createLanguageModel(
      exaoneOptions.parse({
        engine: 'exaone',
        model,
        threads: 1,
        temperature: 0,
        contextTokens: 1024,
        savePreparedState: false,
        ...options,
      }),
      {
        log: new KeptLog(),
        modelFile: (name) => Promise.resolve(name),
        secret: () => Promise.resolve(undefined),
        cacheFolder: folder,
      },
    );
  return {
    standIn,
    folder,
    load,
    withModel: async (options, use, file = standIn) => {
      const model = await load(file, options);
      try {
        return await use(model);
      } finally {
        await model.close();
      }
    },
    close: async () => {
      await llama.release();
      await rm(folder, { recursive: true });
    },
  };
}

export function answer(model: LanguageModel, messages: readonly Message[], maxTokens = 12): Promise<Generation> {
  return model.generate({ messages, maxTokens, signal: never });
}
