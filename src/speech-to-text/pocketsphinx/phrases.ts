import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { TandemError } from '../../errors.js';
import { projectRoot } from '../../paths.js';
import { spokenWords } from '../spokenWords.js';
import { arpaModel } from './nGramModel.js';

/** The file of sentences to expect, and what the recogniser makes of it. */

const USUAL_PRONUNCIATIONS = join(projectRoot, 'src/speech-to-text/pocketsphinx/pronunciations.yaml');

const word = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z'.-]*$/, 'must be a word in small letters');
const phones = z.string().regex(/^[A-Z]{1,2}( [A-Z]{1,2})*$/, "must be phones as in CMU's dictionary, such as T AE N D AH M");

const pronunciations = z.record(word, phones);
const phrasesFile = z.strictObject({
  pronunciations: pronunciations.default({}),
  sentences: z.array(z.string().min(1).max(200)).min(1).max(20_000),
});

/** What the worker is told about the sentences to expect. */
export interface ExpectedPhrases {
  readonly pronunciations: readonly (readonly [string, string])[];
  readonly vocabulary: readonly string[];
  /** Trigram model, ARPA format. */
  readonly arpa: string;
}

/** Throws `phrases-unreadable` with the first thing that is wrong. */
export async function readPhrases(path: string): Promise<ExpectedPhrases> {
  const usual = await readYaml(USUAL_PRONUNCIATIONS, pronunciations);
  const own = await readYaml(path, phrasesFile);
  const sentences = own.sentences.map((sentence) => spokenWords(sentence)).filter((words) => words.length > 0);
  return {
    pronunciations: Object.entries({ ...usual, ...own.pronunciations }),
    vocabulary: Array.from(new Set(sentences.flat())),
    arpa: arpaModel(sentences),
  };
}

async function readYaml<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, 'it can not be read', error);
  });
  const parsed = schema.safeParse(parseYaml(path, text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw unreadable(path, `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'not valid'}`);
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw unreadable(path, error instanceof YAMLParseError ? (error.message.split('\n')[0] ?? '') : 'it is not YAML', error);
  }
}

function unreadable(path: string, why: string, cause?: unknown): TandemError {
  return new TandemError({
    code: 'phrases-unreadable',
    stage: 'speech-to-text',
    message: `The sentences to expect in ${path} can't be used: ${why}.`,
    remedy: 'Correct the file, or leave `phrases` out of the profile.',
    recoverable: false,
    ...(cause === undefined ? {} : { cause }),
  });
}
