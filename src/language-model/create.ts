import type { EngineContext } from '../engineContext.js';
import type { LanguageModel } from './contract.js';
import type { LanguageModelOptions } from './options.js';

/** The engine that the profile names, loaded and ready. */
export async function createLanguageModel(options: LanguageModelOptions, context: EngineContext): Promise<LanguageModel> {
  switch (options.engine) {
    case 'exaone': {
      const { Exaone } = await import('./exaone.js');
      return Exaone.load(options, context);
    }
    case 'openAiCompatible': {
      const { OpenAiCompatible } = await import('./openAiCompatible.js');
      return OpenAiCompatible.load(options, context);
    }
  }
}
