import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LlamaContext, LlamaContextSequence, LlamaModel, Token, TokenPredictor } from 'node-llama-cpp';

/** One conversation's evaluated tokens (the KV cache), kept from call to call: what begins the same is not evaluated again. */

export interface ContextOptions {
  /** The most that it may hold. */
  readonly tokens: number;
  /** What it has at first; it grows when more is needed, so that memory goes only to conversations that are long. */
  readonly startTokens: number;
  readonly threads: number;
  readonly kvCache: 'f16' | 'q8_0';
  /** On a processor it costs (a question after 800 tokens took the 2.4B twice as long), and only quantised caches need it. */
  readonly flashAttention: 'auto' | false;
  readonly tokenPredictor?: () => Promise<TokenPredictor>;
  /** Where the evaluated tokens may be put while it grows; in memory, for they hold what was said. Undefined: evaluated again. */
  readonly scratchFolder?: string;
}

export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  readonly seed?: number;
}

export interface Sampled {
  readonly token: Token;
  /** 0 to 1, as the model gave it before temperature; undefined while a draft model is used. */
  readonly probability?: number;
}

/** A piece of a prompt should take this long, so that a new question soon gets its turn when an old one is dropped. */
const PIECE_MS = 400;
const FIRST_PIECE_TOKENS = 32;
/** llama.cpp multiplies 16 rows at once: with 8 a token of the 2.4B takes 65 ms, with 16 and more 40 (one core of an EPYC). */
const SHORTEST_PIECE_TOKENS = 16;
/** Also the batch for which llama.cpp makes room. */
const LONGEST_PIECE_TOKENS = 256;

export class EvaluatedContext {
  #model: LlamaModel;
  #options: ContextOptions;
  #context: LlamaContext;
  #sequence: LlamaContextSequence;
  #pieceTokens = FIRST_PIECE_TOKENS;

  private constructor(model: LlamaModel, options: ContextOptions, context: LlamaContext, sequence: LlamaContextSequence) {
    this.#model = model;
    this.#options = options;
    this.#context = context;
    this.#sequence = sequence;
  }

  static async create(model: LlamaModel, options: ContextOptions): Promise<EvaluatedContext> {
    return new EvaluatedContext(model, options, ...(await open(model, options, Math.min(options.startTokens, options.tokens))));
  }

  get evaluatedTokens(): readonly Token[] {
    return this.#sequence.contextTokens;
  }

  /** Erases what differs from `tokens`; resolves with how many of them are evaluated. */
  async keepCommon(tokens: readonly Token[]): Promise<number> {
    const common = Math.min(this.#sequence.compareContextTokens([...tokens]).firstDifferentIndex, tokens.length);
    const end = this.#sequence.nextTokenIndex;
    if (common < end) await this.#sequence.eraseContextTokenRanges([{ start: common, end }]);
    return common;
  }

  /** Evaluates tokens in pieces; returns early, with what was done kept, when `stopped` says so between two pieces. */
  async evaluate(tokens: readonly Token[], stopped: () => boolean): Promise<void> {
    for (let at = 0; at < tokens.length && !stopped(); ) {
      const piece = tokens.slice(at, at + this.#pieceTokens);
      await this.#timed(piece.length, () => this.#sequence.evaluateWithoutGeneratingNewTokens(piece));
      at += piece.length;
    }
  }

  /** Evaluates the tokens (at least one) and goes on with the tokens that follow, until the caller ends the iteration. End tokens are yielded too. */
  async *generate(tokens: readonly Token[], sampling: Sampling, stopped: () => boolean): AsyncGenerator<Sampled> {
    const lastPiece = tokens.slice(Math.max(0, tokens.length - this.#pieceTokens));
    await this.evaluate(tokens.slice(0, tokens.length - lastPiece.length), stopped);
    if (stopped()) return;
    if (this.#options.tokenPredictor !== undefined) yield* this.#drafted(lastPiece, sampling);
    else if (sampling.temperature === 0) yield* this.#likeliest(lastPiece);
    else yield* this.#sampled(lastPiece, sampling);
  }

  async *#sampled(tokens: Token[], sampling: Sampling): AsyncGenerator<Sampled> {
    const options = { ...sampling, yieldEogToken: true };
    for await (const { token, probabilities } of this.#sequence.evaluateWithMetadata(tokens, { probabilities: true }, options)) {
      yield { token, probability: beforeTemperature(probabilities, token, sampling.temperature) };
    }
  }

  /**
   * The sampler's own way to the likeliest token sorts the whole vocabulary for a probability (a sixth of the time of a token of the 2.4B);
   * among the likeliest few it costs nothing, and the first of them is the one.
   */
  async *#likeliest(tokens: Token[]): AsyncGenerator<Sampled> {
    const steps = this.#sequence.evaluateWithMetadata(tokens, { probabilities: true }, { temperature: 1, topP: 1, yieldEogToken: true });
    try {
      for (let step = await steps.next(); step.done !== true; ) {
        const [[token, probability] = [step.value.token, undefined]] = step.value.probabilities;
        yield probability === undefined ? { token } : { token, probability };
        step = await steps.next(token);
      }
    } finally {
      await steps.return();
    }
  }

  async *#drafted(tokens: Token[], sampling: Sampling): AsyncGenerator<Sampled> {
    for await (const token of this.#sequence.evaluate(tokens, { ...sampling, yieldEogToken: true })) yield { token };
  }

  /** Makes sure that a prompt and its answer, `tokens` together, fit, by growing in steps up to the most that was agreed. */
  async makeRoom(tokens: number): Promise<void> {
    let size = this.#context.contextSize;
    if (tokens <= size || size >= this.#options.tokens) return;
    while (tokens > size) size *= 2;
    const file =
      this.#options.scratchFolder === undefined ? undefined : join(this.#options.scratchFolder, `tandem-${process.pid}-${Date.now()}.kv`);
    try {
      const kept = this.#sequence.contextTokens;
      if (file !== undefined && kept.length > 0) await this.#sequence.saveStateToFile(file);
      await this.#context.dispose();
      [this.#context, this.#sequence] = await open(this.#model, this.#options, Math.min(size, this.#options.tokens));
      if (file !== undefined && kept.length > 0) await this.load(file);
    } finally {
      if (file !== undefined) await rm(file, { force: true });
    }
  }

  async save(file: string): Promise<void> {
    await this.#sequence.saveStateToFile(file);
  }

  /** `file`: whole, and of the same model and options; what else it is can end the process. */
  async load(file: string): Promise<void> {
    await this.#sequence.loadStateFromFile(file, { acceptRisk: true });
  }

  async clear(): Promise<void> {
    await this.#sequence.clearHistory();
  }

  async dispose(): Promise<void> {
    await this.#context.dispose();
  }

  async #timed(tokens: number, work: () => Promise<void>): Promise<void> {
    const start = performance.now();
    await work();
    const perToken = (performance.now() - start) / tokens;
    const fitting = Math.floor(PIECE_MS / perToken / SHORTEST_PIECE_TOKENS) * SHORTEST_PIECE_TOKENS;
    this.#pieceTokens = Math.min(LONGEST_PIECE_TOKENS, Math.max(SHORTEST_PIECE_TOKENS, fitting));
  }
}

async function open(model: LlamaModel, options: ContextOptions, tokens: number): Promise<[LlamaContext, LlamaContextSequence]> {
  const type = options.kvCache === 'q8_0' ? 'Q8_0' : 'F16';
  const context = await model.createContext({
    // Its last place is never used, and an answer's last token is never evaluated.
    contextSize: tokens,
    batchSize: Math.min(LONGEST_PIECE_TOKENS, tokens),
    threads: options.threads,
    flashAttention: options.flashAttention,
    failedCreationRemedy: false,
    experimentalKvCacheKeyType: type,
    experimentalKvCacheValueType: type,
  });
  const tokenPredictor = await options.tokenPredictor?.();
  return [context, context.getSequence(tokenPredictor === undefined ? {} : { tokenPredictor })];
}

/** The sampler gives probabilities after temperature among the candidates that are left; this undoes the temperature. */
function beforeTemperature(probabilities: ReadonlyMap<Token, number>, token: Token, temperature: number): number {
  let sum = 0;
  for (const probability of probabilities.values()) sum += probability ** temperature;
  return (probabilities.get(token) ?? 0) ** temperature / sum;
}
