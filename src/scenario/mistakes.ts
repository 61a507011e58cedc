import { nearest } from '../nearest.js';
import { type Explanation, explain, type Issue, valueAt } from '../profile/explain.js';
import type { SchemaNode } from '../profile/schemaNode.js';
import { momentNames } from './moments.js';

/** What is wrong in a scenario, in plain words. `schema`: JSON Schema of scenarios. */
export function explainScenario(issues: readonly Issue[], schema: SchemaNode, data: unknown): readonly Explanation[] {
  const misspelt = new Set(issues.flatMap(({ code, path }) => (code === 'unrecognized_keys' ? [path.join('.')] : [])));
  // What a section lacks is most likely what is misspelt in it.
  const told = issues.filter(({ code, path }) => code !== 'custom' || !misspelt.has(path.join('.')));
  return told.flatMap((issue) => explainOne(issue, schema, data)).map((one) => inQuotes(one, data));
}

function explainOne(issue: Issue, schema: SchemaNode, data: unknown): readonly Explanation[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const value = valueAt(data, path);
  const name = momentWritten(value);
  if (issue.code === 'invalid_union' && isMomentPlace(path) && name !== undefined && !momentNames.includes(name)) {
    const meant = nearest(name, momentNames);
    const remedy = meant === undefined ? `Known: ${momentNames.join(', ')}.` : `Did you mean ${meant}?`;
    return [{ path, at: 'value', message: `"${name}" is no word for what happens`, remedy }];
  }
  // `never` takes a moment, or one with its place: without that it is the first that was meant.
  const [moment] = issue.code === 'invalid_union' && valueAt(value, ['what']) === undefined ? (issue.errors[0] ?? []) : [];
  if (path[0] === 'never' && moment?.code === 'invalid_union') return asExpected({ ...moment, path: issue.path }, schema, data);
  // Where a field has a sentence of its own, that is clearer than its type.
  if (issue.code === 'invalid_type' && issue.message.startsWith('must be')) {
    return [{ path, at: 'value', message: value === undefined ? 'is missing' : `${issue.message}, not ${JSON.stringify(value)}` }];
  }
  return explain(issue, schema, data);
}

/** An entry of `never` that is a moment is explained as one of `expect`, whose schema has nothing else. */
function asExpected(issue: Issue, schema: SchemaNode, data: unknown): readonly Explanation[] {
  const path = ['expect', ...issue.path.slice(1)];
  return explain({ ...issue, path }, schema, { expect: valueAt(data, ['never']) }).map((one) => ({
    ...one,
    path: ['never', ...one.path.slice(1)],
    ...(one.remedy === undefined ? {} : { remedy: one.remedy.replaceAll('expect[', 'never[') }),
  }));
}

/** `wake`, or the key of `wake: alexa`. */
function momentWritten(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.length === 1 ? keys[0] : undefined;
}

/** For YAML, 144 and true are no text. */
function inQuotes(explanation: Explanation, data: unknown): Explanation {
  const { path, at, message } = explanation;
  const value = valueAt(data, path);
  const isText = typeof value !== 'number' && typeof value !== 'boolean';
  if (isText || at === 'key' || !isTextPlace(path) || !message.startsWith('must be')) return explanation;
  return { path, at, message: `must be text, not ${value}`, remedy: `Write it in quotes: "${value}".` };
}

/** Where words are wanted that must be in what is said. */
function isTextPlace(path: readonly (string | number)[]): boolean {
  const field = path.findLast((part) => typeof part === 'string') ?? '';
  return ['answer', 'spoken', 'transcript', 'sentence', 'text', 'contains', 'containsNot', 'is'].includes(field);
}

function isMomentPlace(path: readonly (string | number)[]): boolean {
  const last = path.at(-1);
  const place = typeof last === 'number' ? path.at(-2) : last;
  return ['expect', 'never', 'after', 'before', 'what', 'from', 'to'].includes(String(place));
}
