import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { AbortedError, TandemError, TimeoutError, toTandemError } from '../../errors.js';
import { projectRoot } from '../../paths.js';
import { type Hypotheses, hypotheses } from './hypotheses.js';
import type { ExpectedPhrases } from './phrases.js';

/** Debian's own Python: it has the same architecture as Debian's libraries. */
const PYTHON = '/usr/bin/python3';
const WORKER = join(projectRoot, 'src/speech-to-text/pocketsphinx/worker.py');
const INSTALL = 'sudo apt-get install libpocketsphinx3 pocketsphinx-en-us python3';
/** The model comes from a slow card at the worst. */
const START_LIMIT_MS = 60_000;

const firstAnswer = z.union([
  z.object({ ready: z.literal(true), unknown: z.array(z.string()) }),
  z.object({ missing: z.string().max(200) }),
  z.object({ refused: z.string().max(200) }),
]);
const answer = z.union([hypotheses, z.object({ died: z.literal(true) })]);

/** The recogniser ended without an answer; trying again may help. */
export class RecogniserDied extends TandemError {
  constructor(cause?: unknown) {
    super({
      code: 'pocketsphinx-died',
      stage: 'speech-to-text',
      message: 'PocketSphinx ended while it was listening.',
      remedy: `Check that there is memory left (\`free -m\`); where it goes on, install it again: ${INSTALL.replace('install', 'install --reinstall')}.`,
      cause,
    });
  }
}

/** `worker.py` as a process: one utterance in, one answer out, one at a time. */
export class WorkerProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<unknown>;
  #alive = true;

  private constructor() {
    this.#child = spawn(PYTHON, [WORKER], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: '/usr/bin:/bin', PYTHONDONTWRITEBYTECODE: '1' },
    });
    this.#ended = new Promise((resolve) => {
      const end = (reason: unknown) => {
        this.#alive = false;
        resolve(reason);
      };
      this.#child.once('error', end);
      this.#child.once('close', end);
    });
    // A process that died closes its input; its missing answer tells the story.
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Loads the models; `unknown` are the expected words that have no pronunciation. Throws `pocketsphinx-missing` with what to install. */
  static async start(expected: ExpectedPhrases | undefined): Promise<{ worker: WorkerProcess; unknown: readonly string[] }> {
    const worker = new WorkerProcess();
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      worker.#child.kill('SIGKILL');
    }, START_LIMIT_MS);
    try {
      worker.#send(Buffer.from(JSON.stringify(expected ?? null)));
      const line = await worker.#line();
      if (line === undefined) throw late ? new TimeoutError('speech-to-text', START_LIMIT_MS) : await worker.#startFailure();
      const first = firstAnswer.parse(JSON.parse(line));
      if ('missing' in first) throw missing(`${first.missing} is not installed`);
      if ('refused' in first) throw new TandemError({ code: 'phrases-refused', stage: 'speech-to-text', message: first.refused });
      return { worker, unknown: first.unknown };
    } catch (error) {
      await worker.close();
      throw toTandemError(error, 'speech-to-text', 'pocketsphinx-failed');
    } finally {
      clearTimeout(limit);
    }
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** `samples`: 16 kHz mono, at least one. Rejects with `RecogniserDied`, or with `AbortedError` as soon as the work has stopped. */
  async decode(samples: Int16Array, signal: AbortSignal): Promise<Hypotheses> {
    const stop = () => this.#send(Buffer.alloc(0));
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.#send(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
      const line = await this.#line();
      if (signal.aborted) throw new AbortedError('speech-to-text', signal.reason);
      if (line === undefined) throw new RecogniserDied();
      const heard = answer.parse(JSON.parse(line));
      if ('died' in heard) throw new RecogniserDied();
      return heard;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async close(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #send(frame: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(frame.byteLength);
    this.#child.stdin.write(Buffer.concat([head, frame]));
  }

  /** The next line of the worker's; undefined where it ended. */
  async #line(): Promise<string | undefined> {
    const next = await this.#lines.next();
    if (next.done !== true) return next.value;
    this.#alive = false;
    return undefined;
  }

  async #startFailure(): Promise<TandemError> {
    const reason = await this.#ended;
    return reason instanceof Error ? missing(`${PYTHON} can not be started`, reason) : new RecogniserDied();
  }
}

function missing(what: string, cause?: unknown): TandemError {
  return new TandemError({
    code: 'pocketsphinx-missing',
    stage: 'speech-to-text',
    message: `PocketSphinx can't start: ${what}.`,
    remedy: `Run: ${INSTALL}`,
    recoverable: false,
    ...(cause === undefined ? {} : { cause }),
  });
}
