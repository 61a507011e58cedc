import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { LoadSkill, Skill, SkillHome, SkillMatch, SkillRequest } from './contract.js';

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

/** Every folder here with a `skill` file is a skill (the others are what skills share); they are asked in alphabetical order. */
export async function loadSkills(home: SkillHome): Promise<SkillSet> {
  const here = dirname(fileURLToPath(import.meta.url));
  const extension = fileURLToPath(import.meta.url).endsWith('.ts') ? 'ts' : 'js';
  const files = (await readdir(here)).sort().map((folder) => join(here, folder, `skill.${extension}`));
  const skills: Skill[] = [];
  for (const path of files.filter((path) => existsSync(path))) {
    const file: { readonly load: LoadSkill } = await import(pathToFileURL(path).href);
    skills.push(await file.load(home));
  }
  return new SkillSet(skills);
}
