import { vi } from 'vitest';
import { runCommandLine } from '../../src/cli/commandLine.js';

export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `tandem …` in this process, with what it prints kept. */
export async function tandem(...args: readonly string[]): Promise<CommandRun> {
  const kept = { out: '', err: '' };
  const keep = (where: 'out' | 'err') => (text: string | Uint8Array) => {
    kept[where] += String(text);
    return true;
  };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(keep('out'));
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(keep('err'));
  const before = process.exitCode;
  try {
    const code = await runCommandLine(['node', 'tandem', ...args]);
    return { code, ...kept };
  } finally {
    process.exitCode = before;
    out.mockRestore();
    err.mockRestore();
  }
}
