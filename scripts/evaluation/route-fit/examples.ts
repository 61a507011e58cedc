import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../../src/paths.js';
import { featuresOf, type QuestionForm } from '../../../src/routing/features.js';
import { Lexicon } from '../../../src/routing/lexicon.js';
import type { Example } from './logistic.js';

const graded = z.object({ prompt: z.string(), weakRight: z.boolean(), strongRight: z.boolean() });
const sides = z.strictObject({ local: z.array(z.string()), host: z.array(z.string()) });
const sentences = z.strictObject({ en: sides, ko: sides });

interface Source {
  readonly form: QuestionForm;
  /** 0 to 255, the same for the same text everywhere: what splits into halves and folds. */
  readonly hash: number;
}

/** A prompt that both models answered. */
export interface GradedExample extends Example, Source {
  readonly weakRight: boolean;
  readonly strongRight: boolean;
}

export interface SpokenExample extends Example, Source {
  readonly text: string;
}

const lexicon = Lexicon.load();

/** `target`: 1 where only the strong model was right, 0 where only the weak one, a half where it made no difference. */
export async function gradedExamples(file: string): Promise<readonly GradedExample[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const { prompt, weakRight, strongRight } = graded.parse(JSON.parse(line));
    const target = (1 + Number(strongRight) - Number(weakRight)) / 2;
    return { ...source(prompt), target, weight: 1, weakRight, strongRight };
  });
}

/** The project's own sentences: 0 for the device, 1 for the host. */
export async function spokenExamples(weights: Readonly<Record<'local' | 'host', number>>): Promise<readonly SpokenExample[]> {
  const { en, ko } = sentences.parse(parse(await readFile(join(projectRoot, 'scripts/evaluation/routeSentences.yaml'), 'utf8')));
  const example = (target: number) => (text: string) => ({
    ...source(text),
    text,
    target,
    weight: target === 1 ? weights.host : weights.local,
  });
  return [...en.local.map(example(0)), ...en.host.map(example(1)), ...ko.local.map(example(0)), ...ko.host.map(example(1))];
}

function source(text: string) {
  const { form, values } = featuresOf(text, lexicon);
  return { form, features: values, hash: hashOf(text) };
}

/** The half that the weights are fitted on; the other half is for the report. */
export function isForFitting(hash: number): boolean {
  return hash % 2 === 0;
}

export function hashOf(text: string): number {
  return createHash('sha256').update(text).digest()[0] ?? 0;
}
