import type { z } from 'zod';
import { nearest } from '../nearest.js';
import { type Path, pathText } from './mistake.js';
import { allowedText, allowedWords, child, nodeAt, orList, type SchemaNode } from './schemaNode.js';

/** Zod's issues in plain words, with what may be written instead. */

export type Issue = z.core.$ZodIssue;

export interface Explanation {
  readonly path: Path;
  /** Whether the key itself is wrong, or what stands behind it. */
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly remedy?: string;
}

/** `schema`: JSON Schema of the whole; `path` of the issue counted from there. An issue about several keys becomes several. */
export function explain(issue: Issue, schema: SchemaNode, data: unknown): readonly Explanation[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, schema, data));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const choices = missingChoices(issue.errors, valueAt(data, path));
    if (choices !== undefined) return [{ path, at: 'value', message: `lacks one of these: ${orList(choices)}` }];
    const inner = nearestBranch(issue.errors);
    if (inner !== undefined) return inner.flatMap((deeper) => explain({ ...deeper, path: [...issue.path, ...deeper.path] }, schema, data));
  }
  return [wrongValue(issue, path, schema, data)];
}

/** Where each alternative lacks nothing but one field of its own: the names of these. */
function missingChoices(branches: readonly (readonly Issue[])[], data: unknown): readonly string[] | undefined {
  const names = branches.map((issues) => {
    const [only] = issues;
    const missing = issues.length === 1 && only?.path.length === 1 && valueAt(data, [String(only.path[0])]) === undefined;
    return missing ? String(only.path[0]) : undefined;
  });
  const known = names.filter((name) => name !== undefined);
  return known.length === names.length && new Set(known).size === known.length ? known : undefined;
}

function unknownKey(path: Path, key: string, schema: SchemaNode, data: unknown): Explanation {
  const node = nodeAt(schema, path, data);
  const known = Object.keys(node?.properties ?? {});
  const meant = nearest(key, known);
  const engine = child(data === undefined ? undefined : valueAt(data, path), 'engine');
  const where = typeof engine === 'string' ? ` for the engine ${engine}` : '';
  return {
    path: [...path, key],
    at: 'key',
    message: `is not known${where}`,
    ...(meant !== undefined
      ? { remedy: `Did you mean ${pathText([...path, meant])}?` }
      : known.length > 0
        ? { remedy: `Known here: ${known.join(', ')}.` }
        : {}),
  };
}

function wrongValue(issue: Issue, path: Path, schema: SchemaNode, data: unknown): Explanation {
  const node = nodeAt(schema, path, data) ?? {};
  const value = valueAt(data, path);
  const missing = value === undefined;
  const words = allowedWords(fieldNode(schema, path, data) ?? node);
  const meant = typeof value === 'string' ? nearest(value, words) : undefined;
  const allowed = words.length > 1 && node.const !== undefined ? orList(words) : allowedText(node);
  const said = messageOf(issue, missing, shown(path, value), allowed);
  if (issue.code === 'custom') return { path, at: 'value', message: said };
  const hints = [
    meant === undefined ? undefined : `Did you mean ${meant}?`,
    issue.code === 'invalid_type' && issue.expected === 'array' && isWord(value) ? `Write it in brackets: [${value}].` : undefined,
    allowed === undefined || allowed === 'text' || said.includes(allowed) ? undefined : `Write ${allowed}.`,
    missing && node.description !== undefined ? `${sentence(node.description)}` : undefined,
  ].filter((hint) => hint !== undefined);
  return { path, at: 'value', message: said, ...(hints.length > 0 ? { remedy: hints.join(' ') } : {}) };
}

/** The schema of a field such as `engine:` over all alternatives of the section around it, not only of the chosen one. */
function fieldNode(schema: SchemaNode, path: Path, data: unknown): SchemaNode | undefined {
  const last = path.at(-1);
  if (typeof last !== 'string') return undefined;
  const around = nodeAt(schema, path.slice(0, -2), valueAt(data, []));
  const key = path.at(-2);
  const section = path.length < 2 ? schema : typeof key === 'number' ? around?.items : around?.properties?.[String(key)];
  const fields = (section?.oneOf ?? section?.anyOf)?.flatMap((choice) => choice.properties?.[last] ?? []);
  return fields === undefined || fields.length === 0 ? undefined : { anyOf: fields };
}

function messageOf(issue: Issue, missing: boolean, value: string, allowed: string | undefined): string {
  if (missing) return 'is missing';
  const not = value === '' ? '' : `, not ${value}`;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${allowed ?? issue.expected}${not}`;
    case 'invalid_value':
    case 'invalid_union':
      return issue.message.startsWith('Invalid')
        ? `must be ${allowed ?? 'something else'}${not}`
        : `${issue.message}${value === '' ? '' : ` (it is ${value})`}`;
    case 'too_small':
      if (issue.origin === 'array' && issue.minimum === 1) return 'must not be empty';
      return `must ${size(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}${not}`;
    case 'too_big':
      return `must ${size(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}${not}`;
    case 'invalid_format':
      if (issue.format === 'url') return `must be an address such as http://HOST:PORT${not}`;
      return issue.message.startsWith('Invalid') ? `has a form that is not allowed${not}` : `${issue.message}${not}`;
    default:
      return lowerFirst(issue.message.replace(/\.$/, ''));
  }
}

function size(origin: string, bound: string, limit: number | bigint): string {
  if (origin === 'string') return `have ${bound} ${limit} characters`;
  if (origin === 'array') return `have ${bound} ${limit} entries`;
  return `be ${bound} ${limit}`;
}

/** Of the alternatives of a choice, the mistakes of the one that the writer most likely meant. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const deep = branches.filter((issues) => issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'));
  const sized = branches.filter((issues) => issues.every((issue) => issue.code === 'too_small' || issue.code === 'too_big'));
  const weight = (issues: readonly Issue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  return [...(deep.length > 0 ? deep : sized)].sort((a, b) => weight(a) - weight(b))[0];
}

/** The value as a person wrote it; nothing where it could hold a secret or is too large to show. */
function shown(path: Path, value: unknown): string {
  const secretive = path.some((part) => /password|secret|accesskey|apikey|url/i.test(String(part)));
  if (secretive) return '';
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a section';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length <= 60 ? text : '';
}

/** Short enough to be shown, and nothing that would have to be quoted in a list. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w./-]{1,40}$/.test(value);
}

export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, part) => child(here, part), data);
}

function sentence(text: string): string {
  const name = /^\S*[A-Z]/.test(text);
  const upper = name ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(upper) ? upper : `${upper}.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
