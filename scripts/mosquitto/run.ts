import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { codeOf, TandemError } from '../../src/errors.js';

/** Runs a program to its end; what it says is only shown where it fails. */
export async function run(program: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(program, args, { timeout: 60_000 });
  } catch (error) {
    const missing = codeOf(error) === 'ENOENT';
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : '';
    throw new TandemError({
      code: missing ? 'program-missing' : 'program-failed',
      stage: 'handoff',
      message: missing ? `${program} is not installed.` : `${program} failed: ${said}`,
      remedy: missing ? 'Run: apt-get install mosquitto mosquitto-clients openssl' : 'Mend what it says and run this again.',
      cause: error,
    });
  }
}
