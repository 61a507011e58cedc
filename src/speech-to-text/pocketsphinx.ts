import type { EngineContext } from '../engineContext.js';
import { AbortedError, TandemError, throwIfAborted } from '../errors.js';
import { SerialQueue } from '../language-model/serialQueue.js';
import type { SpeechToText, TranscribeOptions, Transcript } from './contract.js';
import type { PocketsphinxOptions } from './options.js';
import { choose, plainWords } from './pocketsphinx/hypotheses.js';
import { withNoiseFloor } from './pocketsphinx/noiseFloor.js';
import { type ExpectedPhrases, readPhrases } from './pocketsphinx/phrases.js';
import { RecogniserDied, WorkerProcess } from './pocketsphinx/workerProcess.js';
import { spokenWords } from './spokenWords.js';

/** Samples; no sentence is that long, and memory has an end. */
const LONGEST = 5 * 60 * 16_000;

/**
 * Debian's PocketSphinx, loaded once in a process of its own. Each utterance is decoded twice, with the n-gram model of the sentences that
 * the profile expects and with general English; what explains the sound better is the transcript.
 */
export class Pocketsphinx implements SpeechToText {
  readonly label = 'PocketSphinx';
  readonly capabilities = { languages: ['en'] } as const;
  readonly #expected: ExpectedPhrases | undefined;
  readonly #queue = new SerialQueue();
  #worker: WorkerProcess;
  #closed = false;

  private constructor(worker: WorkerProcess, expected: ExpectedPhrases | undefined) {
    this.#worker = worker;
    this.#expected = expected;
  }

  /** Throws `pocketsphinx-missing`, `model-missing` (the phrases' file) or `phrases-unreadable`. */
  static async load({ phrases }: PocketsphinxOptions, context: EngineContext): Promise<Pocketsphinx> {
    const expected = phrases === undefined ? undefined : await readPhrases(await context.modelFile(phrases));
    const { worker, unknown } = await WorkerProcess.start(expected);
    if (unknown.length > 0) context.log.warn({ unknown }, 'expected words that have no pronunciation are not recognised');
    return new Pocketsphinx(worker, expected);
  }

  async transcribe(samples: Int16Array, { signal }: TranscribeOptions): Promise<Transcript> {
    throwIfAborted(signal, 'speech-to-text');
    if (samples.length > LONGEST) throw tooLong();
    if (samples.length === 0) return { text: '', language: 'en' };
    const work = this.#queue.add(async () => {
      throwIfAborted(signal, 'speech-to-text');
      const heard = await this.#decode(withNoiseFloor(samples), signal);
      return spokenWords(plainWords(choose(heard))).join(' ');
    });
    return { text: await abortedSooner(work, signal), language: 'en' };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker.close();
    await this.#queue.idle();
  }

  /** A recogniser that died gets a second chance with the same utterance. */
  async #decode(samples: Int16Array, signal: AbortSignal) {
    await this.#revive();
    try {
      return await this.#worker.decode(samples, signal);
    } catch (error) {
      if (!(error instanceof RecogniserDied) || this.#closed) throw error;
      await this.#revive();
      return await this.#worker.decode(samples, signal);
    }
  }

  async #revive(): Promise<void> {
    if (this.#closed) throw new AbortedError('speech-to-text');
    if (!this.#worker.alive) this.#worker = (await WorkerProcess.start(this.#expected)).worker;
    // Closed in the meantime: nobody else would end the new one.
    if (this.#closed) {
      await this.#worker.close();
      throw new AbortedError('speech-to-text');
    }
  }
}

/** `work`, or a rejection with `AbortedError` as soon as `signal` fires, also where the work still waits its turn. */
function abortedSooner<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new AbortedError('speech-to-text', signal.reason));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function tooLong(): TandemError {
  return new TandemError({
    code: 'utterance-too-long',
    stage: 'speech-to-text',
    message: 'The recording is longer than the five minutes that are transcribed at once.',
    remedy: 'Cut it into shorter pieces.',
  });
}
