import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TandemError } from '../../errors.js';
import { projectRoot } from '../../paths.js';
import type { FromWhisperNode, ToWhisperNode } from './nodeMessages.js';

/** A process that holds whisper-node. It is ended with everything that it has started. */
export class NodeProcess {
  /** Resolves when whisper-node is loaded, rejects with `whisper-node-failed` where it can't be. */
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #alive: boolean = true;

  /** `packageFolder`: the built copy of the package. `recordings`: removed by the process when the device ends without having closed it. */
  constructor(packageFolder: string, recordings: string) {
    const fromSource = fileURLToPath(import.meta.url).endsWith('.ts');
    const file = fileURLToPath(new URL(fromSource ? './whisperNodeMain.ts' : './whisperNodeMain.js', import.meta.url));
    this.#child = fork(file, [packageFolder, recordings], {
      cwd: projectRoot,
      detached: true,
      execArgv: fromSource ? ['--import', 'tsx'] : [],
      // The copy has no packages beside it; those that it needs are here.
      env: { ...process.env, NODE_PATH: join(projectRoot, 'node_modules') },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const endWithUs = () => this.#kill();
    process.once('exit', endWithUs);
    this.#ended = new Promise((resolve) => {
      const end = () => {
        this.#alive = false;
        process.removeListener('exit', endWithUs);
        resolve();
      };
      this.#child.once('error', end);
      this.#child.once('exit', end);
    });
    this.ready = this.#next();
    this.ready.catch(() => {});
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Resolves when whisper-node says that it is done; whether it succeeded only its files tell. Rejects with `whisper-node-failed` where it ended. */
  async transcribe(job: ToWhisperNode): Promise<void> {
    await this.ready;
    const done = this.#next();
    // A process that has ended is seen by its exit.
    this.#child.send(job, () => {});
    await done;
  }

  async stop(): Promise<void> {
    this.#kill();
    await this.#ended;
  }

  #kill(): void {
    if (!this.#alive || this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }

  #next(): Promise<void> {
    return new Promise((resolve, reject) => {
      const onMessage = (_: FromWhisperNode) => resolve();
      this.#child.once('message', onMessage);
      void this.#ended.then(() => {
        this.#child.off('message', onMessage);
        reject(nodeFailed('its process ended'));
      });
    });
  }
}

export function nodeFailed(reason: string, cause?: unknown): TandemError {
  return new TandemError({
    code: 'whisper-node-failed',
    stage: 'speech-to-text',
    message: `whisper-node could not transcribe: ${reason}.`,
    remedy: 'Try again; if it stays, use another model, or set speechToText.engine to whisperServer in the profile.',
    cause,
  });
}
