import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Language } from '../speech-to-text/contract.js';
import type { LoadSkill, Skill, SkillHome, SkillMatch, SkillRequest } from './contract.js';
import { Lately } from './lately.js';
import { partsOf } from './sentences/parts.js';
import { inTurn } from './several.js';

/** All skills of the device. */
export class SkillSet {
  readonly skills: readonly Skill[];
  private readonly lately: Lately;

  constructor(skills: readonly Skill[], lately = new Lately()) {
    this.skills = skills;
    this.lately = lately;
  }

  /** The first skill that takes the request, or those that take its parts; undefined where it is a question for a model. */
  match(request: SkillRequest): SkillMatch | undefined {
    const whole = this.first(request);
    const match = this.several(request, whole) ?? whole;
    return match === undefined ? undefined : this.lately.noting(match, request);
  }

  async close(): Promise<void> {
    for (const skill of this.skills) await skill.close();
  }

  /** What has just rung or was just asked goes on before anything else is thought of. */
  private first(request: SkillRequest): SkillMatch | undefined {
    const before = this.lately.before(request);
    const rang = this.lately.rang(request);
    const called = (name: string | undefined) => this.skills.filter((skill) => skill.name === name);
    for (const skill of new Set([...called(rang), ...called(before?.skill), ...this.skills])) {
      const match = skill.match({
        ...request,
        goesOn: skill.name === before?.skill,
        rang: rang !== undefined,
        ...(before?.undo === undefined ? {} : { undo: before.undo }),
      });
      if (match !== undefined) return match;
    }
    return undefined;
  }

  /** "Set a timer for five minutes and an alarm for seven": where the parts say more than the whole was taken for. */
  private several(request: SkillRequest, whole: SkillMatch | undefined): SkillMatch | undefined {
    const parts = partsOf(request.text, request.language);
    const matches = parts.flatMap((text) => this.first({ ...request, text }) ?? []);
    if (parts.length < 2 || matches.length < parts.length) return undefined;
    const sets = matches.reduce((sum, match) => sum + (match.sets ?? 0), 0);
    const isMore = whole === undefined || new Set(matches.map(({ skill }) => skill)).size > 1 || sets > (whole.sets ?? 0);
    return isMore ? inTurn(matches) : undefined;
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
  const lately = new Lately();
  for (const path of files.filter((path) => existsSync(path))) {
    const file: { readonly load: LoadSkill } = await import(pathToFileURL(path).href);
    skills.push(await file.load(lately.listeningTo(home, basename(dirname(path)))));
  }
  const set = new SkillSet(skills, lately);
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
