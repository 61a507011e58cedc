import type { PcmChunk } from '../../audio/contract.js';
import { TandemError } from '../../errors.js';
import type { Language } from '../../speech-to-text/contract.js';
import type { PcmSpeechOutput, SpeakOptions } from '../contract.js';

/** A voice that makes a tone, or silence, of a certain length for each word; for tests of timing and faults. */
export interface FakeSpeechOutputScript {
  readonly languages?: readonly Language[];
  /** Milliseconds of sound a word. Default 200. */
  readonly msPerWord?: number;
  /** Hz of the tone; 0 is silence. Default 440. */
  readonly toneHz?: number;
  /** Default 16 000. */
  readonly sampleRate?: number;
  /** Awaited before each chunk (one a word), the first one included: a promise that the test resolves. An abort does not wait for it. */
  readonly beforeChunk?: (index: number, signal: AbortSignal) => Promise<void>;
  /** Fails before the chunk of this index. */
  readonly failBefore?: (sentence: string) => number | undefined;
}

export class FakeSpeechOutput implements PcmSpeechOutput {
  readonly kind = 'pcm';
  readonly label = 'fake';
  readonly capabilities: { readonly languages: readonly Language[] };
  /** Every sentence in the order in which it was asked for. */
  readonly asked: { readonly sentence: string; readonly language: Language }[] = [];
  /** Sentences that are being made at this moment. */
  running = 0;
  closed = false;
  readonly #script: FakeSpeechOutputScript;
  readonly #closing = new AbortController();

  constructor(script: FakeSpeechOutputScript = {}) {
    this.#script = script;
    this.capabilities = { languages: script.languages ?? ['en', 'ko'] };
  }

  async *synthesize(sentence: string, { language, signal }: SpeakOptions): AsyncGenerator<PcmChunk, void, undefined> {
    this.asked.push({ sentence, language });
    this.running += 1;
    try {
      const failBefore = this.#script.failBefore?.(sentence);
      const words = sentence.split(/\s+/).filter((word) => word !== '');
      for (const index of words.keys()) {
        if (!(await this.#mayGoOn(index, signal))) return;
        if (index === failBefore) throw scriptedFailure();
        yield this.#word();
      }
    } finally {
      this.running -= 1;
    }
  }

  close(): Promise<void> {
    this.closed = true;
    this.#closing.abort();
    return Promise.resolve();
  }

  #word(): PcmChunk {
    const { sampleRate = 16_000, toneHz = 440, msPerWord = 200 } = this.#script;
    const samples = new Int16Array(Math.round((sampleRate * msPerWord) / 1000));
    for (let at = 0; at < samples.length; at++) samples[at] = Math.round(10_000 * Math.sin((2 * Math.PI * toneHz * at) / sampleRate));
    return { sampleRate, samples };
  }

  /** False as soon as it was stopped, whatever the script still waits for. */
  #mayGoOn(index: number, signal: AbortSignal): Promise<boolean> {
    const signals = [signal, this.#closing.signal];
    if (signals.some(({ aborted }) => aborted)) return Promise.resolve(false);
    const pace = this.#script.beforeChunk?.(index, signal) ?? Promise.resolve();
    return new Promise((resolve, reject) => {
      const stop = () => resolve(false);
      for (const each of signals) each.addEventListener('abort', stop, { once: true });
      pace
        .then(() => resolve(true), reject)
        .finally(() => {
          for (const each of signals) each.removeEventListener('abort', stop);
        });
    });
  }
}

function scriptedFailure(): TandemError {
  return new TandemError({ code: 'scripted-failure', stage: 'speech-output', message: 'The script says that it fails here.' });
}
