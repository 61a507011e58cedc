import { readdirSync, readFileSync } from 'node:fs';

export interface RunningProcess {
  readonly id: number;
  /** Name of the program, `parec`; at most 15 characters. */
  readonly name: string;
}

/** The processes that this process has started and that still run. */
export function childProcesses(): RunningProcess[] {
  return running().filter(({ parent }) => parent === process.pid);
}

/** These, and all that they have started, and so on. */
export function descendants(): RunningProcess[] {
  const all = running();
  const below = (id: number): RunningProcess[] => all.filter(({ parent }) => parent === id).flatMap((child) => [child, ...below(child.id)]);
  return below(process.pid);
}

function running(): (RunningProcess & { readonly parent: number })[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      // pid (name) state parent …; the name may hold spaces and brackets.
      const found = /^\d+ \((.*)\) (\S) (\d+) /s.exec(stat(id));
      if (found === null || found[2] === 'Z') return [];
      return [{ id: Number(id), name: found[1] ?? '', parent: Number(found[3]) }];
    });
}

function stat(id: string): string {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8');
  } catch {
    return '';
  }
}
