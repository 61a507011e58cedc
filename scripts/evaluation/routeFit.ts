/**
 * Fits the router's weights (`src/routing/weights.yaml`): `npx tsx scripts/evaluation/routeFit.ts ROUTELLM.jsonl`
 *
 * From two sources: half of the prompts of a file with what a weak and a strong model got right (lines of
 * {"prompt", "weakRight", "strongRight"}; split by a hash of the prompt), and the project's own sentences (routeSentences.yaml).
 * `ridge` is chosen by five-fold cross-validation inside that half. The other half is written out with --rest, for
 * `tandem evaluate route`. The same input gives the same weights.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { projectRoot } from '../../src/paths.js';
import type { QuestionForm } from '../../src/routing/features.js';
import { gapRecovered } from '../../src/routing/performanceGap.js';
import { type GradedExample, gradedExamples, hashOf, isForFitting, type SpokenExample, spokenExamples } from './route-fit/examples.js';
import { fitLogistic, type LinearModel, sumOf } from './route-fit/logistic.js';

/** Tried by cross-validation. */
const RIDGES = { open: [10, 30, 100], choices: [1000, 3000, 10_000] } as const;
/** One of our sentences counts as much as this many graded prompts. */
const SPOKEN_WEIGHT = { local: 4, host: 5 };
const FOLDS = 5;
/** Of those whose quality is within this of the best, the largest ridge is taken: smaller weights carry over better. */
const AS_GOOD = 0.01;
/** Steeper, so that scores fill 0 to 1; it changes no order and no side of 0.5. */
const STEEPNESS = 1.5;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rest: { type: 'string' }, dry: { type: 'boolean' } } });
const [file] = positionals;
if (file === undefined) {
  console.error('npx tsx scripts/evaluation/routeFit.ts ROUTELLM.jsonl [--rest REST.jsonl] [--dry]');
  process.exitCode = 2;
} else {
  await writeRest(file);
  const graded = (await gradedExamples(file)).filter(({ hash }) => isForFitting(hash));
  const spoken = await spokenExamples(SPOKEN_WEIGHT);
  const open = choose([...graded.filter(({ form }) => form === 'open'), ...spoken], RIDGES.open, sidesRight);
  const choices = choose(
    graded.filter(({ form }) => form === 'choices'),
    RIDGES.choices,
    gap,
  );
  console.error(
    `all prompts of the fitted half, each scored by weights fitted without it: gap recovered ${gap([...open.scored, ...choices.scored]).toFixed(3)}`,
  );
  if (values.dry !== true) {
    const made = { prompts: graded.length, sentences: spoken.length, ridge: { open: open.ridge, choices: choices.ridge } };
    await writeWeights(made, { open: open.model, choices: choices.model });
  }
}

type Known = GradedExample | SpokenExample;
type Scored = Known & { readonly score: number };

/** Fits with the ridge that does best on folds left out; `ridges` rise. */
function choose(examples: readonly Known[], ridges: readonly number[], quality: (scored: readonly Scored[]) => number) {
  const tried = ridges.map((ridge) => {
    const scored = crossScored(examples, ridge);
    return { ridge, scored, quality: quality(scored) };
  });
  for (const { ridge, quality: reached } of tried) console.error(`ridge ${ridge}: ${reached.toFixed(3)}`);
  const most = Math.max(...tried.map((one) => one.quality));
  const best = tried.findLast((one) => one.quality >= most - AS_GOOD) ?? tried[0];
  if (best === undefined) throw new RangeError('No ridge to try.');
  if (values.dry === true) printWrong(best.scored);
  return { ...best, model: fitLogistic(examples, best.ridge) };
}

/** Each example's score by a model fitted without its fold. */
function crossScored(examples: readonly Known[], ridge: number): readonly Scored[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const isOut = ({ hash }: Known) => (hash >> 1) % FOLDS === fold;
    const model = fitLogistic(
      examples.filter((example) => !isOut(example)),
      ridge,
    );
    return examples.filter(isOut).map((example) => ({ ...example, score: sumOf(model, example.features) }));
  }).flat();
}

/** Average performance gap recovered. */
function gap(scored: readonly Scored[]): number {
  return 0.5 + (gapRecovered(scored.filter((one) => 'weakRight' in one)).areaAboveRandom ?? 0);
}

/** Mean of the share of everyday sentences below 0 and of hard ones above. */
function sidesRight(scored: readonly Scored[]): number {
  const right = (target: number) => {
    const side = scored.filter((one) => 'text' in one && one.target === target);
    return side.filter(({ score }) => (target === 1) === score > 0).length / side.length;
  };
  return (right(0) + right(1)) / 2;
}

function printWrong(scored: readonly Scored[]): void {
  for (const one of scored)
    if ('text' in one && (one.target === 1) !== one.score > 0)
      console.error(`${one.target === 1 ? 'kept' : 'sent'} ${one.score.toFixed(2)} ${one.text}`);
}

async function writeRest(from: string): Promise<void> {
  if (values.rest === undefined) return;
  const lines = (await readFile(from, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const rest = lines.filter((line) => !isForFitting(hashOf((JSON.parse(line) as { prompt: string }).prompt)));
  await writeFile(values.rest, `${rest.join('\n')}\n`);
}

async function writeWeights(made: object, models: Readonly<Record<QuestionForm, LinearModel>>): Promise<void> {
  const rounded = (value: number) => Number((STEEPNESS * value).toFixed(3));
  const plain = ({ bias, weights }: LinearModel) => ({
    bias: rounded(bias),
    weights: Object.fromEntries([...weights].map(([name, value]) => [name, rounded(value)])),
  });
  const head = '# Written by scripts/evaluation/routeFit.ts; not by hand. What the names mean: src/routing/features.ts and words.yaml.\n';
  const text = stringify({ made, open: plain(models.open), choices: plain(models.choices) });
  await writeFile(join(projectRoot, 'src/routing/weights.yaml'), head + text);
}
