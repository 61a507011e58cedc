import { basename } from 'node:path';
import type { ExaoneOptions } from '../../src/language-model/options.js';
import type { Row } from './model.js';
import { loadEngine } from './modelEngine.js';

/** What the engine itself measures when it is given a draft model. */
export async function draftGain(options: ExaoneOptions & { readonly draftModel: string }, cacheFolder: string): Promise<Row> {
  const { engine, logged } = await loadEngine(options, cacheFolder);
  await engine.close();
  const kept = logged.draft === true ? 'kept' : 'left out';
  return [`speed with ${basename(options.draftModel)} drafting`, `${logged.gainPercent ?? '?'} % of that without: ${kept}`, ''];
}
