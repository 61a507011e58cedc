import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PreparedStates } from '../../../src/language-model/llama/preparedState.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-prepared-'));
});
afterEach(() => rm(folder, { recursive: true }));

const writing = (text: string) => (file: string) => writeFile(file, text);

async function read(states: PreparedStates, key: string): Promise<string | undefined> {
  let text: string | undefined;
  const found = await states.load(key, async (file) => {
    text = await readFile(file, 'utf8');
  });
  return found ? text : undefined;
}

describe('prepared states on disk', () => {
  it('come back as they were written, by key', async () => {
    const states = new PreparedStates(join(folder, 'made', 'when-needed'));
    expect(await read(states, 'one')).toBeUndefined();
    await states.save('one', writing('first'));
    await states.save('two', writing('second'));
    expect(await read(states, 'one')).toBe('first');
    expect(await read(states, 'two')).toBe('second');
  });

  it('are deleted, and never used, when they were damaged', async () => {
    const states = new PreparedStates(folder);
    await states.save('one', writing('first'));
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, name), 'firsT');
    expect(await read(states, 'one')).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it('are deleted when the model can not use them', async () => {
    const states = new PreparedStates(folder);
    await states.save('one', writing('first'));
    expect(await states.load('one', () => Promise.reject(new Error('of something else')))).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leave nothing half written, and only a few stay', async () => {
    const states = new PreparedStates(folder);
    await expect(states.save('bad', () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
    expect(await readdir(folder)).toEqual([]);
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) await states.save(key, writing(key));
    expect(await readdir(folder)).toHaveLength(4);
    expect(await read(states, 'f')).toBe('f');
  });
});
