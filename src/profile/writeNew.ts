import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { codeOf, TandemError, UsageError } from '../errors.js';
import { fileOf, profilesFolder, shortPath } from './load.js';

/** Writing a profile that is not there yet. */

export const SCHEMA_FILE = 'profile.schema.json';

export interface NewProfile {
  /** Absolute. */
  readonly file: string;
  /** What the device may be called: `living-room` becomes `Living room`. */
  readonly title: string;
  /** Path of the JSON Schema, as seen from the file. */
  readonly schemaPath: string;
}

/** `name`: goes to device-profiles/NAME.yaml; or a path ending in .yaml. Throws `UsageError` where it can't be a name. */
export function newProfile(name: string): NewProfile {
  const file = fileOf(name);
  const plain = basename(file).replace(/\.ya?ml$/i, '');
  if (!/^[A-Za-z0-9][\w-]{0,59}$/.test(plain)) {
    throw new UsageError(`${JSON.stringify(name)} can't be the name of a profile.`, 'Use letters, digits, - and _, such as living-room.');
  }
  const schema = relative(dirname(file), join(profilesFolder(), SCHEMA_FILE));
  const title = plain.charAt(0).toUpperCase() + plain.slice(1).replaceAll(/[-_]+/g, ' ');
  return { file, title, schemaPath: schema.includes('/') ? schema : `./${schema}` };
}

/** Rejects with `profile-exists` where the file is there, unless `replace`. */
export async function writeProfile(file: string, text: string, replace = false): Promise<void> {
  await writeFile(file, text, { flag: replace ? 'w' : 'wx' }).catch((error: unknown) => {
    const exists = codeOf(error) === 'EEXIST';
    throw new TandemError({
      code: exists ? 'profile-exists' : 'profile-unwritable',
      stage: 'profile',
      message: exists ? `There is already a file ${shortPath(file)}.` : `${shortPath(file)} can't be written (${codeOf(error)}).`,
      remedy: exists ? 'Choose another name, or remove it first.' : 'Check that its folder is there and may be written to.',
      recoverable: false,
      cause: error,
    });
  });
}
