/**
 * Makes YAML into what `tandem evaluate route` reads: `npx tsx scripts/evaluation/routeYaml.ts en|ko PATH > questions.jsonl`
 *
 * PATH is a file as test/standalone/routing/sentences.yaml (sentences by language and side), or a folder of home-assistant/intents' tests in
 * that language: every sentence of theirs should stay on the device.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const language = z.enum(['en', 'ko']);
const sides = z.record(language, z.strictObject({ local: z.array(z.string()), host: z.array(z.string()) }));
const intents = z.object({ tests: z.array(z.object({ sentences: z.array(z.string()) })).default([]) });

const [chosen, path] = process.argv.slice(2);
if (chosen === undefined || path === undefined) {
  console.error('npx tsx scripts/evaluation/routeYaml.ts en|ko PATH > questions.jsonl');
  process.exitCode = 2;
} else {
  const spoken = language.parse(chosen);
  const { local, host } = (await stat(path)).isDirectory()
    ? { local: await sentencesIn(path), host: [] }
    : sides.parse(parse(await readFile(path, 'utf8')))[spoken];
  for (const text of local) write(text, spoken, 'local');
  for (const text of host) write(text, spoken, 'host');
}

function write(text: string, spoken: z.infer<typeof language>, want: 'local' | 'host'): void {
  process.stdout.write(`${JSON.stringify({ text, language: spoken, want })}\n`);
}

async function sentencesIn(folder: string): Promise<readonly string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const read = await Promise.all(files.map(async (name) => intents.parse(parse(await readFile(join(folder, name), 'utf8')))));
  return read.flatMap(({ tests }) => tests.flatMap(({ sentences }) => sentences));
}
