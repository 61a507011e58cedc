import { stringify } from 'yaml';
import { profileJsonSchema } from './schema.js';
import type { SchemaNode } from './schemaNode.js';

/** The text of a new profile: its name, and every section with its defaults, commented out, each field with its meaning. */

/** `schemaPath`: path of the JSON Schema, as seen from the new file. */
export function profileTemplate(name: string, kind: 'device' | 'host', schemaPath: string): string {
  const { then: host, else: device } = profileJsonSchema() as { then: SchemaNode; else: SchemaNode };
  const sections = Object.entries((kind === 'host' ? host : device).properties ?? {}).filter(([key]) => key !== 'name' && key !== 'kind');
  const lines = [
    `# yaml-language-server: $schema=${schemaPath}`,
    '# What is commented out shows the defaults. Remove the "# " of a line, and of the sections around it, to change it.',
    '',
    `name: ${stringify(name).trim()}`,
    ...(kind === 'host' ? ['kind: host', '', 'languageModel:', '  engine: exaone', '  model: tandem-starter'] : []),
  ];
  for (const [key, node] of sections) {
    if (kind === 'host' && key === 'languageModel') continue;
    lines.push('', ...field(key, node, undefined).map((line) => `# ${line}`.trimEnd()));
  }
  return `${lines.join('\n')}\n`;
}

/** `given`: the value that the section around sets for this field, over the field's own default. */
function field(key: string, node: SchemaNode, given: unknown): string[] {
  const value = given ?? node.default;
  const section = fieldsOf(node, value);
  const about = node.description === undefined ? [] : [`# ${node.description}`];
  if (section === undefined) {
    const shown = value === undefined ? '' : ` ${stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()}`;
    return [...about, value === undefined ? `# ${key}:` : `${key}:${shown}`];
  }
  const values = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const inside = Object.entries(section).flatMap(([name, child]) => field(name, child, child.const ?? values[name]));
  return [...about, `${key}:`, ...inside.map((line) => `  ${line}`)];
}

/** The fields of a section; of several engines, those of the default one. Undefined for what is not a section. */
function fieldsOf(node: SchemaNode, value: unknown): Readonly<Record<string, SchemaNode>> | undefined {
  if (node.properties !== undefined) return node.default === undefined && value === undefined ? undefined : node.properties;
  const engine = typeof value === 'object' && value !== null && 'engine' in value ? value.engine : undefined;
  return engine === undefined ? undefined : node.oneOf?.find((choice) => choice.properties?.engine?.const === engine)?.properties;
}
