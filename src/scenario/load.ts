import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { WavReader } from '../audio/wav/reader.js';
import { TandemError, UsageError } from '../errors.js';
import { type Explanation, valueAt } from '../profile/explain.js';
import { type LoadedProfile, shortPath } from '../profile/load.js';
import { type Mistake, mistakeText, pathText } from '../profile/mistake.js';
import type { DeviceProfile } from '../profile/schema.js';
import type { SchemaNode } from '../profile/schemaNode.js';
import { readYaml } from '../profile/yamlSource.js';
import { explainScenario } from './mistakes.js';
import { type Scenario, scenarioSchema } from './schema.js';
import { isSection, profileWith } from './settings.js';

/** Scenario files: found, read, and every mistake in them said at once. */

export interface LoadedScenario {
  readonly scenario: Scenario;
  /** As it is to be named. */
  readonly file: string;
  /** What its recordings are relative to. */
  readonly folder: string;
  readonly profile: LoadedProfile<DeviceProfile>;
}

const MAX_BYTES = 64 * 1024;

const json = z.toJSONSchema(scenarioSchema, { io: 'input' }) as SchemaNode;

/** All scenarios of these files and of the folders and their folders, in the order of their names. Rejects with `UsageError`. */
export async function loadScenarios(paths: readonly string[]): Promise<readonly LoadedScenario[]> {
  const files = (await Promise.all(paths.map(scenarioFiles))).flat();
  const all = await Promise.all(files.map(readScenario));
  const mistakes = all.flatMap((one) => ('mistakes' in one ? one.mistakes : []));
  if (mistakes.length > 0) throw new UsageError(['There are mistakes in scenarios:', ...mistakes.map(mistakeText)].join('\n  '));
  return all.flatMap((one) => ('mistakes' in one ? [] : [one]));
}

async function scenarioFiles(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`${path} does not exist.`, 'Give YAML files, or folders with YAML files in them.');
  if (!found.isDirectory()) return [path];
  const inside = (await readdir(path, { recursive: true })).filter((name) => /\.ya?ml$/.test(name)).sort();
  if (inside.length === 0) throw new UsageError(`There is no scenario in ${path}.`, 'Scenarios are files that end in .yaml.');
  return inside.map((name) => join(path, name));
}

async function readScenario(path: string): Promise<LoadedScenario | { readonly mistakes: readonly Mistake[] }> {
  const file = shortPath(resolve(path));
  const folder = dirname(resolve(path));
  const source = readYaml(await textOf(path));
  if (source.problems.length > 0) return { mistakes: source.problems.map((problem) => ({ file, path: '', ...problem })) };
  const { data } = source;
  const located = ({ path: where, at, message, remedy }: Explanation): Mistake => ({
    file,
    ...(at === 'key' ? source.keyPlace(where) : source.valuePlace(where)),
    path: pathText(where),
    message,
    ...(remedy === undefined ? {} : { remedy }),
  });
  const parsed = scenarioSchema.safeParse(data, { reportInput: true });
  const own = parsed.success ? [] : explainScenario(parsed.error.issues, json, data);
  const profile = await profileOf(data, folder);
  const wrong = [...own, ...('mistakes' in profile ? profile.mistakes : []), ...(await faultyRecordings(data, folder))];
  if (!parsed.success || 'mistakes' in profile || wrong.length > 0) {
    return { mistakes: wrong.map(located).sort((a, b) => a.line - b.line || a.column - b.column) };
  }
  return { scenario: parsed.data, file, folder, profile };
}

/** Also of a scenario with mistakes elsewhere, so that all of them are said at once. */
async function profileOf(data: unknown, folder: string) {
  const name = valueAt(data, ['profile']);
  const settings = valueAt(data, ['settings']);
  return await profileWith(typeof name === 'string' ? name : 'starter', folder, isSection(settings) ? settings : {}, hasSpeech(data));
}

async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path);
  if (bytes.length > MAX_BYTES) throw new UsageError(`${path} is larger than ${MAX_BYTES / 1024} KiB.`, 'Is it another file?');
  return bytes.toString('utf8');
}

async function faultyRecordings(data: unknown, folder: string): Promise<Explanation[]> {
  const turns = valueAt(data, ['turns']);
  const places = [['background', 'hear'], ...(Array.isArray(turns) ? turns.map((_, index) => ['turns', index, 'hear']) : [])];
  const faults: Explanation[] = [];
  for (const path of places) {
    const named = valueAt(data, path);
    const fault = typeof named === 'string' ? await faultOf(resolve(folder, named)) : undefined;
    if (fault !== undefined) faults.push({ path, at: 'value', ...fault });
  }
  return faults;
}

/** Undefined where it is a WAV file with sound in it. */
async function faultOf(file: string): Promise<Pick<Explanation, 'message' | 'remedy'> | undefined> {
  try {
    (await WavReader.open(file)).close();
    return undefined;
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    if (error.code === 'wav-missing') {
      return { message: `there is no file ${shortPath(file)}`, remedy: 'Recordings are named relative to the scenario.' };
    }
    return {
      message: error.message.replace(file, shortPath(file)).replace(/\.$/, ''),
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    };
  }
}

function hasSpeech(data: unknown): boolean {
  const turns = valueAt(data, ['turns']);
  return (
    valueAt(data, ['background']) !== undefined || (Array.isArray(turns) && turns.some((turn) => valueAt(turn, ['hear']) !== undefined))
  );
}
