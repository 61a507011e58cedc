/**
 * The language model's speed and memory: `npx tsx scripts/bench/model.ts [FILE.gguf]`. Without a file it takes the 2.4B stand-in of the models
 * folder (`npx tsx scripts/stand-in/make.ts 2.4b`). What is compared is measured in one run, in turns; whatever else the machine does
 * disturbs both sides.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { exaoneOptions } from '../../src/language-model/options.js';
import { modelsFolder } from '../../src/paths.js';
import { standInFileName } from '../stand-in/standIn.js';
import { machineLine, printTable } from './machine.js';
import { againstBareLoop } from './modelBareLoop.js';
import { conversation } from './modelConversation.js';
import { defaultsSpeed } from './modelDefaults.js';
import type { Row } from './modelEngine.js';

const [file = join(modelsFolder(), standInFileName('2.4b'))] = process.argv.slice(2);
if (!existsSync(file)) {
  console.error(`${file} is not there. Make it with npx tsx scripts/stand-in/make.ts 2.4b, or name a GGUF file of EXAONE 3.5.`);
  process.exit(1);
}
const options = exaoneOptions.parse({ engine: 'exaone', model: file });
const cacheFolder = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
const rows: Row[] = [];
try {
  const { size } = await stat(file);
  process.stdout.write(
    `${machineLine()}\n${basename(file)}, ${(size / 1e9).toFixed(2)} GB, context of ${options.contextTokens} tokens\n\n`,
  );
  const { threads, rows: talk } = await conversation(options, cacheFolder, size);
  const { speed, rows: loops } = await againstBareLoop(options, cacheFolder, threads);
  rows.push(...talk, ...loops);
  const defaults = await defaultsSpeed(file);
  rows.push(["tokens/s, LlamaChatSession with node-llama-cpp's defaults, the same", defaults.toFixed(2), '']);
  rows.push(['engine / defaults', (speed / defaults).toFixed(1), 'at least 10 on 2 cores']);
} finally {
  await rm(cacheFolder, { recursive: true });
  printTable(['what', 'measured', 'wanted'], rows);
}
