/**
 * How long the router takes, with machine and date: `npx tsx scripts/evaluation/routeSpeed.ts [FILE.jsonl]`, lines as for
 * `tandem evaluate route`; without a file, the sentences that the weights were fitted on.
 */
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { table } from '../../src/cli/table.js';
import { createRouter } from '../../src/routing/create.js';
import { routingOptions } from '../../src/routing/options.js';
import { spokenExamples } from './route-fit/examples.js';

const ROUNDS = 5;
const [file] = process.argv.slice(2);
const texts = file === undefined ? (await spokenExamples({ local: 1, host: 1 })).map(({ text }) => text) : await textsOf(file);
const router = createRouter(routingOptions.parse({}));
const took: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  for (const text of texts) {
    const from = performance.now();
    router.decide({ text, language: /\p{Script=Hangul}/u.test(text) ? 'ko' : 'en' }, [], { count: 1, queue: 0, tokensPerSecond: 20 });
    if (round > 0) took.push(performance.now() - from);
  }
}
took.sort((a, b) => a - b);
const at = (share: number) => `${(took[Math.floor(share * (took.length - 1))] ?? 0).toFixed(3)} ms`;
console.log(`${cpus()[0]?.model ?? 'processor'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
console.log(table(['texts', 'median', '95 %', '99 %'], [[String(texts.length), at(0.5), at(0.95), at(0.99)]]));

async function textsOf(path: string): Promise<readonly string[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const { text, prompt } = JSON.parse(line) as { readonly text?: string; readonly prompt?: string };
    return text ?? prompt ?? '';
  });
}
