import { TandemError } from '../../errors.js';
import type { GenerateRequest, Generation, LanguageModel, Message } from '../../language-model/contract.js';

/** What is wrong with the model itself: the device then goes on without it. Mistakes in the profile end it. */
const OF_THE_MODEL = new Set([
  'model-missing',
  'model-not-gguf',
  'model-damaged',
  'model-cut-off',
  'model-wrong-architecture',
  'model-wrong-template',
  'not-enough-memory',
]);

/** What may be better in a minute: both were switched on at the same time, and the server takes longer. */
const OF_ITS_SERVER = new Set(['server-unreachable', 'server-busy', 'server-failed', 'timed-out']);

/** Stands where no language model could be loaded: skills, alarms and hosts still work, and each other question hears what is missing. */
export class WithoutModel implements LanguageModel {
  readonly label = 'none';
  readonly capabilities = { contextTokens: 0, prefill: false };
  /** Why there is none. */
  readonly reason: TandemError;

  constructor(reason: TandemError) {
    this.reason = reason;
  }

  async generate(): Promise<Generation> {
    const { message, remedy } = this.reason;
    const options = { code: 'no-language-model', stage: 'language-model', message, cause: this.reason } as const;
    throw new TandemError(remedy === undefined ? options : { ...options, remedy });
  }

  async prefill(): Promise<void> {}

  async close(): Promise<void> {}
}

/** A server that was not there at the start: looked for again at each question. */
class LateModel implements LanguageModel {
  readonly label = 'a server that was not there at the start';
  readonly capabilities = { contextTokens: 1, prefill: false };
  private readonly load: () => Promise<LanguageModel>;
  private model: LanguageModel | undefined;

  constructor(load: () => Promise<LanguageModel>) {
    this.load = load;
  }

  async generate(request: GenerateRequest): Promise<Generation> {
    this.model ??= await this.load();
    return await this.model.generate(request);
  }

  async prefill(messages: readonly Message[], signal: AbortSignal): Promise<void> {
    await this.model?.prefill(messages, signal);
  }

  async close(): Promise<void> {
    await this.model?.close();
  }
}

/**
 * The model, or a stand-in: where it is not there, not whole or too large, and where its server does not answer, which is looked for
 * again later. Rejects where the fault is another one.
 */
export async function orWithout(load: () => Promise<LanguageModel>): Promise<LanguageModel> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof TandemError && OF_THE_MODEL.has(error.code)) return new WithoutModel(error);
    if (error instanceof TandemError && error.stage === 'language-model' && OF_ITS_SERVER.has(error.code)) return new LateModel(load);
    throw error;
  }
}
