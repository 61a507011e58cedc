import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.js';
import type { Language } from './contract.js';
import type { Recording } from './evaluate.js';
import { spokenWords } from './spokenWords.js';

/** A list of recordings with what is said in them, a JSON object a line. */

const MOST_LINES = 100_000;
const EXAMPLE = '{"file": "kitchen.wav", "text": "turn on the light", "language": "en"}';

const line = z.strictObject({
  file: z.string().min(1),
  text: z.string().refine((text) => spokenWords(text).length > 0, 'has no words'),
  language: z.enum(['en', 'ko']).optional(),
});

/** Files are relative to the manifest. Throws `UsageError` that names every line with a mistake. */
export async function readManifest(path: string, language: Language): Promise<readonly Recording[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`The manifest ${path} can't be read.`, `Give a file with a line a recording: ${EXAMPLE}`);
  });
  const sources = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (sources.length > MOST_LINES) throw new UsageError(`The manifest ${path} has more than ${MOST_LINES} lines.`, 'Cut it into several.');
  const mistakes: string[] = [];
  const recordings: Recording[] = [];
  for (const [index, source] of sources.entries()) {
    if (source.trim() === '') continue;
    const read = await readLine(source, dirname(path), language);
    if ('mistake' in read) mistakes.push(`  line ${index + 1}: ${read.mistake}`);
    else recordings.push(read);
  }
  if (mistakes.length > 0) {
    const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    throw new UsageError(`The manifest ${path} has ${count} (a line looks like ${EXAMPLE}):\n${mistakes.join('\n')}`);
  }
  if (recordings.length === 0) throw new UsageError(`The manifest ${path} has no lines.`, `A line looks like ${EXAMPLE}`);
  return recordings;
}

async function readLine(source: string, folder: string, language: Language): Promise<Recording | { readonly mistake: string }> {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { mistake: 'it is not JSON' };
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) {
    return { mistake: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole line'}: ${message}`).join('; ') };
  }
  const file = resolve(folder, parsed.data.file);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return { mistake: `the file ${file} is not there` };
  if (!found.isFile()) return { mistake: `${file} is not a file` };
  return { file, text: parsed.data.text, language: parsed.data.language ?? language };
}
