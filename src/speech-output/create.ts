import type { EngineContext } from '../engineContext.js';
import { byLanguage } from './byLanguage.js';
import type { SpeechOutput } from './contract.js';
import { type SpeechEngineOptions, type SpeechOutputOptions, speechEngineOptions } from './options.js';

/**
 * Loads the engine that a profile names, and beside it one for the languages that its voice lacks. Throws a `TandemError` of the
 * engine: a program, voice or model that is not there.
 */
export async function createSpeechOutput(options: SpeechOutputOptions, context: EngineContext): Promise<SpeechOutput> {
  const { otherLanguage = speechEngineOptions.parse({ engine: 'espeakNg' }), ...own } = options;
  const main = await loadEngine(own, context);
  if (main.capabilities.languages.includes('en') && main.capabilities.languages.includes('ko')) return main;
  try {
    return byLanguage(main, await loadEngine(otherLanguage, context));
  } catch (error) {
    await main.close();
    throw error;
  }
}

/** The package of an engine that no profile names is never loaded. */
async function loadEngine(options: SpeechEngineOptions, context: EngineContext): Promise<SpeechOutput> {
  switch (options.engine) {
    case 'espeakNg':
      return (await import('./espeakNg.js')).EspeakNg.load(options, context);
    case 'say':
      return (await import('./say.js')).loadSay(options);
    case 'sherpa':
      return (await import('./sherpa.js')).Sherpa.load(options, context);
  }
}
