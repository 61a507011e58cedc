import type { AudioSink } from '../audio/contract.js';
import { Speaker } from '../audio/playback/speaker.js';
import type { PcmSpeechOutput, SelfPlayingSpeechOutput, SpeakOptions } from './contract.js';

/** An engine that makes sound as one that plays by itself, to stand beside another one that does. */
export class PlayedAloud implements SelfPlayingSpeechOutput {
  readonly kind = 'plays-itself';
  readonly label: string;
  readonly capabilities: PcmSpeechOutput['capabilities'];
  readonly #output: PcmSpeechOutput;
  readonly #openSink: () => Promise<AudioSink>;
  #sink: Promise<AudioSink> | undefined;

  constructor(output: PcmSpeechOutput, openSink: () => Promise<AudioSink> = openSpeaker) {
    this.label = output.label;
    this.capabilities = output.capabilities;
    this.#output = output;
    this.#openSink = openSink;
  }

  /** Throws `player-missing` where nothing can be played. */
  async speak(sentence: string, options: SpeakOptions): Promise<void> {
    this.#sink ??= this.#openSink();
    const sink = await this.#sink;
    await sink.play(this.#output.synthesize(sentence, options), { signal: options.signal });
  }

  async close(): Promise<void> {
    await this.#output.close();
    const sink = await this.#sink?.catch(() => undefined);
    await sink?.close();
  }
}

function openSpeaker(): Promise<AudioSink> {
  return Speaker.load({ output: 'auto', outputDevice: undefined, echoCancel: 'none', volume: 100 });
}
