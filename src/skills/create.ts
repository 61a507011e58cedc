import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { LoadSkill, Skill, SkillHome, SkillMatch, SkillRequest } from './contract.js';

/** Folders here that are no skills but what skills share. */
const SHARED = new Set(['sentences', 'testing']);

/** All skills of the device. */
export class SkillSet {
  readonly skills: readonly Skill[];

  constructor(skills: readonly Skill[]) {
    this.skills = skills;
  }

  /** The first skill that takes the request; undefined where it is a question for a model. */
  match(request: SkillRequest): SkillMatch | undefined {
    for (const skill of this.skills) {
      const match = skill.match(request);
      if (match !== undefined) return match;
    }
    return undefined;
  }

  async close(): Promise<void> {
    for (const skill of this.skills) await skill.close();
  }
}

/** Every folder here with a `skill` file is a skill; they are asked in alphabetical order. */
export async function loadSkills(home: SkillHome): Promise<SkillSet> {
  const here = dirname(fileURLToPath(import.meta.url));
  const extension = fileURLToPath(import.meta.url).endsWith('.ts') ? 'ts' : 'js';
  const folders = (await readdir(here, { withFileTypes: true })).filter((entry) => entry.isDirectory() && !SHARED.has(entry.name));
  const skills: Skill[] = [];
  for (const { name } of folders.sort((a, b) => a.name.localeCompare(b.name))) {
    const file: { readonly load: LoadSkill } = await import(pathToFileURL(join(here, name, `skill.${extension}`)).href);
    skills.push(await file.load(home));
  }
  return new SkillSet(skills);
}
