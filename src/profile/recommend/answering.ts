import type { CatalogueModel } from '../../models/catalogue.js';
import { megabytes } from '../../models/text.js';
import type { Answers } from './answers.js';
import { brief, byName, type Choice, type Part } from './choice.js';
import type { Machine } from './machine.js';
import { expectedSpeed } from './speed.js';

/** Which language model a machine holds and runs quickly enough. */

export interface Mind extends Part {
  readonly model: CatalogueModel;
  /** Bytes in use. */
  readonly memory: number;
  readonly onGpu: boolean;
}

/** Speech needs about four tokens a second; below that the voice waits for the model. */
export const SLOWEST: Readonly<Record<Answers['speed'], number>> = { quick: 6, balanced: 4, patient: 2 };

/** The context that the catalogue's memory figures are for, tokens. */
const STANDARD_CONTEXT = 4096;
/** A machine with less than this has no memory to spare, bytes. */
const TIGHT_MEMORY = 6e9;

/** `budget`: bytes of memory that are left for the model. */
export function answering(machine: Machine, answers: Answers, kind: 'device' | 'host', budget: number): Mind {
  const fits = (model: CatalogueModel, context: number) => memoryFor(model, context) <= budget && model.bytes < machine.diskFree;
  const { model, reason } = choose(machine, answers, kind, budget, fits);
  const starter = isStarter(model);
  const tight = machine.memory < TIGHT_MEMORY;
  const wanted = starter ? [1024] : tight ? [2048] : answers.questions === 'hard' ? [8192, 4096, 2048] : [4096, 2048];
  // Half as much again must be free, so that a busy moment does not push the model out of memory.
  const context = wanted.find((tokens) => fits(model, tokens * 1.5)) ?? 1024;
  const onGpu = fitsGpu(machine, model);

  const choices: Choice[] = [
    { path: 'languageModel.engine', value: 'exaone', reason: 'EXAONE in this process, by llama.cpp.' },
    { path: 'languageModel.model', value: model.name, reason },
    { path: 'languageModel.contextTokens', value: context, reason: contextReason(model, context) },
  ];
  const add = (field: string, value: Choice['value'], why: string) => choices.push({ path: `languageModel.${field}`, value, reason: why });
  if (starter) add('maxAnswerTokens', 60, 'It was trained on short answers.');
  if (starter) add('temperature', 0, 'It knows one answer to each question.');
  if (!starter && tight) add('useMmap', false, 'A mapped file would cost its size in memory a second time.');
  if (onGpu) add('gpu', 'auto', `${machine.gpu?.name} holds all of the model.`);
  const draft = byName('exaone-3.5-2.4b-q4_k_m');
  const drafts = kind === 'host' && isBig(model) && memoryFor(model, context) + memoryFor(draft, context) <= budget;
  if (drafts) add('draftModel', draft.name, 'There is memory for the 2.4B to draft words that the 7.8B checks.');
  return { model, memory: memoryFor(model, context), onGpu, choices, models: drafts ? [model, draft] : [model] };
}

function choose(
  machine: Machine,
  answers: Answers,
  kind: 'device' | 'host',
  budget: number,
  fits: (model: CatalogueModel, context: number) => boolean,
): { model: CatalogueModel; reason: string } {
  const big = byName('exaone-3.5-7.8b-q4_k_m');
  const small = byName('exaone-3.5-2.4b-q4_k_m');
  const quickEnough = (model: CatalogueModel) => fitsGpu(machine, model) || expectedSpeed(machine, model) >= SLOWEST[answers.speed];
  const wantsBig = kind === 'host' || ((answers.questions === 'hard' || answers.accuracy === 'strict') && answers.speed !== 'quick');

  if (wantsBig && fits(big, STANDARD_CONTEXT) && (kind === 'host' || quickEnough(big))) {
    const why = kind === 'host' ? 'A host is there for hard questions' : 'You want it right';
    return { model: big, reason: `${why}, and the 7.8B fits${fitsGpu(machine, big) ? ' on the GPU' : ` (${pace(machine, big)})`}.` };
  }
  if (!fits(small, 1024)) {
    const reason =
      `EXAONE 3.5 2.4B needs ${megabytes(memoryFor(small, 1024))} of memory and ${megabytes(small.bytes)} of disk; ` +
      `here ${megabytes(Math.max(0, budget))} and ${megabytes(machine.diskFree)} are left for it. The practice model comes with the project.`;
    return { model: byName('tandem-starter'), reason };
  }
  if (answers.accuracy === 'strict') {
    const finer = ['exaone-3.5-2.4b-q8_0', 'exaone-3.5-2.4b-q6_k']
      .map(byName)
      .find((model) => fits(model, STANDARD_CONTEXT) && quickEnough(model));
    if (finer !== undefined)
      return { model: finer, reason: 'You want it right: larger numbers lose less of the model, and it is quick enough.' };
  }
  if (wantsBig) {
    const why = fits(big, STANDARD_CONTEXT) ? `would be too slow (${pace(machine, big)})` : 'does not fit';
    return { model: small, reason: `The 7.8B ${why}; the 2.4B does what this machine can (${pace(machine, small)}).` };
  }
  const why =
    answers.questions === 'everyday' ? 'Everyday questions need no larger model' : 'Light, quick, and good at following instructions';
  return { model: small, reason: `${why} (${pace(machine, small)}).` };
}

function contextReason(model: CatalogueModel, context: number): string {
  return isStarter(model)
    ? 'What it was trained for.'
    : `Room for the conversation; takes ${megabytes(context * bytesPerToken(model))} of memory.`;
}

function pace(machine: Machine, model: CatalogueModel): string {
  return `about ${brief(expectedSpeed(machine, model))} tokens a second`;
}

function memoryFor(model: CatalogueModel, context: number): number {
  return model.memoryMb * 1e6 + (isStarter(model) ? 0 : (context - STANDARD_CONTEXT) * bytesPerToken(model));
}

/** Of the context, at 16 bits a number. */
function bytesPerToken(model: CatalogueModel): number {
  return (isBig(model) ? 128 : 75) * 1024;
}

function fitsGpu({ gpu }: Machine, model: CatalogueModel): boolean {
  return gpu?.memory !== undefined && !isStarter(model) && memoryFor(model, STANDARD_CONTEXT) <= gpu.memory;
}

function isBig(model: CatalogueModel): boolean {
  return model.family === 'exaone-3.5-7.8b';
}

export function isStarter(model: CatalogueModel): boolean {
  return model.family === 'tandem-starter';
}
