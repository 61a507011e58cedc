import type { EngineContext } from '../engineContext.js';
import type { SpeechToText } from './contract.js';
import type { SpeechToTextOptions } from './options.js';

/** Loads the engine that a profile names. */
export async function createSpeechToText(options: SpeechToTextOptions, context: EngineContext): Promise<SpeechToText> {
  switch (options.engine) {
    case 'pocketsphinx': {
      const { Pocketsphinx } = await import('./pocketsphinx.js');
      return await Pocketsphinx.load(options, context);
    }
    case 'whisperServer': {
      const { WhisperServer } = await import('./whisperServer.js');
      return await WhisperServer.load(options, context);
    }
    case 'whisperNode': {
      const { WhisperNode } = await import('./whisperNode.js');
      return await WhisperNode.load(options, context);
    }
  }
}
