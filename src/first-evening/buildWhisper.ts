import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AbortedError, TandemError } from '../errors.js';
import { dataFolder, projectRoot } from '../paths.js';
import { endTree } from '../speech-output/processTree.js';

/** Builds the programs of the Whisper engines while the device talks: a child process of low priority, its output in a file. */

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** Touches neither the npm packages nor the program that runs, unlike all of the set-up. */
const BUILD: Program = { file: 'nice', args: ['-n', '10', join(projectRoot, 'scripts', 'build-whisper')] };

/** Takes some minutes. Rejects with `whisper-build-failed`, or with `AbortedError` after everything it started has ended. */
export async function buildWhisper(signal: AbortSignal, { file, args }: Program = BUILD): Promise<void> {
  const folder = join(dataFolder(), 'cache');
  await mkdir(folder, { recursive: true });
  const logFile = join(folder, 'build-whisper.log');
  const log = await open(logFile, 'w');
  try {
    // A session of its own: it has no terminal to ask for a password on, and Ctrl-C does not reach it before this process does.
    const child = spawn(file, args, { cwd: projectRoot, stdio: ['ignore', log.fd, log.fd], detached: true });
    const stop = (): void => {
      if (child.pid !== undefined && child.exitCode === null) endTree(child.pid);
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      if (signal.aborted) throw new AbortedError('speech-to-text', signal.reason);
      if (code !== 0) throw failed(logFile);
    } catch (error) {
      throw error instanceof TandemError ? error : failed(logFile, error);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  } finally {
    await log.close();
  }
}

function failed(logFile: string, cause?: unknown): TandemError {
  return new TandemError({
    code: 'whisper-build-failed',
    stage: 'speech-to-text',
    message: `Whisper could not be built for this machine (what was tried is in ${logFile}).`,
    remedy: 'Run scripts/build-whisper, which can also ask for a password, then start again.',
    cause,
  });
}
