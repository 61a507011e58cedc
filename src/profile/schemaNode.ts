import type { Path } from './mistake.js';

/** Looking things up in a JSON Schema: what may stand at a path, for messages that say so. */

export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
}

/** What may stand at `path`, given the data around it (which engine is chosen decides which fields there are). */
export function nodeAt(schema: SchemaNode, path: Path, data: unknown): SchemaNode | undefined {
  let node: SchemaNode | undefined = chosen(schema, data);
  let here = data;
  for (const part of path) {
    const next: SchemaNode | undefined = typeof part === 'number' ? node?.items : node?.properties?.[part];
    if (next === undefined) return undefined;
    here = child(here, part);
    node = chosen(next, here);
  }
  return node;
}

/** The alternative that the data means: the one whose constants agree, else the one that knows most of its keys. */
function chosen(node: SchemaNode, data: unknown): SchemaNode {
  const choices = node.oneOf ?? node.anyOf;
  if (choices === undefined || typeof data !== 'object' || data === null || Array.isArray(data)) return node;
  const keys = Object.keys(data);
  const objects = choices.filter((choice) => choice.properties !== undefined);
  const agreeing = objects.filter((choice) =>
    Object.entries(choice.properties ?? {}).every(([key, field]) => field.const === undefined || child(data, key) === field.const),
  );
  const known = (choice: SchemaNode) => keys.filter((key) => choice.properties?.[key] !== undefined).length;
  const candidates = agreeing.length > 0 ? agreeing : objects;
  const best = candidates.reduce<SchemaNode | undefined>((a, b) => (a !== undefined && known(a) >= known(b) ? a : b), undefined);
  return best === undefined ? node : { description: node.description, default: node.default, ...best };
}

/** The simple alternatives of a node: itself, or each side of a choice. */
function sides(node: SchemaNode): readonly SchemaNode[] {
  return (node.oneOf ?? node.anyOf)?.flatMap(sides) ?? [node];
}

/** Words that may be written, where a node is a choice between words. */
export function allowedWords(node: SchemaNode): readonly string[] {
  return sides(node)
    .flatMap((side) => side.enum ?? (side.const === undefined ? [] : [side.const]))
    .map(String);
}

/** `a whole number from 256 to 32768`, `auto or true or false`; undefined where there is nothing to say. */
export function allowedText(node: SchemaNode): string | undefined {
  const words = allowedWords(node);
  const others = sides(node).flatMap((side) => {
    if (side.enum !== undefined || side.const !== undefined) return [];
    if (side.type === 'number' || side.type === 'integer') return [`a ${side.type === 'integer' ? 'whole ' : ''}number${range(side)}`];
    if (side.type === 'boolean') return ['true', 'false'];
    if (side.type === 'array') return ['a list'];
    return side.type === 'string' ? ['text'] : [];
  });
  const sections = sides(node).filter((side) => side.type === 'object');
  const engines = sections.flatMap((side) => side.properties?.engine?.const ?? []).map(String);
  if (engines.length > 0) others.push(`a section with "engine: ${orList(engines)}"`);
  else others.push(...sections.map((side) => `a section with ${Object.keys(side.properties ?? {}).join(', ')}`));
  const all = [...words, ...others];
  return all.length === 0 ? undefined : orList(all);
}

export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function range(node: SchemaNode): string {
  const limit = (value: number | undefined) =>
    value === undefined || !Number.isFinite(value) || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
  const least = limit(node.minimum);
  const most = limit(node.maximum);
  const above = limit(node.exclusiveMinimum);
  const below = limit(node.exclusiveMaximum);
  const from = least !== undefined ? ` from ${least}` : above !== undefined ? ` above ${above}` : '';
  const to = most !== undefined ? (from === '' ? ` of at most ${most}` : ` to ${most}`) : below !== undefined ? ` below ${below}` : '';
  return `${from}${to}`;
}

export function child(data: unknown, part: string | number): unknown {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, part)) return undefined;
  return (data as Record<string | number, unknown>)[part];
}
