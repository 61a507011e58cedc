import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../../src/paths.js';

const folder = join(projectRoot, 'test', 'scenarios');

it('the scenarios that the README names for each complaint are there', () => {
  const [, section = ''] = readFileSync(join(folder, 'README.md'), 'utf8').split('## Which complaint is played where');
  const named = [...section.matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => name);
  const there = (name: string): boolean =>
    [join(folder, `${name}.yaml`), join(folder, name), join(projectRoot, name)].some((path) => existsSync(path));
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((name) => !name.startsWith('.') && !there(name))).toEqual([]);
});
