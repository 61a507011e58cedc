/**
 * Whether `tandem profile recommend` expects the right speed: `npx tsx scripts/bench/expectedSpeed.ts FILE.gguf`. Memory bandwidth and
 * generation are measured in turns, so that whatever else the machine does disturbs both.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLanguageModel } from '../../src/language-model/create.js';
import { usableCores } from '../../src/language-model/llama/cores.js';
import { exaoneOptions } from '../../src/language-model/options.js';
import { measureBandwidth } from '../../src/profile/recommend/bandwidth.js';
import { readMachine } from '../../src/profile/recommend/machine.js';
import { expectedSpeed } from '../../src/profile/recommend/speed.js';
import { machineLine, printTable, quantile } from './machine.js';

const ROUNDS = 5;
const ANSWER_TOKENS = 24;

const file = process.argv[2];
if (file === undefined) {
  console.error('Name a GGUF file of EXAONE 3.5, or a stand-in of its size (npx tsx scripts/stand-in/make.ts 2.4b).');
  process.exit(2);
}
const nothing = () => undefined;
const cacheFolder = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
const model = await createLanguageModel(
  exaoneOptions.parse({ engine: 'exaone', model: file, contextTokens: 512, savePreparedState: false }),
  {
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    modelFile: async (path) => resolve(path),
    secret: async () => undefined,
    cacheFolder,
  },
);
const { size: bytes } = await stat(file);
const machine = await readMachine();
const signal = new AbortController().signal;
const rows: { bandwidth: number; expected: number; measured: number }[] = [];
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    const bandwidth = await measureBandwidth(usableCores());
    const messages = [
      { role: 'system', content: 'Answer.' } as const,
      { role: 'user', content: `Tell me about the number ${round}.` } as const,
    ];
    const { tokensPerSecond } = await model.generate({ messages, maxTokens: ANSWER_TOKENS, signal });
    rows.push({ bandwidth, expected: expectedSpeed({ ...machine, bandwidth }, { bytes }), measured: tokensPerSecond ?? Number.NaN });
  }
} finally {
  await model.close();
  await rm(cacheFolder, { recursive: true });
}
const median = (field: keyof (typeof rows)[number]) =>
  quantile(
    rows.map((row) => row[field]),
    0.5,
  ) ?? Number.NaN;
process.stdout.write(`${machineLine()}\n${(bytes / 1e9).toFixed(2)} GB, ${machine.features.join(' ')}, median of ${ROUNDS}\n\n`);
printTable(
  ['GB/s read', 'tokens/s expected', 'tokens/s measured', 'expected / measured'],
  [
    [
      (median('bandwidth') / 1e9).toFixed(1),
      median('expected').toFixed(2),
      median('measured').toFixed(2),
      (median('expected') / median('measured')).toFixed(2),
    ],
  ],
);
