import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { stringify } from 'yaml';
import { TandemError } from '../errors.js';
import { catalogue } from '../models/catalogue.js';
import { checkProfile } from '../profile/check.js';
import type { Explanation } from '../profile/explain.js';
import { fileOf, type LoadedProfile, loadDeviceProfile, shortPath } from '../profile/load.js';
import type { Path } from '../profile/mistake.js';
import type { DeviceProfile } from '../profile/schema.js';
import { readYaml } from '../profile/yamlSource.js';

/** A device profile with what a scenario changes in it, checked as any other profile. Mistakes are told with their place in the scenario. */
export async function profileWith(
  nameOrFile: string,
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<LoadedProfile<DeviceProfile> | { readonly mistakes: readonly Explanation[] }> {
  const loaded = await loadDeviceProfile(/[/\\]/.test(nameOrFile) ? resolve(folder, nameOrFile) : nameOrFile).catch((error: unknown) => {
    if (error instanceof TandemError) return error;
    throw error;
  });
  if (loaded instanceof TandemError) {
    const { message, remedy } = loaded;
    return {
      mistakes: [{ path: ['profile'], at: 'value', message: message.replace(/\.$/, ''), ...(remedy === undefined ? {} : { remedy }) }],
    };
  }
  if (Object.keys(settings).length === 0) return loaded;
  const written = readYaml(await readFile(fileOf(loaded.file), 'utf8')).data;
  const { profile, mistakes } = await checkProfile(
    stringify(merged(written, settings)),
    shortPath(loaded.file),
    dirname(loaded.file),
    catalogue(),
  );
  if (profile === undefined || profile.kind !== 'device') {
    return {
      mistakes: mistakes.map(({ path, message, remedy }) => ({
        path: ['settings', ...pathOf(path)],
        at: 'value',
        message,
        ...(remedy === undefined ? {} : { remedy }),
      })),
    };
  }
  return { ...loaded, profile };
}

/** Sections are merged field by field; lists and single values take the place of the old ones, and so does a section with another engine. */
function merged(old: unknown, changed: unknown): unknown {
  if (!isSection(old) || !isSection(changed)) return changed;
  if (changed.engine !== undefined && changed.engine !== old.engine) return changed;
  const entries = Object.entries(changed).map(([key, value]) => [key, merged(old[key], value)]);
  return { ...old, ...Object.fromEntries(entries) };
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `wakeWord.words[0]` as a path. */
function pathOf(text: string): Path {
  return text.split(/[.[\]]+/).flatMap((part) => (part === '' ? [] : [/^\d+$/.test(part) ? Number(part) : part]));
}
