import { runCommandLine } from '../../src/cli/commandLine.js';
import { keepOutput } from './keptOutput.js';

export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `tandem …` in this process, with what it prints kept. */
export async function tandem(...args: readonly string[]): Promise<CommandRun> {
  const kept = keepOutput();
  const before = process.exitCode;
  try {
    const code = await runCommandLine(['node', 'tandem', ...args]);
    return { code, out: kept.out, err: kept.err };
  } finally {
    process.exitCode = before;
    kept.restore();
  }
}
