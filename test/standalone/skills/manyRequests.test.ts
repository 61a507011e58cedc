import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../../src/paths.js';
import { SkillsAtHand } from './skillsAtHand.js';

const half = z.strictObject({
  taken: z.record(z.string(), z.array(z.string())),
  missed: z.array(z.string()),
  others: z.array(z.string()),
});
const requests = z.strictObject({ work: half, measured: half });

let skills: SkillsAtHand;
beforeAll(async () => {
  skills = await SkillsAtHand.load();
});
afterAll(async () => await skills.remove());

describe.each(['en', 'ko'])('requests as people make them (%s)', (language) => {
  it.each(['work', 'measured'] as const)('are taken by their skill, and no others are (%s half)', async (name) => {
    const path = join(projectRoot, 'test', 'standalone', 'skills', 'requests', `${language}.yaml`);
    const { taken, missed, others } = requests.parse(parse(await readFile(path, 'utf8')))[name];
    const expected = Object.entries(taken).flatMap(([by, texts]) => texts.map((text) => ({ text, by })));
    expect(expected.map(({ text }) => ({ text, by: skills.takenBy(text) }))).toEqual(expected);
    expect(others.filter((text) => skills.takenBy(text) !== undefined)).toEqual([]);
    // Whoever improves the sentences moves what is taken now, so that the lists stay true.
    expect(missed.filter((text) => skills.takenBy(text) !== undefined)).toEqual([]);
  });
});
