import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile, loadDeviceProfile, loadHostProfile, profilesFolder } from '../../../src/profile/load.js';
import { profileJsonSchema } from '../../../src/profile/schema.js';
import type { SchemaNode } from '../../../src/profile/schemaNode.js';

const files = readdirSync(profilesFolder()).filter((file) => file.endsWith('.yaml'));

describe.each(files)('device-profiles/%s', (file) => {
  const path = join(profilesFolder(), file);

  test('has no mistakes and nothing to warn of', async () => {
    const { mistakes, warnings } = await checkFile(path);
    expect(mistakes).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test('tells editors where its schema is', () => {
    expect(readFileSync(path, 'utf8').split('\n')[0]).toBe('# yaml-language-server: $schema=./profile.schema.json');
  });
});

test('the written schema is up to date (tandem profile schema --write)', () => {
  const written: unknown = JSON.parse(readFileSync(join(profilesFolder(), 'profile.schema.json'), 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(profileJsonSchema())));
});

describe('every section', () => {
  const objects: [string, SchemaNode & { additionalProperties?: unknown }][] = [];
  const fields: [string, SchemaNode][] = [];
  const visit = (path: string, node: SchemaNode) => {
    for (const side of node.oneOf ?? node.anyOf ?? []) visit(path, side);
    if (node.items !== undefined) visit(`${path}[]`, node.items);
    if (node.properties === undefined) return;
    objects.push([path, node]);
    for (const [key, field] of Object.entries(node.properties)) {
      fields.push([`${path}.${key}`, field]);
      visit(`${path}.${key}`, field);
    }
  };
  const { then: host, else: device } = profileJsonSchema() as { then: SchemaNode; else: SchemaNode };
  visit('host', host);
  visit('device', device);

  test('refuses unknown keys', () => {
    expect(objects.length).toBeGreaterThan(20);
    expect(objects.filter(([, node]) => node.additionalProperties !== false).map(([path]) => path)).toEqual([]);
  });

  test('says what each of its fields means', () => {
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter(([, node]) => (node.description ?? '').length < 3).map(([path]) => path)).toEqual([]);
  });
});

test('the starter profile is a device, and no host', async () => {
  const { profile, folder } = await loadDeviceProfile('starter');
  expect(profile.languageModel).toMatchObject({ engine: 'exaone', contextTokens: 1024 });
  expect(folder).toBe(profilesFolder());
  await expect(loadHostProfile('starter')).rejects.toMatchObject({ code: 'usage' });
});
