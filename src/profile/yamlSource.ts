import { isMap, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Path } from './mistake.js';

/** A YAML text as data, which still knows at which line and column everything stands. */

interface Place {
  /** Both counted from 1. */
  readonly line: number;
  readonly column: number;
}

interface YamlProblem extends Place {
  readonly message: string;
  readonly remedy?: string;
}

export interface YamlSource {
  readonly data: unknown;
  /** What keeps it from being read; `data` is undefined then. */
  readonly problems: readonly YamlProblem[];
  /** Where the value at `path` stands; where it isn't written, the nearest thing around it. */
  valuePlace(path: Path): Place;
  /** Where the key that ends `path` stands. */
  keyPlace(path: Path): Place;
}

/** Repeated use of anchors beyond this is taken for an attempt to fill the memory. */
const MAX_ALIASES = 50;

/** After these the rest of a broken file says nothing new. */
const MAX_PROBLEMS = 20;

export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const start: Place = { line: 1, column: 1 };
  const failed = (problems: readonly YamlProblem[]): YamlSource => ({
    data: undefined,
    problems,
    valuePlace: () => start,
    keyPlace: () => start,
  });

  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, logLevel: 'error' });
    if (document.errors.length > 0) {
      const problems = new Map(document.errors.map((error) => [error.pos[0], inPlainWords(error.code, error.message)]));
      return failed([...problems].slice(0, MAX_PROBLEMS).map(([at, problem]) => ({ ...place(at), ...problem })));
    }
    const data: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    const root = document.contents as Node | null;
    return {
      data,
      problems: [],
      valuePlace: (path) => place(find(root, path).value),
      keyPlace: (path) => place(find(root, path).key),
    };
  } catch (error) {
    if (error instanceof RangeError) return failed([{ ...start, message: 'is nested too deeply' }]);
    if (!(error instanceof ReferenceError)) throw error;
    return failed([
      { ...start, message: 'uses anchors (&) and aliases (*) in a way that cannot be read', remedy: 'Write the values out.' },
    ]);
  }
}

/** Offsets of the key and the value at a path; the deepest that exists where the path goes on into nothing. */
function find(root: Node | null, path: Path): { key: number; value: number } {
  let node: unknown = root;
  let found = { key: root?.range?.[0] ?? 0, value: root?.range?.[0] ?? 0 };
  for (const part of path) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find((item) => String(scalar(item.key)) === String(part));
      if (pair === undefined) return found;
      const key = offset(pair.key) ?? found.key;
      found = { key, value: offset(pair.value) ?? key };
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(part)];
      const at = offset(item);
      if (at === undefined) return found;
      found = { key: at, value: at };
      node = item;
    } else {
      return found;
    }
  }
  return found;
}

function scalar(key: unknown): unknown {
  return typeof key === 'object' && key !== null && 'value' in key ? key.value : key;
}

function offset(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const range = node.range;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}

function inPlainWords(code: string, message: string): { message: string; remedy?: string } {
  const said = (message.split('\n')[0] ?? '').replace(/\.$/, '');
  if (code === 'DUPLICATE_KEY') return { message: 'the same key is written twice', remedy: 'Keep one of them.' };
  if (code === 'TAB_AS_INDENT') return { message: 'a tab is used to indent', remedy: 'YAML is indented by spaces.' };
  if (code === 'MULTIPLE_DOCS') return { message: 'there is more than one document (---)', remedy: 'A profile is one document.' };
  return { message: `this is not YAML: ${said}`, remedy: 'Check indentation, colons and quotes.' };
}
