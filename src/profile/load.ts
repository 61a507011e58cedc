import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { codeOf, TandemError, UsageError } from '../errors.js';
import { catalogue } from '../models/catalogue.js';
import { nearest } from '../nearest.js';
import { projectRoot } from '../paths.js';
import { type Checked, checkProfile } from './check.js';
import { type Mistake, ProfileInvalidError } from './mistake.js';
import type { DeviceProfile, HostProfile, Profile } from './schema.js';

/** Finding a profile by name or file, and reading it. */

export interface LoadedProfile<P extends Profile = Profile> {
  readonly profile: P;
  /** Absolute. */
  readonly file: string;
  /** What relative paths in the profile are relative to. */
  readonly folder: string;
  readonly warnings: readonly Mistake[];
}

export interface CheckedFile extends Checked {
  readonly file: string;
}

const MAX_BYTES = 256 * 1024;

/** Where profiles are found by name. */
export function profilesFolder(): string {
  return join(projectRoot, 'device-profiles');
}

export async function profileNames(): Promise<readonly string[]> {
  const files = await readdir(profilesFolder());
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}

/**
 * `nameOrFile`: a name from `tandem profile list`, or a path (has a slash, or ends in .yaml or .yml).
 * Rejects with `profile-missing`, `profile-unreadable`, or `ProfileInvalidError` with all mistakes.
 */
export async function loadProfile(nameOrFile: string): Promise<LoadedProfile> {
  const { profile, file, mistakes, warnings } = await checkFile(nameOrFile);
  if (profile === undefined) throw new ProfileInvalidError(shortPath(file), mistakes);
  return { profile, file, folder: dirname(file), warnings };
}

/** As `loadProfile`, for commands that need a speaker. A host's profile is wrong usage. */
export async function loadDeviceProfile(nameOrFile: string): Promise<LoadedProfile<DeviceProfile>> {
  const { profile, ...rest } = await loadProfile(nameOrFile);
  if (profile.kind === 'device') return { profile, ...rest };
  throw new UsageError(
    `${nameOrFile} is the profile of a host, not of a device.`,
    `Start it with \`tandem host --profile ${nameOrFile}\`.`,
  );
}

/** As `loadProfile`, for `tandem host`. A device's profile is wrong usage. */
export async function loadHostProfile(nameOrFile: string): Promise<LoadedProfile<HostProfile>> {
  const { profile, ...rest } = await loadProfile(nameOrFile);
  if (profile.kind === 'host') return { profile, ...rest };
  throw new UsageError(
    `${nameOrFile} is the profile of a device, not of a host.`,
    `Start it with \`tandem talk --profile ${nameOrFile}\`.`,
  );
}

/** Reads and checks; mistakes inside the file are in the result, a missing or unreadable file rejects. */
export async function checkFile(nameOrFile: string): Promise<CheckedFile> {
  const file = fileOf(nameOrFile);
  const text = await readText(file, nameOrFile);
  return { file, ...(await checkProfile(text, shortPath(file), dirname(file), catalogue())) };
}

/** The file of a name or path, whether it is there or not. */
export function fileOf(nameOrFile: string): string {
  const isPath = /[/\\]/.test(nameOrFile) || /\.ya?ml$/i.test(nameOrFile);
  return isPath ? resolve(nameOrFile) : join(profilesFolder(), `${nameOrFile}.yaml`);
}

/** Relative to the working directory where that is shorter. */
export function shortPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith(`..${sep}`) ? file : path;
}

async function readText(file: string, nameOrFile: string): Promise<string> {
  const unreadable = (why: string, remedy: string, cause?: unknown) =>
    new TandemError({
      code: 'profile-unreadable',
      stage: 'profile',
      message: `The profile ${shortPath(file)} ${why}.`,
      remedy,
      recoverable: false,
      cause,
    });
  try {
    const status = await stat(file);
    if (!status.isFile()) throw unreadable('is not a file', 'Name a YAML file.');
    if (status.size > MAX_BYTES)
      throw unreadable(`is larger than ${MAX_BYTES / 1024} KiB`, 'A profile is a short YAML text; is it another file?');
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof TandemError) throw error;
    if (error instanceof TypeError) throw unreadable('is not UTF-8 text', 'Save it as UTF-8; is it another file?', error);
    const code = codeOf(error) || 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw await missing(nameOrFile);
    throw unreadable(`can't be read (${code})`, 'Check its permissions.', error);
  }
}

async function missing(nameOrFile: string): Promise<TandemError> {
  const names = await profileNames();
  const meant = nearest(basename(nameOrFile).replace(/\.ya?ml$/i, ''), names);
  return new TandemError({
    code: 'profile-missing',
    stage: 'profile',
    message: `There is no profile ${JSON.stringify(nameOrFile)}.`,
    remedy: `${meant === undefined ? '' : `Did you mean ${meant}? `}Known: ${names.join(', ')}; or give the path of a YAML file.`,
    recoverable: false,
  });
}
