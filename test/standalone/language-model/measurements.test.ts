import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Measurements } from '../../../src/language-model/llama/measurements.js';

const folder = mkdtempSync(join(tmpdir(), 'tandem-measurements-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('keeps what was measured from start to start', async () => {
  await new Measurements(folder).set('threads', 2);
  await new Measurements(folder).set('draft', 0);
  expect(await new Measurements(folder).get('threads')).toBe(2);
  expect(await new Measurements(folder).get('draft')).toBe(0);
});

it('keeps nobody from starting where it can not be written', async () => {
  const file = join(folder, 'no-folder');
  writeFileSync(file, '');
  const measurements = new Measurements(file);
  await measurements.set('threads', 2);
  expect(await measurements.get('threads')).toBeUndefined();
});
