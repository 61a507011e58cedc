import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { stringify } from 'yaml';
import { TandemError } from '../errors.js';
import { catalogue } from '../models/catalogue.js';
import { type Checked, checkProfile } from '../profile/check.js';
import type { Explanation } from '../profile/explain.js';
import { type LoadedProfile, loadDeviceProfile, shortPath } from '../profile/load.js';
import type { Path } from '../profile/mistake.js';
import type { DeviceProfile } from '../profile/schema.js';
import { languagesOptions } from '../profile/sections.js';
import { readYaml } from '../profile/yamlSource.js';

/**
 * A device profile with what a scenario changes in it, checked as any other profile. Mistakes are told with their place in the
 * scenario. `spoken`: somebody speaks to the device, not only types.
 */
export async function profileWith(
  nameOrFile: string,
  folder: string,
  settings: Readonly<Record<string, unknown>>,
  spoken: boolean,
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
  const written = merged(readYaml(await readFile(loaded.file, 'utf8')).data, settings);
  const check = (data: unknown) => checkProfile(stringify(data), shortPath(loaded.file), dirname(loaded.file), catalogue());
  const checked = await check(written);
  const { profile, mistakes } = !spoken && mistakesOfEarsAlone(checked) ? await withDeafLanguages(written, check) : checked;
  if (profile?.kind === 'device') return { ...loaded, profile };
  return {
    mistakes: mistakes.map(({ path, message, remedy }) => ({
      path: ['settings', ...pathOf(path)],
      at: 'value',
      message,
      ...(remedy === undefined ? {} : { remedy }),
    })),
  };
}

function mistakesOfEarsAlone({ mistakes }: Checked): boolean {
  return mistakes.length > 0 && mistakes.every(({ path }) => path === 'speechToText.engine');
}

/** Where nobody speaks to the device, its recogniser need not know all its languages. */
async function withDeafLanguages(written: unknown, check: (data: unknown) => Promise<Checked>): Promise<Checked> {
  if (!isSection(written)) return await check(written);
  const { languages, ...others } = written;
  const { profile, ...rest } = await check(others);
  return profile?.kind === 'device' ? { ...rest, profile: { ...profile, languages: languagesOptions.parse(languages) } } : rest;
}

/** Sections are merged field by field; lists and single values take the place of the old ones, and so does a section with another engine. */
function merged(old: unknown, changed: unknown): unknown {
  if (!isSection(old) || !isSection(changed)) return changed;
  if (changed.engine !== undefined && changed.engine !== old.engine) return changed;
  const entries = Object.entries(changed).map(([key, value]) => [key, merged(old[key], value)]);
  return { ...old, ...Object.fromEntries(entries) };
}

export function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `wakeWord.words[0]` as a path. */
function pathOf(text: string): Path {
  return text.split(/[.[\]]+/).flatMap((part) => (part === '' ? [] : [/^\d+$/.test(part) ? Number(part) : part]));
}
