import { basename, dirname } from 'node:path';

/** A name for what is kept of each of these files: its own without the ending, with its folder's before it where another has the same, and a number where that is not enough. */
export function keptNames(files: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (const file of files) {
    const own = basename(file).replace(/\.ya?ml$/, '');
    const withFolder = [basename(dirname(file)).replace(/^\.+/, ''), own].filter((part) => part !== '').join('-');
    let name = names.includes(own) ? withFolder : own;
    for (let number = 2; names.includes(name); number++) name = `${withFolder}-${number}`;
    names.push(name);
  }
  return names;
}
