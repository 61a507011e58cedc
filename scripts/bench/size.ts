/** What set-up leaves in node_modules: `npx tsx scripts/bench/size.ts`. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';
import { machineLine, printTable } from './machine.js';

function bytesIn(path: string): number {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) return stats.isSymbolicLink() ? 0 : stats.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}

const modules = join(projectRoot, 'node_modules');
const packages = readdirSync(modules).flatMap((name) =>
  name.startsWith('@') ? readdirSync(join(modules, name)).map((part) => join(name, part)) : [name],
);
const sizes = packages.map((name) => ({ name, bytes: bytesIn(join(modules, name)) })).toSorted((a, b) => b.bytes - a.bytes);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

process.stdout.write(`${machineLine()}\n\n`);
printTable(
  ['package', 'MB'],
  [...sizes.slice(0, 12).map(({ name, bytes }) => [name, megabytes(bytes)] as const), ['all', megabytes(total)]],
);
