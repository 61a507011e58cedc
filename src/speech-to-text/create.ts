import type { EngineContext } from '../engineContext.js';
import { TandemError } from '../errors.js';
import type { SpeechToText } from './contract.js';
import type { SpeechToTextOptions } from './options.js';

/** Loads the engine that a profile names. */
export async function createSpeechToText(options: SpeechToTextOptions, context: EngineContext): Promise<SpeechToText> {
  switch (options.engine) {
    case 'pocketsphinx': {
      const { Pocketsphinx } = await import('./pocketsphinx.js');
      return await Pocketsphinx.load(options, context);
    }
    case 'whisperServer':
    case 'whisperNode':
      throw new TandemError({
        code: 'engine-missing',
        stage: 'speech-to-text',
        message: `The speech-to-text engine ${options.engine} is not in this version yet.`,
        remedy: 'Choose `engine: pocketsphinx` in the profile.',
        recoverable: false,
      });
  }
}
