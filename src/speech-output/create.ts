import type { EngineContext } from '../engineContext.js';
import type { SpeechOutput } from './contract.js';
import type { SpeechOutputOptions } from './options.js';

/** Loads the engine that a profile names. */
export async function createSpeechOutput(options: SpeechOutputOptions, context: EngineContext): Promise<SpeechOutput> {
  const { EspeakNg } = await import('./espeakNg.js');
  if (options.engine !== 'espeakNg') throw new Error('not yet');
  return EspeakNg.load(options, context);
}
