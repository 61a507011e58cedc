import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { registerSkills } from '../../../src/cli/evaluate/skills.js';

let folder: string;
let printed: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-evaluate-'));
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

async function evaluate(lines: readonly string[], ...flags: string[]): Promise<void> {
  const file = join(folder, 'items.jsonl');
  await writeFile(file, lines.join('\n'));
  const program = new Command().exitOverride();
  registerSkills(program);
  await program.parseAsync(['skills', file, ...flags], { from: 'user' });
}

const LINES = [
  '{"text": "set a timer for five minutes", "want": "skill"}',
  '{"text": "오 분 타이머 맞춰줘", "language": "ko", "want": "skill"}',
  '{"text": "sing me a song", "want": "skill"}',
  '{"text": "who wrote hamlet", "want": "other"}',
  '{"text": "what time is it", "want": "other"}',
];

it('prints the shares as one object', async () => {
  await evaluate(LINES, '--json');
  expect(JSON.parse(printed.join(''))).toEqual({ items: 5, taken: 2 / 3, wronglyTaken: 0.5 });
});

it('prints counts and rates as a table', async () => {
  await evaluate(LINES);
  expect(printed.join('\n')).toMatch(/skill\s+3\s+2\s+66\.7 %/);
  expect(printed.join('\n')).toMatch(/other\s+2\s+1\s+50\.0 %/);
});

it.each([
  ['no JSON', ['{"text": '], /items\.jsonl:1 is not JSON/],
  ['another want', ['', '{"text": "stop", "want": "yes"}'], /items\.jsonl:2: .*want/],
  ['nothing', [''], /has no lines/],
])('says what is wrong with a file of %s', async (_, lines, why) => {
  await expect(evaluate(lines)).rejects.toThrow(why);
});
