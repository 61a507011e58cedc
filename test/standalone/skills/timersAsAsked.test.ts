import { describe, expect, it } from 'vitest';
import { SkillsAtHand } from './skillsAtHand.js';

/** What each wording does to the timers that run: one of a quarter of an hour, one for the bread, one of an hour. */
async function answerTo(said: string): Promise<string | undefined> {
  const skills = await SkillsAtHand.load();
  try {
    await skills.say('set a 15 minute timer');
    await skills.say('set a bread timer for 20 minutes');
    await skills.say('set a 1 hour timer');
    return await skills.say(said);
  } finally {
    await skills.remove();
  }
}

const bread = (minutes: number) => `There's now ${minutes} minutes left on the bread timer.`;
const quarter = (minutes: number) => `There's now ${minutes} minutes left on the 15 minute timer.`;

describe('a timer that runs', () => {
  it.each([
    ['add 4 minutes to the timer for the bread', bread(24)],
    ['add four minutes to the timer named bread', bread(24)],
    ['increase the timer for bread by 4 minutes', bread(24)],
    ['increase my bread timer by 4 minutes', bread(24)],
    ['add 4 minutes to the timer for 15 minutes', quarter(19)],
    ['add 4 minutes to the 15 minute timer', quarter(19)],
    ['make the bread timer 4 minutes longer', bread(24)],
    ['raise the timer for 15 minutes by 4 minutes', quarter(19)],
    ['remove 4 minutes from the bread timer', bread(16)],
    ['take 4 minutes off the bread', bread(16)],
    ['remove 4 minutes from 15 minute timer', quarter(11)],
    ['decrease the timer for bread by 4 minutes', bread(16)],
    ['decrease timer for 15 minutes by 4 minutes', quarter(11)],
    ['cut the bread timer by 4 minutes', bread(16)],
    ['change the timer for the bread to 30 minutes', bread(30)],
    ['cancel the 15 minute timer', 'I cancelled the 15 minute timer.'],
    ['stop timer for 15 minutes', 'I cancelled the 15 minute timer.'],
    ['stop my timer for bread', 'I cancelled the bread timer.'],
    ['pause the timer for bread', 'I paused the bread timer with 20 minutes left.'],
    ['pause the 15 minute timer', 'I paused the 15 minute timer with 15 minutes left.'],
    ['how much time is left on the timer for bread', "There's 20 minutes left on the bread timer."],
    ['status of the 15 minute timer', "There's 15 minutes left on the 15 minute timer."],
    ['time left on my 15 minute timer', "There's 15 minutes left on the 15 minute timer."],
  ])('%s', async (said, answer) => {
    expect(await answerTo(said)).toBe(answer);
  });

  it.each([
    ['cancel the 5 minute timer', 'I have no 5 minute timer.'],
    ['add a minute to the 5 minute timer', 'I have no 5 minute timer.'],
    ['pause my soup timer', 'I have no soup timer.'],
    ['stop the timer in the garage', 'I have no garage timer.'],
    ['add 4 minutes to the timer in the garage', 'I have no garage timer.'],
    ['take 4 minutes from the garage timer', 'I have no garage timer.'],
    ['cancel all garage timers', 'I have no garage timer.'],
    ['remove 4 minutes from timer', 'Which one, the 15 minute timer, the bread timer, or the 1 hour timer?'],
  ])('is never taken for another one: %s', async (said, answer) => {
    expect(await answerTo(said)).toBe(answer);
  });
});

describe('a new timer', () => {
  it.each([
    ['set a timer for 1/2 a minute', 'Timer set for 30 seconds.'],
    ['set a timer for 1 and a 1/2 hours', 'Timer set for 1 hour and 30 minutes.'],
    ['set a timer for 2 1/2 minutes', 'Timer set for 2 minutes and 30 seconds.'],
    ['set a timer for 1½ hours', 'Timer set for 1 hour and 30 minutes.'],
    ['timer for 1 hour and 30 seconds', 'Timer set for 1 hour and 30 seconds.'],
    ['start a 1 hour 15 minute 30 second timer', 'Timer set for 1 hour, 15 minutes, and 30 seconds.'],
    ['set timer called soup for 5 minutes', 'The soup timer is set for 5 minutes.'],
    ['timer for 5 minutes called soup', 'The soup timer is set for 5 minutes.'],
    ['25 minute homework timer', 'The homework timer is set for 25 minutes.'],
    ['bread timer 30 minutes', 'The bread timer is set for 30 minutes.'],
    ['time the rice for ten minutes', 'The rice timer is set for 10 minutes.'],
    ['set a timer for my eggs six minutes', 'The eggs timer is set for 6 minutes.'],
    ['um set a timer for uh point five hours', 'Timer set for 30 minutes.'],
    ['set a timmer for half hour', 'Timer set for 30 minutes.'],
    ['set a timer for 5 to 10 minutes', 'Timer set for 10 minutes.'],
    ['한 시간 삼십 초 타이머 맞춰줘', '1시간 30초 타이머를 맞췄어요.'],
    ['라면 끓이게 사 분만 타이머 좀', '라면 타이머를 4분으로 맞췄어요.'],
    ['쌀 삼십분 불려야 되니까 타이머 맞춰줘', '쌀 타이머를 30분으로 맞췄어요.'],
    ['빵 굽는데 삼십오분 타이머 켜줘', '빵 타이머를 35분으로 맞췄어요.'],
    ['양치 이분만 재줘', '양치 타이머를 2분으로 맞췄어요.'],
    ['지금부터 두시간 타이머', '2시간 타이머를 맞췄어요.'],
    ['십오분짜리 타이머 취소해', '15분 타이머를 취소했어요.'],
    ['아까 그 bread 타이머 꺼', 'bread 타이머를 취소했어요.'],
  ])('%s', async (said, answer) => {
    expect(await answerTo(said)).toBe(answer);
  });
});
