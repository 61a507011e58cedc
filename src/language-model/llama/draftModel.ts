import { createHash } from 'node:crypto';
import { DraftSequenceTokenPredictor, type LlamaContext, type LlamaModel, type Token, type TokenPredictor } from 'node-llama-cpp';
import type { Log } from '../../engineContext.js';
import { TandemError } from '../../errors.js';
import type { ModelFacts } from '../modelFile.js';
import type { ExaoneOptions } from '../options.js';
import { processorName } from './cores.js';
import { EvaluatedContext } from './evaluatedContext.js';
import { type LoadedModel, loadModel } from './loadModel.js';
import { Measurements } from './measurements.js';

/**
 * A smaller model that drafts the next few tokens; the large one checks them all at once, which costs it hardly more than one. What is said is
 * the same; whether it is quicker depends on the machine, so it is measured.
 */

/** More than this are seldom all right. */
const MOST_DRAFTED = 8;
const MEASURED_TOKENS = 32;
/** Less gain is not worth the memory. */
const WORTH_A_MODEL = 1.05;
const TEXT_TO_TOKENISE = 'In 2026, 3 small speakers said: "안녕하세요, it\'s 5°C outside!"';

export interface DraftUse {
  readonly tokenPredictor: () => Promise<TokenPredictor>;
  close(): Promise<void>;
}

/** The draft model ready to use, or undefined where it is slower with it, or there is no memory for it. `file`: of the draft model. */
export async function useDraftModel(
  file: string,
  target: LoadedModel,
  threads: number,
  options: Pick<ExaoneOptions, 'contextTokens' | 'kvCache' | 'useMmap' | 'gpu'>,
  { log, cacheFolder }: { readonly log: Log; readonly cacheFolder: string },
): Promise<DraftUse | undefined> {
  let draft: LoadedModel;
  try {
    draft = await loadModel(file, { ...options, kvCache: 'f16' }, log);
  } catch (error) {
    if (!(error instanceof TandemError) || error.code !== 'not-enough-memory') throw error;
    log.warn({ code: error.code }, 'no memory for the draft model: going on without it');
    return undefined;
  }
  const use = open(draft, target.contextTokens, threads);
  try {
    requireSameVocabulary(draft.model, target.model);
    const measured = new Measurements(cacheFolder);
    const key = keyOf(target.facts, draft.facts, threads);
    const gainPercent = (await measured.get(key)) ?? (await measureGain(target, use, threads, options.kvCache));
    await measured.set(key, gainPercent);
    const kept = gainPercent >= WORTH_A_MODEL * 100;
    log.info({ gainPercent, kept }, 'draft model measured: speed with it, in percent of the speed without');
    if (kept) return use;
  } catch (error) {
    await use.close();
    throw error;
  }
  await use.close();
  return undefined;
}

function open(draft: LoadedModel, contextTokens: number, threads: number): DraftUse {
  const contexts: LlamaContext[] = [];
  return {
    tokenPredictor: async () => {
      const { model, flashAttention } = draft;
      const context = await model.createContext({ contextSize: contextTokens, threads, flashAttention, failedCreationRemedy: false });
      contexts.push(context);
      return new DraftSequenceTokenPredictor(context.getSequence(), { maxTokens: MOST_DRAFTED });
    },
    close: async () => {
      for (const context of contexts) await context.dispose();
      await draft.release();
    },
  };
}

/** Tokens a second with the draft model, in percent of those without. */
async function measureGain(target: LoadedModel, draft: DraftUse, threads: number, kvCache: 'f16' | 'q8_0'): Promise<number> {
  const context = { tokens: 256, startTokens: 256, threads, kvCache, flashAttention: target.flashAttention };
  const without = await decodeMs(target.model, context);
  const withDraft = await decodeMs(target.model, { ...context, tokenPredictor: draft.tokenPredictor });
  return Math.round((without / withDraft) * 100);
}

async function decodeMs(model: LlamaModel, options: Parameters<typeof EvaluatedContext.create>[1]): Promise<number> {
  const context = await EvaluatedContext.create(model, options);
  try {
    const prompt = model.tokenize('A rainbow is made when the light of the sun', false);
    let start = 0;
    let count = 0;
    for await (const _ of context.generate(prompt, { temperature: 0, topP: 1 }, () => false)) {
      if (count === 0) start = performance.now();
      if (count === MEASURED_TOKENS) break;
      count += 1;
    }
    return performance.now() - start;
  } finally {
    await context.dispose();
  }
}

function requireSameVocabulary(draft: LlamaModel, target: LlamaModel): void {
  const tokens = (model: LlamaModel): Token[] => [...model.tokenize(TEXT_TO_TOKENISE, false), ...model.tokenize('[|endofturn|]', true)];
  if (tokens(draft).join() === tokens(target).join()) return;
  throw new TandemError({
    code: 'draft-model-unsuitable',
    stage: 'language-model',
    message: 'The draft model has another vocabulary than the model, so it can not draft for it.',
    remedy: 'Use the EXAONE 3.5 2.4B to draft for the 7.8B, or leave draftModel out.',
    recoverable: false,
  });
}

function keyOf(target: ModelFacts, draft: ModelFacts, threads: number): string {
  const parts = ['draft', target.bytes, target.modified, draft.bytes, draft.modified, processorName(), threads];
  return createHash('sha256').update(parts.join('|')).digest('hex');
}
