import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { UsageError } from '../../errors.js';
import { loadSkills, type SkillSet } from '../../skills/create.js';
import { table } from '../table.js';

const line = z.object({
  text: z.string().min(1),
  language: z.enum(['en', 'ko']).default('en'),
  want: z.enum(['skill', 'other']),
  /** Only for the table: rows are counted by it where it is given. */
  intent: z.string().optional(),
});
type Item = z.infer<typeof line>;

interface Judged extends Item {
  /** `skill:intent` that took it. */
  readonly by: string | undefined;
}

/** `tandem evaluate skills`: whether the skills take what is theirs, and leave alone what is not. */
export function registerSkills(evaluate: Command): void {
  evaluate
    .command('skills')
    .description('how many requests for skills are taken by one, and how many others are taken wrongly; nothing is carried out')
    .argument('<file.jsonl>', 'a line each: {"text", "language"?: "en"|"ko", "want": "skill"|"other", "intent"?}')
    .option('--json', 'print {items, taken, wronglyTaken}: lines read, share of "skill" taken, share of "other" taken (0 to 1)')
    .option('--wrong', 'list every line that was judged wrongly')
    .action(run);
}

async function run(file: string, flags: { readonly json?: true; readonly wrong?: true }): Promise<void> {
  const items = await readItems(file);
  const folder = await mkdtemp(join(tmpdir(), 'tandem-skills-'));
  const skills = await loadSkills({ dataFolder: folder, languages: ['en', 'ko'], ring: async () => {} });
  try {
    const judged = items.map((item) => ({ ...item, by: takenBy(skills, item) }));
    const { taken, wronglyTaken } = shares(judged);
    if (flags.wrong === true) printWrong(judged);
    if (flags.json === true) console.log(JSON.stringify({ items: items.length, taken, wronglyTaken }));
    else printTable(judged);
  } finally {
    await skills.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function takenBy(skills: SkillSet, { text, language }: Item): string | undefined {
  const match = skills.match({ text, language, now: new Date() });
  return match === undefined ? undefined : `${match.skill}:${match.intent}`;
}

async function readItems(file: string): Promise<readonly Item[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} can't be read.`, 'Give a file with a JSON object a line.');
  });
  const items: Item[] = [];
  for (const [index, source] of text.split('\n').entries()) {
    if (source.trim() === '') continue;
    items.push(readItem(source, `${file}:${index + 1}`));
  }
  if (items.length === 0) throw new UsageError(`${file} has no lines.`, 'Give a file with a JSON object a line.');
  return items;
}

function readItem(source: string, where: string): Item {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw new UsageError(`${where} is not JSON.`, 'Write {"text": "set a timer", "want": "skill"} on each line.');
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) throw new UsageError(`${where}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
  return parsed.data;
}

interface Shares {
  readonly taken: number;
  readonly wronglyTaken: number;
}

/** 0 to 1 each; 0 where there is no line of the kind. */
function shares(judged: readonly Judged[]): Shares {
  return {
    taken: share(judged.filter(({ want }) => want === 'skill')),
    wronglyTaken: share(judged.filter(({ want }) => want === 'other')),
  };
}

function share(judged: readonly Judged[]): number {
  return judged.length === 0 ? 0 : judged.filter(({ by }) => by !== undefined).length / judged.length;
}

function printTable(judged: readonly Judged[]): void {
  const groups = new Map<string, Judged[]>();
  for (const item of judged) {
    const name = item.want === 'skill' ? `skill ${item.intent ?? ''}`.trim() : 'other';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  const rows = [...groups].sort(([a], [b]) => b.localeCompare(a)).map(([name, group]) => row(name, group));
  const wanted = judged.filter(({ want }) => want === 'skill');
  if (rows.length > 2) rows.push(row('skill, all', wanted));
  console.log(table(['kind', 'lines', 'taken', 'share'], rows));
}

function row(name: string, group: readonly Judged[]): readonly string[] {
  const taken = group.filter(({ by }) => by !== undefined).length;
  return [name, String(group.length), String(taken), `${((100 * taken) / group.length).toFixed(1)} %`];
}

function printWrong(judged: readonly Judged[]): void {
  for (const { text, want, by, intent } of judged) {
    if (want === 'skill' && by === undefined) console.error(`missed  ${intent ?? ''}  ${text}`);
    if (want === 'other' && by !== undefined) console.error(`stolen by ${by}  ${intent ?? ''}  ${text}`);
  }
}
