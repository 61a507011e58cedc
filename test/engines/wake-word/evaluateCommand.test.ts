import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, expect, test, vi } from 'vitest';
import { registerWake } from '../../../src/cli/evaluate/wake.js';
import { projectRoot } from '../../../src/paths.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const folder = temporaryFolder();
const word = join(folder, 'word');
const other = join(folder, 'other');
await mkdir(word);
await mkdir(other);
await copyFile(join(projectRoot, 'test', 'fixtures', 'wake-word-and-silence.wav'), join(word, 'a.wav'));
await copyFile(join(projectRoot, 'test', 'fixtures', 'no-wake-word.wav'), join(other, 'b.wav'));

/** Standard output of `tandem evaluate wake` with these words after it. */
async function evaluate(...words: string[]): Promise<string> {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerWake(program);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} });
  await program.parseAsync(['wake', ...words], { from: 'user' });
  return lines.join('\n');
}
afterEach(() => vi.restoreAllMocks());

test('--json prints one object', async () => {
  const printed: unknown = JSON.parse(await evaluate('--word', 'alexa', '--positive', word, '--negative', other, '--json'));
  expect(printed).toEqual({
    clips: 1,
    found: 1,
    missRate: 0,
    falseAlarms: 0,
    negativeHours: expect.any(Number),
    corePercent: expect.any(Number),
  });
});

test('a table for people, with what other thresholds would give and what was missed', async () => {
  const printed = await evaluate('--word', 'hey_jarvis', '--positive', word, '--threshold', '0.6');
  expect(printed).toMatch(/recordings of "hey_jarvis"\s+1\n/);
  expect(printed).toMatch(/found\s+0 \(0\.0 %\)/);
  expect(printed).toMatch(/0\.9\s+0 \(0\.0 %\)\s+0/);
  expect(printed).toContain(join(word, 'a.wav'));
});

test.each<[string, string[], string]>([
  ['no folder', ['--word', 'alexa'], 'nothing to listen to'],
  ['a folder that is not there', ['--word', 'alexa', '--positive', join(folder, 'nowhere')], 'is not there'],
  ['a word that nobody knows', ['--word', 'alexander', '--positive', word], 'no wake word "alexander"'],
  ['a threshold that is none', ['--word', 'alexa', '--positive', word, '--threshold', 'high'], 'not a number from 0.05 to 1'],
])('%s is wrong usage', async (_, words, message) => {
  await expect(evaluate(...words)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(message) });
});
