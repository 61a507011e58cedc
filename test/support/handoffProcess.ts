import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';
import { eventually } from './eventually.js';
import type { TestDeviceOptions, TestHostOptions } from './handoff.js';

/** What a process of `handoffMain.ts` is to be; goes there as JSON. */
export type Role =
  | ({ readonly role: 'host'; readonly url: string } & Pick<TestHostOptions, 'name' | 'host' | 'mqtt' | 'pieceMs' | 'graceMs'>)
  | ({ readonly role: 'device'; readonly url: string; readonly question: string } & Pick<TestDeviceOptions, 'device' | 'handoff' | 'mqtt'>);

/** A host or device in a process of its own, to be killed, frozen and woken. */
export class HandoffProcess {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  #ended = false;

  private constructor(role: Role) {
    const main = join(projectRoot, 'test', 'support', 'handoffMain.ts');
    this.#child = spawn(process.execPath, ['--import', 'tsx', main, JSON.stringify(role)], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let rest = '';
    this.#child.stdout?.on('data', (data: Buffer) => {
      const parts = (rest + data.toString()).split('\n');
      rest = parts.pop() ?? '';
      this.lines.push(...parts);
    });
    this.#child.once('exit', () => {
      this.#ended = true;
    });
  }

  /** Resolves when it says that it is ready. */
  static async start(role: Role): Promise<HandoffProcess> {
    const started = new HandoffProcess(role);
    await eventually(
      `the ${role.role} is ready`,
      () => started.lines.includes('ready') || (started.#ended && Promise.reject(new Error('it ended'))),
      20_000,
    );
    return started;
  }

  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void {
    this.#child.kill(signal);
  }

  async ended(): Promise<number | null> {
    await eventually('it has ended', () => this.#ended, 10_000);
    return this.#child.exitCode;
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    this.#child.kill('SIGKILL');
    await this.ended();
  }
}
