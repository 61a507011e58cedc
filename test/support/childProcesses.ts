import { readdirSync, readFileSync } from 'node:fs';

export interface RunningProcess {
  readonly id: number;
  /** Name of the program, `parec`; at most 15 characters. */
  readonly name: string;
}

/** The processes that this process has started and that still run. */
export function childProcesses(): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      // pid (name) state parent …; the name may hold spaces and brackets.
      const found = /^\d+ \((.*)\) (\S) (\d+) /s.exec(stat(id));
      if (found === null || Number(found[3]) !== process.pid || found[2] === 'Z') return [];
      return [{ id: Number(id), name: found[1] ?? '' }];
    });
}

function stat(id: string): string {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8');
  } catch {
    return '';
  }
}
