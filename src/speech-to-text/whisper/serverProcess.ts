import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TandemError } from '../../errors.js';
import { freePort } from '../../freePort.js';
import { modelUnusable } from './modelFile.js';
import { ask } from './serverRequest.js';

/** ms. A large model from a slow card takes its time. */
const LOAD_LIMIT_MS = 120_000;
const POLL_MS = 25;
const PORTS_TO_TRY = 3;
const LONGEST_COMPLAINT = 4_000;
/** Ends the program when the thread that started it ends, however that happens; part of every Debian. */
const SETPRIV = '/usr/bin/setpriv';

export interface ServerSettings {
  readonly program: string;
  readonly model: string;
  readonly threads: number;
}

/** A whisper-server with its model loaded, on a loopback port, below a path that only this process knows. */
export class ServerProcess {
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #port: number;
  readonly #secretPath: string;
  #complaint = '';
  #alive: boolean = true;
  #stopped: boolean = false;

  private constructor({ program, model, threads }: ServerSettings, port: number) {
    this.#port = port;
    this.#secretPath = `/${randomBytes(16).toString('hex')}`;
    const folder = dirname(program);
    const args = ['--host', '127.0.0.1', '--port', String(port), '--request-path', this.#secretPath, '--public', folder];
    args.push('--model', model, '--threads', String(threads), '--suppress-nst');
    const guarded = process.platform === 'linux' && existsSync(SETPRIV);
    const command = guarded ? [SETPRIV, '--pdeathsig', 'KILL', '--', program] : [program];
    const [file = program, ...before] = command;
    this.#child = spawn(file, [...before, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-LONGEST_COMPLAINT);
    });
    const endWithUs = () => this.#child.kill('SIGKILL');
    process.once('exit', endWithUs);
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.#alive = false;
        process.removeListener('exit', endWithUs);
        resolve();
      };
      this.#child.once('error', end);
      this.#child.once('close', end);
    });
  }

  /** Resolves when the model is loaded. Throws `whisper-model-unusable` or `whisper-server-failed`. */
  static async start(settings: ServerSettings, signal: AbortSignal): Promise<ServerProcess> {
    for (let attempt = 1; ; attempt++) {
      const server = new ServerProcess(settings, await freePort());
      if (await server.#ready(AbortSignal.any([signal, AbortSignal.timeout(LOAD_LIMIT_MS)]))) return server;
      const complaint = server.#complaint;
      await server.stop();
      signal.throwIfAborted();
      const portTaken = complaint.includes("couldn't bind");
      if (!portTaken || attempt === PORTS_TO_TRY) throw notStarted(settings.model, complaint);
    }
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** The answer to a request for a transcript; the form is whisper-server's own. Rejects as `ask` does. */
  transcribe(form: FormData, signal: AbortSignal): Promise<string> {
    return ask(this.#port, `${this.#secretPath}/inference`, form, signal);
  }

  /** It ended because it was told to. */
  get wasStopped(): boolean {
    return this.#stopped;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.kill();
  }

  /** The same for one that no longer works: it counts as having ended by itself. */
  async kill(): Promise<void> {
    if (this.#alive) this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** False where it ended instead, or took too long. */
  async #ready(signal: AbortSignal): Promise<boolean> {
    while (this.#alive && !signal.aborted) {
      const answer = await ask(this.#port, `${this.#secretPath}/health`, undefined, signal).catch(() => undefined);
      if (answer !== undefined) return true;
      await pause(POLL_MS);
    }
    return false;
  }
}

function notStarted(model: string, complaint: string): TandemError {
  if (/failed to (initialize whisper context|load model)/.test(complaint)) return modelUnusable(model, 'whisper.cpp does not take it');
  const lastLine = complaint.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  return new TandemError({
    code: 'whisper-server-failed',
    stage: 'speech-to-text',
    message: `whisper-server did not start: ${lastLine || 'it gave no reason'}`,
    remedy:
      'Run scripts/build-whisper again after removing its folder in the data folder, or set another speechToText.engine in the profile.',
    recoverable: false,
  });
}
