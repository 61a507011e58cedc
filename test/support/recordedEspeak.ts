import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Spoken {
  /** As `espeak-ng -v` names it. */
  readonly voice: string;
  readonly text: string;
}

/**
 * Puts a program before the real espeak-ng that notes voice and text of each call and hands them on. `spoken()` tells and forgets them;
 * `remove` undoes it.
 */
export function recordEspeak(folder: string): { readonly spoken: () => readonly Spoken[]; readonly remove: () => void } {
  const real = execFileSync('which', ['espeak-ng'], { encoding: 'utf8' }).trim();
  const [program, notes, before] = [join(folder, 'espeak-ng'), join(folder, 'notes.jsonl'), process.env.PATH];
  writeFileSync(
    program,
    `#!/bin/sh
case " $* " in *" --stdin "*) ;; *) exec ${real} "$@" ;; esac
text=$(cat)
printf '%s\\t%s\\n' "$2" "$text" >> ${notes}
printf '%s' "$text" | ${real} "$@"
`,
  );
  chmodSync(program, 0o755);
  process.env.PATH = `${folder}${delimiter}${before ?? ''}`;
  return {
    spoken: () => {
      if (!existsSync(notes)) return [];
      const lines = readFileSync(notes, 'utf8')
        .split('\n')
        .filter((line) => line !== '');
      rmSync(notes);
      return lines.map((line) => {
        const [voice = '', text = ''] = line.split('\t');
        return { voice, text };
      });
    },
    remove: () => {
      process.env.PATH = before;
      rmSync(program);
    },
  };
}
