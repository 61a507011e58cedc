import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { z } from 'zod';
import { TandemError } from '../../errors.js';
import { projectRoot } from '../../paths.js';

const PROGRAM = join(projectRoot, 'src', 'speech-to-text', 'pocketsphinx', 'worker.py');
const MODEL = '/usr/share/pocketsphinx/model/en-us';
/** Debian's own Python: it is there with the recogniser's library. */
const PYTHON = '/usr/bin/python3';
const READY_LIMIT_MS = 60_000;

const lineSchema = z.union([
  z.strictObject({ ready: z.literal(true) }),
  z.strictObject({ text: z.string().max(10_000), expected: z.boolean() }),
  z.strictObject({ error: z.string() }),
]);

type Line = z.infer<typeof lineSchema>;

export interface Recognised {
  readonly text: string;
  /** It was one of the sentences that are expected, or made of them. */
  readonly expected: boolean;
}

/** The recogniser in a process of its own, with its model loaded; ends with `close`, or when it is cut off. */
export class Worker {
  private readonly child: ChildProcess;
  private readonly lines: Interface;
  private readonly ended: Promise<void>;
  private answer: { readonly resolve: (line: Line) => void; readonly reject: (error: unknown) => void } | undefined;
  private alive = true;

  private constructor(args: readonly string[]) {
    this.child = spawn(PYTHON, ['-B', PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.ended = new Promise((resolve) => {
      const end = (cause?: unknown): void => {
        this.alive = false;
        this.answer?.reject(stopped(cause));
        this.answer = undefined;
        resolve();
      };
      this.child.once('error', end);
      this.child.once('close', () => end());
    });
    this.child.stdin?.on('error', () => {});
    this.lines = createInterface({ input: this.child.stdout ?? process.stdin });
    this.lines.on('line', (text) => this.take(text));
  }

  /**
   * `arpa`, `pronunciations`: files, or `-`. Rejects with `pocketsphinx-missing`, or `pocketsphinx-failed` where it does not start.
   */
  static async start(arpa: string, pronunciations: string): Promise<Worker> {
    const worker = new Worker([MODEL, arpa, pronunciations]);
    const limit = setTimeout(() => worker.child.kill('SIGKILL'), READY_LIMIT_MS);
    try {
      const first = await worker.next();
      if ('ready' in first) return worker;
      throw 'error' in first && first.error.endsWith('-missing') ? missing() : stopped(first);
    } catch (error) {
      await worker.close();
      throw error instanceof TandemError && worker.child.pid === undefined ? missing() : error;
    } finally {
      clearTimeout(limit);
    }
  }

  get running(): boolean {
    return this.alive;
  }

  /** One at a time. Rejects with `pocketsphinx-failed` where the process ends in the middle. */
  async recognise(samples: Int16Array): Promise<Recognised> {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(samples.byteLength);
    this.child.stdin?.write(head);
    this.child.stdin?.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
    const answer = await this.next();
    if (!('text' in answer)) throw stopped(answer);
    return answer;
  }

  async close(): Promise<void> {
    if (this.alive) this.child.kill('SIGKILL');
    await this.ended;
    this.lines.close();
  }

  private async next(): Promise<Line> {
    if (!this.alive) throw stopped();
    return await new Promise((resolve, reject) => {
      this.answer = { resolve, reject };
    });
  }

  private take(text: string): void {
    const { answer } = this;
    this.answer = undefined;
    try {
      answer?.resolve(lineSchema.parse(JSON.parse(text)));
    } catch (error) {
      answer?.reject(stopped(error));
    }
  }
}

function missing(): TandemError {
  return new TandemError({
    code: 'pocketsphinx-missing',
    stage: 'speech-to-text',
    message: 'PocketSphinx or its English model is not installed.',
    remedy: 'Run scripts/setup, or: apt-get install python3 libpocketsphinx3 pocketsphinx-en-us',
    recoverable: false,
  });
}

function stopped(cause?: unknown): TandemError {
  return new TandemError({ code: 'pocketsphinx-failed', stage: 'speech-to-text', message: 'PocketSphinx stopped working.', cause });
}
