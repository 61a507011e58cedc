import { AbortedError, TandemError, throwIfAborted } from '../../errors.js';
import type { Language, SpeechToText, TranscribeOptions, Transcript } from '../contract.js';

/** A recogniser that answers from a script, for tests of timing and faults. */
export interface FakeSpeechToTextScript {
  /** What is heard: one text after the other (then nothing), or by the utterance and its index. A text has the first language expected. */
  readonly heard?: readonly (string | Transcript)[] | ((samples: Int16Array, index: number) => string | Transcript);
  readonly languages?: readonly Language[];
  /** Awaited before each answer: a promise that the test resolves. An abort does not wait for it. */
  readonly beforeAnswer?: (index: number, signal: AbortSignal) => Promise<void>;
  /** Fails for the utterance of this index. */
  readonly failAt?: (index: number) => boolean;
}

export class FakeSpeechToText implements SpeechToText {
  readonly label = 'fake';
  readonly capabilities: { readonly languages: readonly Language[] };
  /** Every utterance in the order in which it came. */
  readonly utterances: Int16Array[] = [];
  closed = false;
  readonly #script: FakeSpeechToTextScript;
  readonly #closing = new AbortController();

  constructor(script: FakeSpeechToTextScript = {}) {
    this.#script = script;
    this.capabilities = { languages: script.languages ?? ['en', 'ko'] };
  }

  async transcribe(samples: Int16Array, options: TranscribeOptions): Promise<Transcript> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    throwIfAborted(signal, 'speech-to-text');
    const index = this.utterances.push(samples) - 1;
    await unlessAborted(this.#script.beforeAnswer?.(index, signal) ?? Promise.resolve(), signal);
    if (this.#script.failAt?.(index) === true) throw scriptedFailure();
    const { heard = [] } = this.#script;
    const answer = samples.length === 0 ? '' : typeof heard === 'function' ? heard(samples, index) : (heard[index] ?? '');
    return typeof answer === 'string' ? { text: answer.trim(), language: options.languages[0] ?? 'en' } : answer;
  }

  close(): Promise<void> {
    this.closed = true;
    this.#closing.abort();
    return Promise.resolve();
  }
}

function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new AbortedError('speech-to-text', signal.reason));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function scriptedFailure(): TandemError {
  return new TandemError({ code: 'scripted-failure', stage: 'speech-to-text', message: 'The script says that it fails here.' });
}
