import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll } from 'vitest';
import { temporaryFolder } from './temporaryFolder.js';

export interface ScriptedPrograms {
  readonly folder: string;
  /** Writes a program of this name, in shell script; in it, `$LOG` is the file that `lines` reads. Returns its path. */
  write(name: string, script: string): string;
  /** What the programs have written to `$LOG`, a line each. */
  lines(): string[];
}

/** A folder at the front of `PATH` for programs that a test writes; gone after the tests of the file. */
export function scriptedPrograms(): ScriptedPrograms {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  const before = process.env.PATH ?? '';
  process.env.PATH = `${folder}${delimiter}${before}`;
  afterAll(() => {
    process.env.PATH = before;
  });
  return {
    folder,
    write: (name, script) => {
      const path = join(folder, name);
      writeFileSync(path, `#!/bin/bash\nLOG='${log}'\n${script}\n`);
      chmodSync(path, 0o755);
      return path;
    },
    lines: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
        : [],
  };
}

/** A `gpioset` of libgpiod 1 or 2 that writes down its arguments, and holds and lets go as the real one does. */
export function scriptedGpioset(programs: ScriptedPrograms, version: 1 | 2): void {
  const ends = version === 1 ? '*--mode=exit*' : '*--toggle*';
  programs.write(
    'gpioset',
    `if [ "$1" = --version ]; then echo "gpioset (libgpiod) v${version === 1 ? '1.6.3' : '2.2.1'}"; exit; fi
echo "$*" >> "$LOG"
case "$*" in ${ends}) exit 0;; esac
trap 'echo "let go of \${@: -1}" >> "$LOG"; exit 0' TERM
while :; do sleep 60 & wait $!; done`,
  );
}
