import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../../src/paths.js';
import { SkillsAtHand } from './skillsAtHand.js';

const FOLDER = join(projectRoot, 'scripts', 'starter-model', 'questions');
const questions = z.array(z.looseObject({ ask: z.array(z.string()).optional() }));

/** Questions of the starter model that a skill takes all the same, because the skill knows the answer as well or better. */
const EXCEPTIONS: readonly RegExp[] = [
  /^(?:please |can you |could you )?(?:flip|toss|throw) a coin|^coin flip|^heads or tails/,
  /^(?:how many|number of) (?:seconds|minutes|hours|days|weeks|months) .*(?:minute|hour|day|week|month|year)/,
  /(?:milliliters|teaspoon|tablespoon)/,
  /\bhelp(?: me)?$|^what do you know$/,
  /^pardon me$|^what was that$|^what$|^not you$/,
  /square root of seven hundred/,
];

let skills: SkillsAtHand;
beforeAll(async () => {
  skills = await SkillsAtHand.load();
});
afterAll(async () => await skills.remove());

/** Every fourth is enough to notice, and four times as quick. */
const EVERY = 4;

describe('questions for a model', () => {
  it('are left alone', async () => {
    const stolen: string[] = [];
    let asked = 0;
    for (const file of (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml'))) {
      const groups = questions.safeParse(parse(await readFile(join(FOLDER, file), 'utf8')));
      for (const text of (groups.data ?? []).flatMap(({ ask = [] }) => ask).filter((_, index) => index % EVERY === 0)) {
        asked += 1;
        const by = skills.takenBy(text);
        if (by !== undefined && !EXCEPTIONS.some((exception) => exception.test(text))) stolen.push(`${text} (${by})`);
      }
    }
    expect(asked).toBeGreaterThan(1000);
    expect(stolen).toEqual([]);
  });

  it.each([
    'who invented the alarm clock',
    'how does an egg timer work',
    'why is there a time difference between france and japan',
    'what is the capital of japan',
    'remind me to call mom at five',
    'cancel my reservation for tonight',
    'what time does the store close',
    'when is my next meeting',
    'how long should i cook an egg',
    'how far is the moon',
    'play some music',
    'turn up the heat',
    'how many calories are in a cup of rice',
    'how do you spell minute',
    'what is the history of dice',
    'how many people live in seoul',
    'tell me about time travel',
    'what is the volume of a sphere',
    'how many miles is it to boston',
    'what is the exchange rate of dollars to euros',
    '회의는 몇 시야',
    '지구에서 달까지 얼마나 멀어',
    '알람 시계는 누가 발명했어',
    '시간이란 뭐야',
    '서울 인구는 얼마야',
    '소리는 어떻게 전달돼',
  ])('%s', (text) => {
    expect(skills.takenBy(text)).toBeUndefined();
  });
});
