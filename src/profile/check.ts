import { z } from 'zod';
import type { Catalogue } from '../models/catalogue.js';
import { crossRules } from './crossRules.js';
import { type Explanation, explain, type Issue, valueAt } from './explain.js';
import { type Mistake, type Path, pathText } from './mistake.js';
import { deviceProfile, hostProfile, type Profile } from './schema.js';
import { child, type SchemaNode } from './schemaNode.js';
import { readYaml } from './yamlSource.js';

/** Finds every mistake of a profile at once: YAML, fields, and rules between fields. */

export interface Checked {
  /** Undefined where there are mistakes. */
  readonly profile?: Profile;
  readonly mistakes: readonly Mistake[];
  /** Things that work but are probably not meant. */
  readonly warnings: readonly Mistake[];
}

const schemas = {
  device: { zod: deviceProfile as z.ZodObject, json: z.toJSONSchema(deviceProfile, { io: 'input' }) as SchemaNode },
  host: { zod: hostProfile as z.ZodObject, json: z.toJSONSchema(hostProfile, { io: 'input' }) as SchemaNode },
};

/** `file`: as it is to be named in messages; `folder`: what relative paths in the profile are relative to. */
export async function checkProfile(text: string, file: string, folder: string, catalogue: Catalogue): Promise<Checked> {
  const source = readYaml(text);
  if (source.problems.length > 0) return { mistakes: source.problems.map((problem) => ({ file, path: '', ...problem })), warnings: [] };
  const data = source.data;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    const message = data === null || data === undefined ? 'the profile is empty' : 'a profile is a list of keys and values';
    const remedy = 'Begin with a line such as "name: Kitchen"; `tandem profile new NAME` writes one to start from.';
    return { mistakes: [{ file, line: 1, column: 1, path: '', message, remedy }], warnings: [] };
  }

  const kind = child(data, 'kind') === 'host' ? 'host' : 'device';
  const { found, parsed } = readSections(data, kind);
  const ruled = await crossRules(kind === 'host' ? { host: parsed } : { device: parsed }, { folder, catalogue });

  const located = (explanation: Explanation): Mistake => ({
    file,
    ...(explanation.at === 'key' ? source.keyPlace(explanation.path) : source.valuePlace(explanation.path)),
    path: pathText(explanation.path),
    message: explanation.message,
    ...(explanation.remedy === undefined ? {} : { remedy: explanation.remedy }),
  });
  const inOrder = (explanations: readonly Explanation[]) =>
    explanations.map(located).sort((a, b) => a.line - b.line || a.column - b.column);

  const mistakes = inOrder([...found, ...ruled.mistakes]);
  const warnings = inOrder(ruled.warnings);
  return mistakes.length > 0 ? { mistakes, warnings } : { profile: parsed as Profile, mistakes, warnings };
}

/** Reads each section by itself, so that a mistake in one hides nothing in another. */
function readSections(data: object, kind: 'device' | 'host'): { found: Explanation[]; parsed: Record<string, unknown> } {
  const { zod, json } = schemas[kind];
  const found: Explanation[] = [];
  const parsed: Record<string, unknown> = {};
  for (const [key, section] of Object.entries(zod.shape)) {
    if (key === 'kind' && isUnknownKind(child(data, key))) {
      found.push({ path: [key], at: 'value', message: 'must be device or host' });
      continue;
    }
    const result = readSection(section as z.ZodType, child(data, key), [key], (issue) => explain(issue, json, data));
    found.push(...result.found);
    if (result.value !== undefined) parsed[key] = result.value;
  }
  for (const key of Object.keys(data).filter((name) => !Object.hasOwn(zod.shape, name))) {
    const foreign = foreignKey(key, kind);
    found.push(...(foreign ?? explain({ code: 'unrecognized_keys', keys: [key], path: [], message: '' }, json, data)));
  }
  return { found, parsed };
}

function isUnknownKind(kind: unknown): boolean {
  return kind !== undefined && kind !== 'device' && kind !== 'host';
}

function foreignKey(key: string, kind: 'device' | 'host'): Explanation[] | undefined {
  const other = kind === 'host' ? 'device' : 'host';
  if (!Object.hasOwn(schemas[other].zod.shape, key)) return undefined;
  return [{ path: [key], at: 'key', message: `belongs to profiles of kind ${other}`, remedy: `Remove it, or write "kind: ${other}".` }];
}

/**
 * Takes out what is wrong and reads again, because some rules are only looked at when the fields are right.
 * Mistakes above or below a place that was already reported are not repeated.
 */
function readSection(
  schema: z.ZodType,
  written: unknown,
  path: Path,
  explained: (issue: Issue) => readonly Explanation[],
): { found: Explanation[]; value: unknown } {
  const found: Explanation[] = [];
  let data = structuredClone(written);
  for (let round = 0; round < 4; round++) {
    const result = schema.safeParse(data, { reportInput: true });
    if (result.success) return { found, value: result.data };
    const fresh = result.error.issues
      .flatMap((issue) => explained({ ...issue, path: [...path, ...issue.path] }))
      .filter((mistake) => !found.some((known) => isWithin(known.path, mistake.path) || isWithin(mistake.path, known.path)));
    found.push(...fresh);
    if (fresh.length === 0 || fresh.some((mistake) => mistake.path.length <= path.length)) break;
    const smaller = { section: data };
    for (const mistake of fresh) takeOut(smaller, ['section', ...mistake.path.slice(path.length)]);
    data = smaller.section;
  }
  return { found, value: undefined };
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((part, index) => path[index] === part);
}

/** Removes the innermost named field on the way to `path`. */
function takeOut(root: object, path: Path): void {
  const last = path.findLastIndex((part) => typeof part === 'string');
  const holder = valueAt(root, path.slice(0, last));
  const key = path[last];
  if (typeof holder === 'object' && holder !== null && key !== undefined) Reflect.deleteProperty(holder, key);
}
