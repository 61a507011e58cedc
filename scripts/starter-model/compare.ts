/** Holds llama.cpp against the training program: the same tokens for every text, the same next token with nearly the same probability. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { PracticeModel } from './practiceModel.js';

const largestDifference = 0.02;

const lineSchema = z.object({
  text: z.string(),
  tokens: z.array(z.number()),
  likeliest: z.number().optional(),
  probability: z.number().optional(),
});

const path = process.argv[2];
if (path === undefined) throw new Error('Say which file reference.py wrote.');
const lines = readFileSync(path, 'utf8')
  .trim()
  .split('\n')
  .map((line) => lineSchema.parse(JSON.parse(line)));

const model = await PracticeModel.load();
let differentTokens = 0;
let continued = 0;
let differentNext = 0;
let largest = 0;
for (const line of lines) {
  const tokens = model.tokenize(line.text);
  if (JSON.stringify(tokens) !== JSON.stringify(line.tokens)) {
    differentTokens++;
    console.log(`Other tokens for ${JSON.stringify(line.text)}: ${tokens.join(' ')} instead of ${line.tokens.join(' ')}`);
    continue;
  }
  if (line.likeliest === undefined || line.probability === undefined) continue;
  continued++;
  const next = await model.next(line.text);
  const difference = Math.abs(next.probability - line.probability);
  largest = Math.max(largest, difference);
  // Two tokens of nearly equal probability may change places; one that is clearly the likeliest may not.
  if (difference > largestDifference || (next.token !== line.likeliest && line.probability > 0.6)) {
    differentNext++;
    console.log(`Another continuation of ${JSON.stringify(line.text)}: ${JSON.stringify(next)} instead of ${line.likeliest}`);
  }
}
console.log(
  `${lines.length} texts, ${differentTokens} cut differently; ` +
    `${continued} continued, ${differentNext} differently, largest difference of probability ${largest.toFixed(4)}`,
);
await model.close();
if (differentTokens + differentNext > 0) process.exitCode = 1;
