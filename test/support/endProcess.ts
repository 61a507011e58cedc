import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Asks a process that this one has started to end, and ends it for sure after three seconds. Resolves when it is gone. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(kill);
}
