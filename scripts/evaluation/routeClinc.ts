/**
 * Makes a CLINC file (clinc/oos-eval's `data_full.json`, or a part of it: lists of [text, intent] by split) into what
 * `tandem evaluate route` reads: every everyday intent should stay on the device. Out-of-scope requests are left out: nobody said
 * where those should go. `npx tsx scripts/evaluation/routeClinc.ts CLINC.json > everyday.jsonl`
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const clinc = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('npx tsx scripts/evaluation/routeClinc.ts CLINC.json > everyday.jsonl');
  process.exitCode = 2;
} else {
  for (const [text, intent] of Object.values(clinc.parse(JSON.parse(await readFile(file, 'utf8')))).flat()) {
    if (intent !== 'oos') process.stdout.write(`${JSON.stringify({ text, language: 'en', want: 'local', intent })}\n`);
  }
}
