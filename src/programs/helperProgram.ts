import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { codeOf } from '../errors.js';

/** A few words of what a program complains about are enough. */
const LONGEST_COMPLAINT = 300;

/** A program of the person's, or of libgpiod, that runs beside the device. */
export interface HelperProgram {
  /** What it prints, bytes; must be read. */
  readonly output: Readable;
  /** Resolves once: undefined where it ended well (exit code 0), else why not, in a few words. */
  readonly ended: Promise<string | undefined>;
  /** Asks it, and whatever it started, to end, and ends them for sure after `graceMs`. Resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

/** Ends each helper that runs, when the device ends in a hurry: none of them gets the terminal's Ctrl-C. */
const enders = new Set<() => void>();
process.once('exit', () => {
  for (const end of enders) end();
});

export interface HelperSurroundings {
  /** Where it runs: paths in its command are relative to this folder. Default: where the device runs. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts `[program, ...arguments]` without a shell, in a process group of its own: Ctrl-C at the terminal ends the device, and the
 * device ends its helpers. A program that isn't there ends at once. Gets no standard input.
 */
export function startHelper(command: readonly string[], { folder, environment }: HelperSurroundings = {}): HelperProgram {
  const [program = '', ...args] = command;
  const env = { ...process.env, ...environment };
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], cwd: folder, env });
  let complaint = '';
  let over = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-LONGEST_COMPLAINT);
  });
  const kill = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The whole group is gone already.
    }
  };
  const endWithUs = () => kill('SIGKILL');
  enders.add(endWithUs);
  const gone = new Promise<string | undefined>((resolve) => {
    const end = (why: string | undefined) => {
      over = true;
      enders.delete(endWithUs);
      resolve(why);
    };
    child.once('error', (error) => {
      if (child.pid === undefined) end(codeOf(error) === 'ENOENT' ? 'it is not there' : error.message);
    });
    // "exit" and not "close": a grandchild that keeps the pipe open must not keep the device waiting.
    child.once('exit', (code, signal) => {
      if (code === 0) end(undefined);
      else end(lastLine(complaint) || (code === null ? `ended by ${signal}` : `exit code ${code}`));
    });
  });
  return {
    output: child.stdout,
    ended: gone,
    stop: async (graceMs) => {
      if (!over) {
        kill('SIGTERM');
        const timer = setTimeout(() => kill('SIGKILL'), graceMs);
        await gone;
        clearTimeout(timer);
      }
      kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

function lastLine(text: string): string {
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      .findLast((line) => line !== '') ?? ''
  );
}
