import { hostname } from 'node:os';

/** This machine's name as it may stand in a topic; `tandem` where nothing of it is left. */
export function machineName(name: string = hostname()): string {
  const made = name
    .split('.')[0]
    ?.replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
  return made === undefined || made === '' ? 'tandem' : made;
}
