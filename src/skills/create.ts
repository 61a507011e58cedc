import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Language } from '../speech-to-text/contract.js';
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

/** "Cancel everything" is about timers where some are running. */
const LAST = 'stop';

/** Every folder here with a `skill` file is a skill (the others are what skills share); they are asked in alphabetical order, `stop` after the others. */
export async function loadSkills(home: SkillHome): Promise<SkillSet> {
  const here = dirname(fileURLToPath(import.meta.url));
  const extension = fileURLToPath(import.meta.url).endsWith('.ts') ? 'ts' : 'js';
  const folders = (await readdir(here)).sort((a, b) => Number(a === LAST) - Number(b === LAST) || a.localeCompare(b));
  const files = folders.map((folder) => join(here, folder, `skill.${extension}`));
  const skills: Skill[] = [];
  for (const path of files.filter((path) => existsSync(path))) {
    const file: { readonly load: LoadSkill } = await import(pathToFileURL(path).href);
    skills.push(await file.load(home));
  }
  const set = new SkillSet(skills);
  warmUp(set, home.languages);
  return set;
}

/** How requests and questions usually begin. */
const USUAL: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'what is the name of that',
    'what time is it',
    'how many of these are in that',
    'who is that',
    'set a timer',
    'tell me about that',
    'turn it up',
    'which one has the most',
  ],
  ko: ['지금 몇 시야', '이건 뭐야', '얼마나 커', '타이머 맞춰줘', '소리 키워줘'],
};

/** Sentences are compiled when they are first looked at: done here for the usual ones, so that the first question does not wait. */
function warmUp(set: SkillSet, languages: readonly Language[]): void {
  for (const language of languages) for (const text of USUAL[language]) set.match({ text, language, now: new Date() });
}
