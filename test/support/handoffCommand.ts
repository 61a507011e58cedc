import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';
import { eventually } from './eventually.js';

export interface CommandSettings {
  /** A module that the process loads first. */
  readonly first?: string;
  /** What runs the command: a program with its arguments. */
  readonly within?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** `tandem …` in a process of its own, to be spoken to, killed, frozen and woken. */
export class TandemProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #out = '';
  #err = '';
  #over = false;

  constructor(args: readonly string[], { first, within = [], env = {} }: CommandSettings = {}) {
    const main = join(projectRoot, 'src', 'cli', 'main.ts');
    const imports = ['tsx', ...(first === undefined ? [] : [first])].flatMap((module) => ['--import', module]);
    const [program = process.execPath, ...rest] = [...within, process.execPath, ...imports, main, ...args];
    this.#child = spawn(program, rest, { cwd: projectRoot, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    this.#child.stdin?.on('error', () => {});
    this.#child.stdout?.on('data', (data: Buffer) => {
      this.#out += data.toString();
    });
    this.#child.stderr?.on('data', (data: Buffer) => {
      this.#err += data.toString();
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        this.#over = true;
        resolve(code);
      });
    });
  }

  get out(): string {
    return this.#out;
  }

  get err(): string {
    return this.#err;
  }

  /** Its exit code, when it has ended. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  /** Resolves when it has printed this; rejects where it ends without. */
  async prints(text: string | RegExp, timeoutMs = 60_000): Promise<void> {
    await eventually(
      `it prints ${text}`,
      () => {
        if (typeof text === 'string' ? this.#out.includes(text) : text.test(this.#out)) return true;
        if (this.#over) throw new Error(`it ended: ${this.#out}${this.#err}`);
        return false;
      },
      timeoutMs,
    );
  }

  /** A line to its standard input. */
  write(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async close(): Promise<void> {
    if (!this.#over) this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
