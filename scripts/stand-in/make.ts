/** `npx tsx scripts/stand-in/make.ts SIZE [FOLDER]`: writes one stand-in file; see README.md beside this. */

import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { modelsFolder } from '../../src/paths.js';
import { bytesOf } from './blocks.js';
import { SHAPES, type Size, tensorsOf } from './shapes.js';
import { standInFileName, writeStandIn } from './standIn.js';

const [size, folder = modelsFolder()] = process.argv.slice(2);
if (size === undefined || !isSize(size)) {
  console.error(`Usage: make.ts ${Object.keys(SHAPES).join('|')} [FOLDER]`);
  process.exit(2);
}
await mkdir(folder, { recursive: true });
const file = join(resolve(folder), standInFileName(size));
const needed = tensorsOf(SHAPES[size]).reduce((sum, tensor) => sum + bytesOf(tensor), 0);
const disk = await statfs(folder);
if (disk.bavail * disk.bsize < needed * 1.05) {
  console.error(`The disk of ${folder} has no room for ${inGigabytes(needed)}. Free some, or name another folder.`);
  process.exit(1);
}
const half = `${file}.part`;
process.once('SIGINT', () => void rm(half, { force: true }).finally(() => process.exit(130)));
let shown = -1;
await writeStandIn(half, size, (written, total) => {
  const percent = Math.floor((written / total) * 100);
  if (percent === shown) return;
  shown = percent;
  if (process.stderr.isTTY || percent % 20 === 0) process.stderr.write(`\r${percent} % of ${inGigabytes(total)} `);
});
await rename(half, file);
process.stderr.write('\n');
console.log(file);

function isSize(text: string): text is Size {
  return Object.hasOwn(SHAPES, text);
}

function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
