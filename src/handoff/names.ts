import { hostname } from 'node:os';
import { isId } from './topics.js';

/** This machine's name as it may stand in a topic; `tandem` where nothing of it is left. */
function machineName(name: string = hostname()): string {
  const made = name
    .split('.')[0]
    ?.replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
  return made === undefined || made === '' ? 'tandem' : made;
}

/** A device's or host's name in topics: as given, else its account's (an access list goes by that), else the machine's. */
export function nameInTopics(given: string | undefined, username: string | undefined): string {
  return given ?? (username !== undefined && isId(username) ? username : machineName());
}
