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

/** Of the requests for skills, at least so many are taken. */
const ENOUGH = 0.9;

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
    expect(expected.length / (expected.length + missed.length)).toBeGreaterThan(ENOUGH);
  });
});

describe('what is understood', () => {
  it.each([
    ['would you mind setting a timer for an hour and a half', 'Timer set for 1 hour and 30 minutes.'],
    ['set a 1 minute and 30 second timer', 'Timer set for 1 minute and 30 seconds.'],
    ['what time zone do they use in spain', 'Spain is in Central European Standard Time, 1 hour ahead of universal time.'],
    ['i need an alarm for the 5th at 7 am', 'Alarm set for Saturday, December 5 at 7:00 AM.'],
    ["don't let me sleep past 8", 'Alarm set for tomorrow at 8:00 AM.'],
    ['how much should i tip on a 60 dollar bill at 20 percent', "That's 12."],
    ["what's 350 degrees in celsius", '350 degrees Fahrenheit is about 176.7 degrees Celsius.'],
    ['what was the date last sunday', 'That was Sunday, November 22, 2026.'],
    ['오늘이 며칠인지 아세요', '오늘은 2026년 11월 23일 월요일이에요.'],
    ['5분만 더 있다 깨워 줘', '오늘 오후 3시 5분에 알람을 맞췄어요.'],
  ])('%s → %s', async (asked, answer) => {
    expect(await skills.say(asked)).toBe(answer);
  });

  it.each([
    ['i was wondering if you could tell me what time it is in tokyo', / in Tokyo\.$/],
    ['미국 시카고 지금 몇 시야', /^시카고, /],
  ])('%s, whatever the time here', async (asked, answer) => {
    expect(await skills.say(asked)).toMatch(answer);
  });

  it('a timer and an alarm that are to be changed', async () => {
    const fresh = await SkillsAtHand.load();
    await fresh.say('set a timer for 5 minutes');
    expect(await fresh.say('change my timer to 10 minutes')).toBe("There's now 10 minutes left on the 10 minute timer.");
    expect(await fresh.say('add another minute to my timer')).toBe("There's now 11 minutes left on the 10 minute timer.");
    expect(await fresh.say('reset the timer')).toBe("There's now 10 minutes left on the 10 minute timer.");
    await fresh.say('set an alarm for 6 am');
    expect(await fresh.say('move my alarm from 6 to 8 am')).toBe('Alarm set for tomorrow at 8:00 AM.');
    expect(await fresh.say('what alarms do i have')).toBe('You have an alarm set for tomorrow at 8:00 AM.');
    await fresh.remove();
  });
});
