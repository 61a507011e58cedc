import { UsageError } from '../errors.js';
import type { Language } from '../speech-to-text/contract.js';
import type { WakeScore, WakeWordEngine } from '../wake-word/contract.js';
import type { PocketsphinxStopWordOptions } from './options.js';
import { knownWords, type SpottedWord } from './pocketsphinx/words.js';
import { type Stretch, WorkerProcess } from './pocketsphinx/workerProcess.js';

/** As long as "stop" takes when it is said by itself. */
const OWN_WORD = { threshold: -20, leastMs: 300 };

/** Stop words by PocketSphinx's keyword spotting, in a process of its own. A word is often found before its last sound is over. */
export class PocketsphinxStopWord implements WakeWordEngine {
  readonly label = 'PocketSphinx';
  readonly capabilities: WakeWordEngine['capabilities'];
  readonly #words: readonly SpottedWord[];
  readonly #onTrouble: (error: unknown) => void;
  #worker: WorkerProcess;
  #reviving: Promise<void> | undefined;
  #closed = false;

  private constructor(worker: WorkerProcess, words: readonly SpottedWord[], onTrouble: (error: unknown) => void) {
    this.#words = words;
    this.#onTrouble = onTrouble;
    this.#worker = worker;
    this.capabilities = { words: words.map(({ name }) => name), decidesItself: true };
  }

  /**
   * Throws `pocketsphinx-missing`, or a `UsageError` for a word that it has no phones of. `onTrouble`: a process that died could not be
   * started again; that is tried anew at each `reset`.
   */
  static async load(
    options: Pick<PocketsphinxStopWordOptions, 'words' | 'threshold'>,
    languages: readonly Language[],
    onTrouble: (error: unknown) => void = () => {},
  ): Promise<PocketsphinxStopWord> {
    const words = chosenWords(options, languages);
    return new PocketsphinxStopWord(await WorkerProcess.start(words), words, onTrouble);
  }

  async process(samples: Int16Array): Promise<readonly WakeScore[]> {
    if (samples.length === 0) return [];
    const found = await this.#worker.hear(samples);
    return found.map(([word, endSample]) => ({ word, score: 1, endSample }));
  }

  /** Where these samples of the device's own voice sound like a stop word, first and last sample each; found soon, not at once. */
  async like(samples: Int16Array): Promise<readonly Stretch[]> {
    return await this.#worker.compare(samples);
  }

  /** A process that has ended is started again; until then nothing is found. */
  reset(): void {
    if (this.#worker.alive) this.#worker.forget();
    else this.#reviving ??= this.#revive();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#reviving;
    await this.#worker.close();
  }

  async #revive(): Promise<void> {
    if (this.#closed) return;
    try {
      this.#worker = await WorkerProcess.start(this.#words);
    } catch (error) {
      this.#onTrouble(error);
    }
    this.#reviving = undefined;
  }
}

function chosenWords(
  { words, threshold }: Pick<PocketsphinxStopWordOptions, 'words' | 'threshold'>,
  languages: readonly Language[],
): SpottedWord[] {
  const known = knownWords();
  const all = Object.values(known).flat();
  const chosen = words === undefined ? languages.flatMap((language) => known[language]) : words.map((word) => wordOf(word, all));
  return chosen.map((word) => (threshold === undefined ? word : { ...word, threshold }));
}

function wordOf(entry: string | { readonly word: string; readonly phones: string }, known: readonly SpottedWord[]): SpottedWord {
  if (typeof entry !== 'string') return { name: entry.word, phones: [entry.phones], ...OWN_WORD };
  const word = known.find(({ name }) => name === entry);
  if (word !== undefined) return word;
  const names = known.map(({ name }) => name).join(', ');
  throw new UsageError(`The stop word "${entry}" is not one of the built-in ones.`, `Take one of ${names}, or write {word, phones}.`);
}
