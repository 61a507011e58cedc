import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { TandemError, TimeoutError, toTandemError } from '../../errors.js';
import { projectRoot } from '../../paths.js';
import type { SpottedWord } from './words.js';

/** Debian's own Python: it has the same architecture as Debian's libraries. */
const PYTHON = '/usr/bin/python3';
const HERE = join(projectRoot, 'src/stop-word/pocketsphinx');
/** Its `sphinx.py` loads the library. */
const SPEECH_TO_TEXT = join(projectRoot, 'src/speech-to-text/pocketsphinx');
const INSTALL = 'sudo apt-get install libpocketsphinx3 pocketsphinx-en-us python3';
const START_LIMIT_MS = 30_000;
/** A piece of sound takes milliseconds; a process that hangs must not keep the device from hearing. */
const HEARING_LIMIT_MS = 5_000;

const place = z.number().int().nonnegative();
const stretch = z.tuple([place, place]);
const answer = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ missing: z.string().max(200) }),
  z.object({ refused: z.string().max(200) }),
  z.object({ found: z.array(z.tuple([z.string(), place])) }),
  z.object({ own: place, like: z.array(stretch) }),
]);
type Answer = z.infer<typeof answer>;

/** First and last sample. */
export type Stretch = z.infer<typeof stretch>;
export type Found = Extract<Answer, { found: unknown }>['found'];

/** `worker.py` as a process. */
export class WorkerProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<void>;
  /** Whoever waits for an answer to a piece of sound, oldest first, and to its own voice by number. */
  readonly #hearing: ((found: Found) => void)[] = [];
  readonly #comparing = new Map<number, (like: readonly Stretch[]) => void>();
  #starting: ((answer: Answer | undefined) => void) | undefined;
  #numbers = 0;
  #alive = true;

  private constructor() {
    this.#child = spawn(PYTHON, [join(HERE, 'worker.py')], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: '/usr/bin:/bin', PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: [HERE, SPEECH_TO_TEXT].join(delimiter) },
    });
    this.#ended = new Promise((resolve) => {
      const end = () => {
        this.#alive = false;
        this.#starting?.(undefined);
        this.#forget();
        resolve();
      };
      this.#child.once('error', end);
      this.#child.once('close', end);
    });
    // A process that died closes its input; its missing answer tells the story.
    this.#child.stdin.on('error', () => {});
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
  }

  /** Loads the acoustic model. Throws `pocketsphinx-missing` with what to install. */
  static async start(words: readonly SpottedWord[]): Promise<WorkerProcess> {
    const worker = new WorkerProcess();
    const limit = setTimeout(() => worker.#child.kill('SIGKILL'), START_LIMIT_MS);
    try {
      const first = new Promise<Answer | undefined>((resolve) => {
        worker.#starting = resolve;
      });
      worker.#send(Buffer.from(JSON.stringify(words)));
      const said = await first;
      if (said === undefined) throw new TimeoutError('wake-word', START_LIMIT_MS);
      if ('missing' in said) throw missing(said.missing);
      if ('refused' in said) throw new TandemError({ code: 'stop-words-refused', stage: 'wake-word', message: said.refused });
      return worker;
    } catch (error) {
      await worker.close();
      throw toTandemError(error, 'wake-word', 'pocketsphinx-failed');
    } finally {
      clearTimeout(limit);
    }
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** The words that end in these samples, with the last sample of each; none where the process has ended, or hangs and is ended. */
  async hear(samples: Int16Array): Promise<Found> {
    if (!this.#alive) return [];
    const found = new Promise<Found>((resolve) => this.#hearing.push(resolve));
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), HEARING_LIMIT_MS);
    this.#send(Buffer.from('h'), bytesOf(samples));
    try {
      return await found;
    } finally {
      clearTimeout(limit);
    }
  }

  /** Where samples of the device's own voice sound like a word; nowhere where it was told to forget, or has ended, before it was done. */
  async compare(samples: Int16Array): Promise<readonly Stretch[]> {
    if (!this.#alive) return [];
    const number = this.#numbers++;
    const head = Buffer.alloc(5, 'o');
    head.writeUInt32LE(number, 1);
    const like = new Promise<readonly Stretch[]>((resolve) => this.#comparing.set(number, resolve));
    this.#send(head, bytesOf(samples));
    return await like;
  }

  /** The next samples are the first ones. */
  forget(): void {
    for (const done of this.#comparing.values()) done([]);
    this.#comparing.clear();
    this.#send(Buffer.from('n'));
  }

  async close(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** A line that is no answer ends the process, and with it whatever waits for one: a mistake in there must not end the device. */
  #take(line: string): void {
    const said = answerIn(line);
    if (said === undefined) this.#child.kill('SIGKILL');
    else if ('found' in said) this.#hearing.shift()?.(said.found);
    else if ('own' in said) {
      this.#comparing.get(said.own)?.(said.like);
      this.#comparing.delete(said.own);
    } else this.#starting?.(said);
  }

  #forget(): void {
    for (const done of this.#hearing.splice(0)) done([]);
    for (const done of this.#comparing.values()) done([]);
    this.#comparing.clear();
  }

  #send(...parts: readonly Buffer[]): void {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(parts.reduce((sum, part) => sum + part.byteLength, 0));
    this.#child.stdin.write(Buffer.concat([head, ...parts]));
  }
}

function answerIn(line: string): Answer | undefined {
  try {
    return answer.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

function missing(what: string): TandemError {
  return new TandemError({
    code: 'pocketsphinx-missing',
    stage: 'wake-word',
    message: `Stop words are not heard: ${what} is not installed.`,
    remedy: `Run: ${INSTALL}`,
  });
}
