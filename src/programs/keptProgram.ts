import { type HelperProgram, startHelper } from './helperProgram.js';

export interface KeptProgramOptions {
  /** A line that it printed, without its end. */
  readonly onLine: (line: string) => void;
  /** It ended by itself, or could not be started: why, in a few words. It is started again. */
  readonly onEnd: (why: string) => void;
  /** Where it runs; see `startHelper`. */
  readonly folder?: string;
  /** Runs before each start; must not reject. */
  readonly before?: () => Promise<void>;
  /** First and longest wait before it is started again, ms. */
  readonly restartMs?: { readonly first: number; readonly longest: number };
}

/** Longer lines are none that anybody waits for, characters. */
const LONGEST_LINE = 200;
const RESTART_MS = { first: 1_000, longest: 60_000 };
const GRACE_MS = 500;

/** A program that is to run as long as the device, and whose lines say something; started again with growing waits when it ends. */
export class KeptProgram {
  private readonly command: readonly string[];
  private readonly options: KeptProgramOptions;
  private readonly restartMs: { readonly first: number; readonly longest: number };
  private running: HelperProgram | undefined;
  private waiting: NodeJS.Timeout | undefined;
  private waitMs: number;
  private closed = false;

  /** Starts it. */
  constructor(command: readonly string[], options: KeptProgramOptions) {
    this.command = command;
    this.options = options;
    this.restartMs = options.restartMs ?? RESTART_MS;
    this.waitMs = this.restartMs.first;
    void this.start();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.waiting);
    await this.running?.stop(GRACE_MS);
  }

  private async start(): Promise<void> {
    if (this.options.before !== undefined) await this.options.before();
    if (this.closed) return;
    const { folder } = this.options;
    const program = startHelper(this.command, folder === undefined ? {} : { folder });
    const startedAt = performance.now();
    this.running = program;
    const lines = new Lines((line) => {
      if (!this.closed) this.options.onLine(line);
    });
    program.output.setEncoding('utf8').on('data', (text: string) => lines.push(text));
    void program.ended.then(async (why) => {
      await program.stop(0);
      if (this.closed) return;
      if (performance.now() - startedAt > this.restartMs.longest) this.waitMs = this.restartMs.first;
      this.options.onEnd(why ?? 'it ended');
      this.waiting = setTimeout(() => void this.start(), this.waitMs);
      this.waitMs = Math.min(this.waitMs * 2, this.restartMs.longest);
    });
  }
}

/** Cuts text that comes in pieces into lines; those that are too long are left out. */
class Lines {
  private readonly onLine: (line: string) => void;
  private begun = '';

  constructor(onLine: (line: string) => void) {
    this.onLine = onLine;
  }

  push(text: string): void {
    const parts = (this.begun + text).split('\n');
    // One character more than a line may have tells that it is too long, however long it gets.
    this.begun = (parts.pop() ?? '').slice(0, LONGEST_LINE + 1);
    for (const line of parts) if (line.length <= LONGEST_LINE) this.onLine(line.trim());
  }
}
