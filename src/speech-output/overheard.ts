import type { Language } from '../speech-to-text/contract.js';
import type { PcmSpeechOutput, SelfPlayingSpeechOutput, SpeakOptions, SpeechOutput } from './contract.js';

/** The same voice; `onWords` is told of each sentence that it is given. */
export function overheard(output: SpeechOutput, onWords: (words: string, language: Language) => void): SpeechOutput {
  const { label, capabilities } = output;
  const shared = { label, capabilities, close: () => output.close() };
  if (output.kind === 'pcm') {
    return {
      ...shared,
      kind: 'pcm',
      synthesize: (sentence: string, options: SpeakOptions) => {
        onWords(sentence, options.language);
        return output.synthesize(sentence, options);
      },
    } satisfies PcmSpeechOutput;
  }
  return {
    ...shared,
    kind: 'plays-itself',
    speak: async (sentence: string, options: SpeakOptions) => {
      onWords(sentence, options.language);
      await output.speak(sentence, options);
    },
  } satisfies SelfPlayingSpeechOutput;
}
