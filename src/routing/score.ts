import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../paths.js';
import { featuresOf, type QuestionForm } from './features.js';
import { Lexicon } from './lexicon.js';

const linear = z.object({ bias: z.number(), weights: z.record(z.string(), z.number()) });
const weightsFile = z.object({ open: linear, choices: linear });
type Weights = Readonly<Record<QuestionForm, { readonly bias: number; readonly weights: ReadonlyMap<string, number> }>>;

const NAMES_A_KIND = /^(?:subject|field|task)\./;

export interface Scored {
  /** 0 to 1: how much a question gains by the larger model. */
  readonly score: number;
  /** The subject, field or task that raised it most: `task.explain`, `field.science`; undefined where only length and shape did. */
  readonly because: string | undefined;
}

/**
 * How much a question gains by the larger model: a logistic regression over `features.ts` with the weights of `weights.yaml`, one for
 * each form of question.
 */
export class Scorer {
  private static loaded: Scorer | undefined;
  private readonly lexicon: Lexicon;
  private readonly weights: Weights;

  private constructor(lexicon: Lexicon, weights: Weights) {
    this.lexicon = lexicon;
    this.weights = weights;
  }

  /** Reads its two files once in the life of the program. */
  static load(): Scorer {
    if (Scorer.loaded !== undefined) return Scorer.loaded;
    const { open, choices } = weightsFile.parse(parse(readFileSync(join(projectRoot, 'src/routing/weights.yaml'), 'utf8')));
    const mapped = ({ bias, weights }: z.infer<typeof linear>) => ({ bias, weights: new Map(Object.entries(weights)) });
    Scorer.loaded = new Scorer(Lexicon.load(), { open: mapped(open), choices: mapped(choices) });
    return Scorer.loaded;
  }

  score(text: string): Scored {
    const { form, values } = featuresOf(text, this.lexicon);
    const { bias, weights } = this.weights[form];
    let sum = bias;
    let most = 0;
    let because: string | undefined;
    for (const [name, value] of values) {
      const part = value * (weights.get(name) ?? 0);
      sum += part;
      if (part > most && NAMES_A_KIND.test(name)) {
        most = part;
        because = name;
      }
    }
    return { score: 1 / (1 + Math.exp(-sum)), because };
  }
}
