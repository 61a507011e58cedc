import type { PcmChunk } from '../audio/contract.js';
import type { Language } from '../speech-to-text/contract.js';
import type { PcmSpeechOutput, SelfPlayingSpeechOutput, SpeakOptions, SpeechOutput } from './contract.js';
import { PlayedAloud } from './playedAloud.js';
import { writtenIn } from './writtenIn.js';

/** `main`, and `other` for sentences that `main` can't speak. It plays by itself as soon as one of the two does. */
export function byLanguage(main: SpeechOutput, other: SpeechOutput): SpeechOutput {
  if (main.kind === 'pcm' && other.kind === 'pcm') return new SoundByLanguage(main, other);
  return new PlayedByLanguage(playing(main), playing(other));
}

class ByLanguage<Output extends SpeechOutput> {
  readonly label: string;
  readonly capabilities: { readonly languages: readonly Language[] };
  protected readonly main: Output;
  protected readonly other: Output;

  constructor(main: Output, other: Output) {
    this.label = `${main.label}, ${other.label} for other languages`;
    this.capabilities = { languages: [...new Set([...main.capabilities.languages, ...other.capabilities.languages])] };
    this.main = main;
    this.other = other;
  }

  async close(): Promise<void> {
    await Promise.all([this.main.close(), this.other.close()]);
  }
}

class SoundByLanguage extends ByLanguage<PcmSpeechOutput> implements PcmSpeechOutput {
  readonly kind = 'pcm';

  synthesize(sentence: string, options: SpeakOptions): AsyncIterable<PcmChunk> {
    const language = writtenIn(sentence, options.language);
    return (canSpeak(this.main, sentence, language) ? this.main : this.other).synthesize(sentence, { ...options, language });
  }
}

class PlayedByLanguage extends ByLanguage<SelfPlayingSpeechOutput> implements SelfPlayingSpeechOutput {
  readonly kind = 'plays-itself';

  speak(sentence: string, options: SpeakOptions): Promise<void> {
    const language = writtenIn(sentence, options.language);
    return (canSpeak(this.main, sentence, language) ? this.main : this.other).speak(sentence, { ...options, language });
  }
}

function playing(output: SpeechOutput): SelfPlayingSpeechOutput {
  return output.kind === 'pcm' ? new PlayedAloud(output) : output;
}

/** A voice without Korean has Latin letters only: a sentence with others goes to the other engine whatever its language. */
function canSpeak(output: SpeechOutput, sentence: string, language: Language): boolean {
  const { languages } = output.capabilities;
  return languages.includes(language) && (languages.includes('ko') || !/(?!\p{Script=Latin})\p{L}/u.test(sentence));
}
