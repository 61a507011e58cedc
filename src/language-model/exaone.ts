import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LlamaModel, Token } from 'node-llama-cpp';
import type { EngineContext, Log } from '../engineContext.js';
import { TandemError, toTandemError } from '../errors.js';
import type { GenerateRequest, Generation, LanguageModel, Message } from './contract.js';
import { GenerationProgress } from './generationProgress.js';
import { AnswerText } from './llama/answerText.js';
import { usableCores } from './llama/cores.js';
import { type DraftUse, useDraftModel } from './llama/draftModel.js';
import { EvaluatedContext, type Sampling } from './llama/evaluatedContext.js';
import { loadModel, notLoaded } from './llama/loadModel.js';
import { PreparedStates, stateKey } from './llama/preparedState.js';
import { Prompt, type PromptTokens } from './llama/prompt.js';
import { chooseThreads } from './llama/threads.js';
import type { ExaoneOptions } from './options.js';
import { SerialQueue } from './serialQueue.js';
import { untilAborted } from './untilAborted.js';

/** A context may start smaller than the profile allows while it would take more than this, in bytes. */
const SMALL_CONTEXT_BYTES = 64e6;
const START_TOKENS = 512;
/** Room that `prefill` makes for the question that will come. */
const QUESTION_TOKENS = 128;
/** A folder in memory: evaluated conversations must not reach a disk. */
const MEMORY_FOLDER = '/dev/shm';

interface Parts {
  readonly file: string;
  readonly model: LlamaModel;
  readonly context: EvaluatedContext;
  readonly prompt: Prompt;
  readonly contextTokens: number;
  readonly maxAnswerTokens: number;
  readonly sampling: Sampling;
  /** With what a state must agree besides its tokens; undefined where none is kept. */
  readonly prepared: { readonly states: PreparedStates; readonly keyOf: (tokens: readonly Token[]) => Promise<string> } | undefined;
  readonly log: Log;
  readonly release: () => Promise<void>;
}

/** EXAONE 3.5 in this process, on llama.cpp, token by token. */
export class Exaone implements LanguageModel {
  readonly label: string;
  readonly capabilities: { readonly contextTokens: number; readonly prefill: boolean };
  readonly #parts: Parts;
  readonly #queue = new SerialQueue();
  #closed = false;

  private constructor(parts: Parts) {
    this.label = `exaone (${parts.file})`;
    this.capabilities = { contextTokens: parts.contextTokens, prefill: true };
    this.#parts = parts;
  }

  /** Rejects with a `TandemError` that says what is wrong with the files, the memory or the options. */
  static async load(options: ExaoneOptions, engineContext: EngineContext): Promise<Exaone> {
    const { log, cacheFolder } = engineContext;
    const file = await engineContext.modelFile(options.model);
    const draftFile = options.draftModel === undefined ? undefined : await engineContext.modelFile(options.draftModel);
    const loaded = await loadModel(file, options, log);
    const { model, facts, contextTokens, flashAttention } = loaded;
    let draft: DraftUse | undefined;
    const release = async () => {
      await draft?.close();
      await loaded.release();
    };
    try {
      const prompt = new Prompt(model, options.systemMessage.en);
      const threads =
        options.threads === 'auto' ? await chooseThreads(model, facts, cacheFolder) : Math.min(options.threads, usableCores());
      if (draftFile !== undefined) draft = await useDraftModel(draftFile, loaded, threads, options, engineContext);
      const startsWhole = draft !== undefined || facts.contextBytesPerToken * contextTokens < SMALL_CONTEXT_BYTES;
      const context = await EvaluatedContext.create(model, {
        tokens: contextTokens,
        startTokens: startsWhole ? contextTokens : START_TOKENS,
        threads,
        kvCache: options.kvCache,
        flashAttention,
        ...(draft === undefined ? {} : { tokenPredictor: draft.tokenPredictor }),
        ...(existsSync(MEMORY_FOLDER) ? { scratchFolder: MEMORY_FOLDER } : {}),
      });
      const { useMmap, gpuLayers } = model;
      log.info({ threads, contextTokens, useMmap, gpuLayers, draft: draft !== undefined }, 'language model loaded');
      const { temperature, topP, seed } = options;
      const states = new PreparedStates(join(cacheFolder, 'prepared'));
      return new Exaone({
        file: model.filename ?? file,
        model,
        context,
        prompt,
        contextTokens,
        maxAnswerTokens: options.maxAnswerTokens,
        sampling: { temperature, topP, ...(seed === undefined ? {} : { seed }) },
        prepared: options.savePreparedState
          ? { states, keyOf: (tokens) => stateKey(facts, `${options.kvCache} ${flashAttention}`, tokens) }
          : undefined,
        log,
        release,
      });
    } catch (error) {
      await release();
      throw notLoaded(error, file);
    }
  }

  generate(request: GenerateRequest): Promise<Generation> {
    const progress = new GenerationProgress();
    const work = this.#run(() => this.#answer(request, progress));
    return untilAborted(work, request.signal, () => progress.result('aborted'));
  }

  prefill(messages: readonly Message[], signal: AbortSignal): Promise<void> {
    const work = this.#run(async () => {
      const stopped = () => this.#closed || signal.aborted;
      if (stopped()) return;
      const { prompt, context, contextTokens, maxAnswerTokens } = this.#parts;
      const wanted = prompt.forHistory(messages, contextTokens, maxAnswerTokens);
      await context.makeRoom(wanted.tokens.length + QUESTION_TOKENS + wanted.answerTokens);
      await this.#prepareSystemMessage(wanted, stopped);
      const common = await context.keepCommon(wanted.tokens);
      await context.evaluate(wanted.tokens.slice(common), stopped);
    });
    return untilAborted(work, signal, () => undefined);
  }

  async close(): Promise<void> {
    if (this.#closed) return this.#queue.idle();
    this.#closed = true;
    await this.#queue.add(async () => {
      await this.#parts.context.dispose();
      await this.#parts.release();
    });
  }

  async #answer(request: GenerateRequest, progress: GenerationProgress): Promise<Generation> {
    const stopped = () => this.#closed || request.signal.aborted;
    if (stopped()) return progress.result('aborted');
    const { prompt, context, contextTokens, model, sampling } = this.#parts;
    const wanted = prompt.forAnswer(request.messages, contextTokens, request.maxTokens);
    progress.promptTokens = wanted.tokens.length;
    await context.makeRoom(wanted.tokens.length + wanted.answerTokens);
    await this.#prepareSystemMessage(wanted, stopped);
    // The last token is always evaluated: what follows it is what is asked for.
    progress.cachedTokens = await context.keepCommon(wanted.tokens.slice(0, -1));

    const text = new AnswerText<Token>((tokens, before) => model.detokenize(tokens, false, before));
    const answer: Token[] = [];
    let stopReason: Generation['stopReason'] = 'aborted';
    for await (const { token, probability } of context.generate(wanted.tokens.slice(progress.cachedTokens), sampling, stopped)) {
      if (stopped()) break;
      progress.sampled(probability);
      if (prompt.endsAnswer(token)) {
        stopReason = 'end';
        break;
      }
      answer.push(token);
      const piece = text.push(token);
      progress.add(piece);
      if (piece !== '') request.onText?.(piece);
      if (answer.length >= wanted.answerTokens) {
        stopReason = 'length';
        break;
      }
    }
    prompt.rememberAnswer(text.text, answer);
    return progress.result(stopReason);
  }

  /** Has the system message evaluated, from the disk where it was evaluated before; else it is evaluated and put there. */
  async #prepareSystemMessage({ tokens, systemTokens }: PromptTokens, stopped: () => boolean): Promise<void> {
    const { prepared, context, log } = this.#parts;
    const system = tokens.slice(0, systemTokens);
    if (prepared === undefined || startsWith(context.evaluatedTokens, system)) return;
    const key = await prepared.keyOf(system);
    const found = await prepared.states.load(key, async (file) => {
      await context.load(file);
      if (!startsWith(context.evaluatedTokens, system)) throw new Error('a state of something else');
    });
    if (found) return;
    const common = await context.keepCommon(system);
    await context.evaluate(system.slice(common), stopped);
    if (stopped()) return;
    await prepared.states
      .save(key, (file) => context.save(file))
      .catch((cause: unknown) => {
        log.warn({ cause: String(cause) }, 'the evaluated system message could not be kept');
      });
  }

  /** One job at a time; one that fails leaves nothing half evaluated behind. */
  #run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(closedError());
    return this.#queue.add(async () => {
      try {
        return await job();
      } catch (error) {
        await this.#parts.context.clear().catch(() => {});
        throw toTandemError(error, 'language-model', 'generation-failed');
      }
    });
  }
}

function startsWith(tokens: readonly Token[], start: readonly Token[]): boolean {
  return start.every((token, i) => tokens[i] === token);
}

function closedError(): TandemError {
  return new TandemError({ code: 'closed', stage: 'language-model', message: 'The language model was closed.', recoverable: false });
}
