import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineContext } from '../../../src/engineContext.js';
import { projectRoot } from '../../../src/paths.js';
import type { WhisperBuild } from '../../../src/speech-to-text/whisper/builds.js';
import { KeptLog } from '../../support/keptLog.js';

/** For the name of a test that is skipped where the program is not built. */
export function whyNot(build: WhisperBuild): string {
  return existsSync(build.program) ? '' : ` (skipped: ${build.name} is not built, scripts/build-whisper does it)`;
}

export function contextWith(log = new KeptLog()): EngineContext {
  return { log, modelFile: (file) => Promise.resolve(file), secret: () => Promise.resolve(undefined), cacheFolder: '' };
}

/** Numbers of the running processes that have `text` in their command line. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => commandLine(id).includes(text))
    .map(Number);
}

/** A device in a process of its own that has loaded the engine; resolves with the means to kill it. */
export async function deviceWith(engine: string, model: string): Promise<{ kill(): Promise<void> }> {
  const main = join(projectRoot, 'test/support/whisperMain.ts');
  const device = spawn(process.execPath, ['--import', 'tsx', main, engine, model], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(device, 'exit');
  await Promise.race([once(device.stdout, 'data'), ended.then(() => Promise.reject(new Error('the device ended')))]);
  return {
    kill: async () => {
      device.kill('SIGKILL');
      await ended;
    },
  };
}

/** Processor time that a process has used so far, in ticks of the system's clock (10 ms). */
export function processorTicks(id: number): number {
  // pid (name) state …: the name may hold spaces and brackets.
  const fields = read(`/proc/${id}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

function commandLine(id: string): string {
  return read(`/proc/${id}/cmdline`).replaceAll('\0', ' ');
}

/** Nothing where the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
