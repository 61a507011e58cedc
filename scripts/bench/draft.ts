/**
 * Whether a draft model pays: `npx tsx scripts/bench/draft.ts MODEL.gguf DRAFT.gguf`. Prints what the engine itself measures when it is given
 * one, on which it decides. With stand-ins of random weights hardly a draft is ever right, so this is the worst that drafting can cost.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { exaoneOptions } from '../../src/language-model/options.js';
import { machineLine, printTable } from './machine.js';
import { loadEngine } from './modelEngine.js';

const [model, draftModel] = process.argv.slice(2);
if (model === undefined || draftModel === undefined) {
  console.error('Two files: npx tsx scripts/bench/draft.ts MODEL.gguf DRAFT.gguf');
  process.exit(2);
}
const cacheFolder = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
try {
  const options = exaoneOptions.parse({ engine: 'exaone', model, draftModel, contextTokens: 1024 });
  const { engine, logged } = await loadEngine(options, cacheFolder);
  await engine.close();
  process.stdout.write(`${machineLine()}\n`);
  printTable(
    ['model', 'draft', 'speed with the draft', 'so it is'],
    [[basename(model), basename(draftModel), `${logged.gainPercent ?? '?'} % of that without`, logged.kept === true ? 'used' : 'left out']],
  );
} finally {
  await rm(cacheFolder, { recursive: true });
}
