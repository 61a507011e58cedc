import { readdirSync, readFileSync } from 'node:fs';

/**
 * Ends a process and everything that it has started, and nothing else. They are halted before they are ended, until no new one is
 * found, so that none can start another one meanwhile. Only for a process that still runs: afterwards its number may be somebody else's.
 */
export function endTree(root: number): void {
  const halted = new Set<number>();
  for (let found = [root]; found.length > 0; found = descendantsOf(root).filter((id) => !halted.has(id))) {
    for (const id of found) {
      send(id, 'SIGSTOP');
      halted.add(id);
    }
  }
  for (const id of halted) send(id, 'SIGKILL');
}

/** By /proc; elsewhere than on Linux there are none to be found. */
function descendantsOf(root: number): number[] {
  const all = processIds().map((id) => ({ id, parent: parentOf(id) }));
  const found: number[] = [];
  for (let generation = new Set([root]); generation.size > 0; ) {
    generation = new Set(all.filter(({ parent }) => generation.has(parent)).map(({ id }) => id));
    found.push(...generation);
  }
  return found;
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

/** pid (name) state parent …; the name may hold spaces and brackets. */
function parentOf(id: number): number {
  try {
    return Number(/^\d+ \(.*\) \S (\d+) /s.exec(readFileSync(`/proc/${id}/stat`, 'utf8'))?.[1] ?? -1);
  } catch {
    return -1;
  }
}

function send(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(id, signal);
  } catch {
    // It has ended by itself.
  }
}
