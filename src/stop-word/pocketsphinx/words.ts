import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../paths.js';
import type { Language } from '../../speech-to-text/contract.js';

/** A way to say a word, in the phones of the CMU dictionary. */
export const phones = z.string().regex(/^[A-Z]{1,2}( [A-Z]{1,2}){0,29}$/, 'phones of the CMU dictionary, such as "S T AA P"');

const soundsLike = z.strictObject({
  phones: z.array(phones).min(1).max(8),
  /** Likelihood, as a power of ten, from which it counts. */
  threshold: z.number().int().min(-90).max(0),
  leastMs: z.number().min(0).max(2_000),
});

const words = z.record(z.enum(['en', 'ko']), z.record(z.string(), soundsLike));

/** A word as the worker takes it. */
export interface SpottedWord extends z.infer<typeof soundsLike> {
  readonly name: string;
}

/** The words that come with the program, by language. */
export function knownWords(
  file = join(projectRoot, 'src/stop-word/pocketsphinx/words.yaml'),
): Readonly<Record<Language, readonly SpottedWord[]>> {
  const { en, ko } = words.parse(parse(readFileSync(file, 'utf8')));
  const named = (of: Record<string, z.infer<typeof soundsLike>>) => Object.entries(of).map(([name, word]) => ({ name, ...word }));
  return { en: named(en), ko: named(ko) };
}
