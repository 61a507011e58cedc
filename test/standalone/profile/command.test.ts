import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { register } from '../../../src/cli/profile.js';

let folder: string;
let output: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-profile-'));
  output = '';
  process.exitCode = undefined;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

async function tandem(...words: string[]): Promise<string> {
  const program = new Command('tandem').exitOverride();
  register(program);
  await program.parseAsync(['profile', ...words], { from: 'user' });
  return output;
}

test('list shows the starter profile', async () => {
  expect(await tandem('list')).toMatch(/^NAME +KIND +WHAT IT IS\n(.*\n)*starter +device +\S/);
});

test('show prints a profile that can be checked again', async () => {
  const file = join(folder, 'shown.yaml');
  await writeFile(file, await tandem('show', 'starter'));
  expect(output).toContain('thresholdWhileSpeaking: 0.7');
  // The model's path is relative to the profile's folder, and is only looked for when the device starts.
  expect(await tandem('check', file)).toContain('shown.yaml: no mistakes');
});

describe('check', () => {
  test('goes on after a bad file, and fails', async () => {
    const bad = join(folder, 'bad.yaml');
    await writeFile(bad, 'name: Bad\naudio: { volume: 101 }\n');
    await tandem('check', bad, join(folder, 'none.yaml'), 'starter');
    expect(output).toMatch(
      /bad\.yaml:2:18: audio\.volume: must be at most 100, not 101\..*\nThere is no profile ".*none\.yaml"\..*\n.*starter\.yaml: no mistakes\n$/,
    );
    expect(process.exitCode).toBe(1);
  });

  test('does not fail where all is well', async () => {
    await tandem('check', 'starter');
    expect(process.exitCode).toBeUndefined();
  });
});

test('schema prints JSON', async () => {
  expect(JSON.parse(await tandem('schema'))).toMatchObject({ title: 'Tandem profile' });
});

describe('new', () => {
  test('writes a profile without mistakes, once', async () => {
    const file = join(folder, 'living-room.yaml');
    await tandem('new', file);
    expect(await readFile(file, 'utf8')).toContain('\nname: Living room\n');
    expect(await tandem('check', file)).toContain('no mistakes');
    await expect(tandem('new', file)).rejects.toMatchObject({ code: 'profile-exists' });
  });

  test.each([['../outside'], ['with space.yaml'], ['']])('%j is no name', async (name) => {
    await expect(tandem('new', name === '../outside' ? '..' : name)).rejects.toMatchObject({ code: 'usage' });
  });
});

test('recommend writes a profile for this machine, once; --json prints it with machine and reasons', async () => {
  const file = join(folder, 'hall.yaml');
  await tandem('recommend', '--yes', '--questions', 'everyday', '--write', file);
  expect(await readFile(file, 'utf8')).toMatch(/name: Hall\n[\s\S]*# Everyday questions need no larger model|practice model/);
  expect(await tandem('check', file)).toContain('hall.yaml: no mistakes');
  output = '';
  const { machine, choices, expected, profile } = JSON.parse(await tandem('recommend', '--json')) as Record<string, unknown>;
  expect(machine).toMatchObject({ cores: expect.any(Number), bandwidth: expect.any(Number) });
  expect(choices).toContainEqual({ path: 'languageModel.engine', value: 'exaone', reason: expect.any(String) });
  expect(expected).toMatchObject({ memoryMb: expect.any(Number) });
  expect(profile).toMatchObject({ languageModel: { engine: 'exaone' } });
  await expect(tandem('recommend', '--yes', '--write', file)).rejects.toMatchObject({ code: 'profile-exists' });
});
