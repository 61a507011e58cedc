import { TandemError } from '../errors.js';
import type { Generation, LanguageModel } from '../language-model/contract.js';

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

/** The model, or its stand-in where it is not there, not whole or too large. Rejects where the fault is another one. */
export async function orWithout(model: Promise<LanguageModel>): Promise<LanguageModel> {
  try {
    return await model;
  } catch (error) {
    if (error instanceof TandemError && OF_THE_MODEL.has(error.code)) return new WithoutModel(error);
    throw error;
  }
}
