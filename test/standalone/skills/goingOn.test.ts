import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SkillsAtHand } from './skillsAtHand.js';

/** What goes on from the request before, and only from that: Monday, 23 November 2026, three in the afternoon. */

let skills: SkillsAtHand;
beforeEach(async () => {
  skills = await SkillsAtHand.load();
});
afterEach(async () => await skills.remove());

const minutes = (count: number) => skills.clock.advance(count * 60_000);

/** The last answer of a talk. */
async function answerAfter(...talk: readonly string[]): Promise<string | undefined> {
  let answer: string | undefined;
  for (const said of talk) answer = await skills.say(said);
  return answer;
}

describe('"it" is the timer that was spoken of last', () => {
  it.each([
    ['no make it twelve minutes', "There's now 12 minutes left on the rice timer."],
    ['make it twelve', "There's now 12 minutes left on the rice timer."],
    ['cancel the first one', 'I cancelled the pasta timer.'],
    ['no 12', "There's now 12 minutes left on the rice timer."],
    ['change it to 12 minutes', "There's now 12 minutes left on the rice timer."],
    ['actually twelve minutes', "There's now 12 minutes left on the rice timer."],
    ['make that a twelve minute timer', "There's now 12 minutes left on the rice timer."],
    ['give it another five minutes', "There's now 15 minutes left on the rice timer."],
    ['give it two more minutes', "There's now 12 minutes left on the rice timer."],
    ['take off 30 seconds', "There's now 9 minutes and 30 seconds left on the rice timer."],
    ['cancel the pasta one', 'I cancelled the pasta timer.'],
    ['how many minutes does the pasta have left', "There's 8 minutes left on the pasta timer."],
    ['never mind the pasta timer', 'I cancelled the pasta timer.'],
    ['pause it', 'I paused the rice timer with 10 minutes left.'],
    ['turn it off', 'I cancelled the rice timer.'],
    ['cancel it', 'I cancelled the rice timer.'],
    ['when will it go off', "There's 10 minutes left on the rice timer."],
    ['is it done yet', "There's 10 minutes left on the rice timer."],
    ['and another one for 15 minutes', 'Timer set for 15 minutes.'],
    ['another one for the eggs for 15 minutes', 'The eggs timer is set for 15 minutes.'],
    ['stop all of them', 'I cancelled 2 timers.'],
    ['make the pasta timer 12 minutes', "There's now 12 minutes left on the pasta timer."],
  ])('%s', async (said, answer) => {
    await answerAfter('set a pasta timer for 8 minutes', 'set a rice timer for 10 minutes');
    expect(await skills.say(said)).toBe(answer);
  });

  it.each([
    'make it twelve',
    'make it twelve minutes',
    'give it another five minutes',
    'pause it',
    'turn it off',
    'is it done yet',
    'resume',
  ])('and after a question for a model nothing is: %s', async (said) => {
    expect(await answerAfter('set a timer for 10 minutes', 'who was elvis', said)).toBeUndefined();
    expect(await skills.say('how long is left')).toBe("There's 10 minutes left on the 10 minute timer.");
  });

  it('whose change is taken back without ending it', async () => {
    expect(await answerAfter('set a timer for 10 minutes', 'add five minutes', 'cancel that')).toBe(
      "There's 10 minutes left on the 10 minute timer.",
    );
    expect(await answerAfter('pause the timer', 'resume')).toBe('The 10 minute timer goes on with 10 minutes left.');
    expect(await answerAfter('how long is left', 'cancel it')).toBe('I cancelled the 10 minute timer.');
  });

  it('stop ends what is said, not the timer', async () => {
    expect(await answerAfter('set a timer for 10 minutes', 'how long is left', 'stop')).toBe('');
    expect(await skills.say('how long is left')).toBe("There's 10 minutes left on the 10 minute timer.");
  });
});

describe('"give me a minute"', () => {
  it('is for a timer only where one runs', async () => {
    expect(await skills.say('give me a minute')).toBeUndefined();
    expect(await answerAfter('set a timer for 5 minutes', 'who was elvis', 'give me a minute')).toBe(
      "There's now 6 minutes left on the 5 minute timer.",
    );
  });
});

describe('timers of the same length', () => {
  it('are told apart by what is left', async () => {
    await answerAfter('set a timer for 10 minutes');
    minutes(2);
    await answerAfter('set a timer for 10 minutes');
    expect(await skills.say('cancel the timer')).toBe(
      'Which one, the 10 minute timer with 8 minutes left or the 10 minute timer with 10 minutes left?',
    );
    await skills.say('the one with 8 minutes left');
    expect(await skills.say('how long is left')).toBe("There's 10 minutes left on the 10 minute timer.");
  });

  it('are as good as each other where nothing tells them apart', async () => {
    expect(await answerAfter('set a timer for 10 minutes', 'set a timer for 10 minutes', 'cancel the timer')).toBe(
      'I cancelled the 10 minute timer.',
    );
    expect(await skills.say('what timers are running')).toBe("There's 10 minutes left on the 10 minute timer.");
  });
});

describe('"it" is the alarm that was spoken of last', () => {
  it.each([
    ['make it 7 30', 'Alarm set for tomorrow at 7:30 AM.'],
    ['no i meant half past six', 'Alarm set for tomorrow at 6:30 AM.'],
    ['change it to friday at nine', 'Alarm set for Friday at 9:00 AM.'],
    ['ten minutes later', 'Alarm set for tomorrow at 7:10 AM.'],
    ['make it 20 minutes earlier', 'Alarm set for tomorrow at 6:40 AM.'],
    ['and another for eight', 'Alarm set for tomorrow at 8:00 AM.'],
    ['turn it off', 'I cancelled the alarm tomorrow at 7:00 AM.'],
    ['how long until my alarm', "It's 16 hours until the alarm tomorrow at 7:00 AM."],
    ['make it louder', 'The volume is at 60 percent.'],
    ['make it five times as loud', undefined],
  ])('%s', async (said, answer) => {
    expect(await answerAfter('set an alarm for 7 am', said)).toBe(answer);
  });

  it('goes back to where it was when that is taken back', async () => {
    expect(await answerAfter('set an alarm for 7 am', 'make it eight', 'cancel that')).toBe('Alarm set for tomorrow at 7:00 AM.');
    expect(await skills.say('what alarms do i have')).toBe('You have an alarm set for tomorrow at 7:00 AM.');
  });

  it.each([
    ['move my alarm to eight', 'Alarm set for Friday at 8:00 AM.'],
    ['move my friday alarm to eight', 'Alarm set for Friday at 8:00 AM.'],
    ['change my alarm to ten pm', 'Alarm set for Friday at 10:00 PM.'],
    ['move my alarm to saturday at ten', 'Alarm set for Saturday at 10:00 AM.'],
  ])('stays on its day unless another is named: %s', async (said, answer) => {
    expect(await answerAfter('set an alarm for friday at nine am', said)).toBe(answer);
  });
});

describe('a sum goes on', () => {
  it.each([
    ['times two', "That's 24."],
    ['plus 3', "That's 15."],
    ['divide that by four', "That's 3."],
    ['divide by four', "That's 3."],
    ['add 10', "That's 22."],
    ['what is the square root of that', "That's about 3.46."],
    ['half of that', "That's 6."],
    ['double it', "That's 24."],
    ['what about 5 plus 8', "That's 13."],
    ['is that right', undefined],
    ['add milk', undefined],
  ])('%s', async (said, answer) => {
    expect(await answerAfter('what is 5 plus 7', said)).toBe(answer);
    expect(await answerAfter('who was elvis', said)).toBe(said.includes('8') ? answer : undefined);
  });

  it('with all its digits', async () => {
    expect(await answerAfter('what is 10 divided by 3', 'times 3')).toBe("That's 10.");
  });
});

describe('the volume goes on', () => {
  it.each([
    [['turn it up', 'more'], 70],
    [['turn it down', 'a bit more'], 30],
    [['turn it down', 'again'], 30],
    [['turn it up', 'a little less'], 50],
    [['turn it up', 'too much'], 50],
    [['turn it up', 'down a bit'], 50],
    [['volume 20 percent', 'make it 30'], 30],
    [['volume 20 percent', 'back to what it was'], 50],
    [['volume 20 percent', 'cancel that'], 50],
    [['turn it up', 'who was elvis', 'more'], 60],
  ])('%s', async (talk, percent) => {
    await answerAfter(...talk);
    expect(skills.volume).toBe(percent);
  });
});

describe('the clock goes on', () => {
  it.each([
    ['and in london', / in London\.$/],
    ['what about new york', / in New York\.$/],
  ])('%s', async (said, answer) => {
    expect(await answerAfter('what time is it in tokyo', said)).toMatch(answer);
    expect(await answerAfter('who was elvis', said)).toBeUndefined();
  });

  it.each(['what about the weather', 'how about a joke'])('and not with other things: %s', async (said) => {
    expect(await answerAfter('what time is it in tokyo', said)).toBeUndefined();
  });
});

describe('what is asked back', () => {
  it.each([
    [['set an alarm for tomorrow', 'at eight'], 'Alarm set for tomorrow at 8:00 AM.'],
    [['wake me up', 'at seven'], 'Alarm set for tomorrow at 7:00 AM.'],
    [['set an alarm', '6 am every weekday'], 'Alarm set for every weekday, starting tomorrow at 6:00 AM.'],
    [['set a gym alarm', 'at eight'], 'The gym alarm is set for today at 8:00 PM.'],
    [['set an alarm', 'what is the capital of france'], undefined],
  ])('is answered for what was said before: %s', async (talk, answer) => {
    expect(await answerAfter(...talk)).toBe(answer);
  });

  it.each([
    ['the first one', 'I cancelled the alarm tomorrow at 7:00 AM.'],
    ['the second', 'I cancelled the alarm tomorrow at 8:00 AM.'],
    ['the later one', 'I cancelled the alarm tomorrow at 8:00 AM.'],
    ['eight', 'I cancelled the alarm tomorrow at 8:00 AM.'],
    ['both of them', 'I cancelled 2 alarms.'],
  ])('which alarm: %s', async (said, answer) => {
    expect(await answerAfter('set an alarm for 7 am', 'set an alarm for 8 am', 'cancel my alarm', said)).toBe(answer);
  });

  it.each([
    ['the first one', 'I cancelled the 5 minute timer.'],
    ['the longer one', 'I cancelled the pasta timer.'],
    ['the one for the pasta', 'I cancelled the pasta timer.'],
    ['all of them', 'I cancelled 2 timers.'],
  ])('which timer: %s', async (said, answer) => {
    expect(await answerAfter('set a timer for 5 minutes', 'set a pasta timer for 8 minutes', 'cancel the timer', said)).toBe(answer);
  });
});

describe('which one', () => {
  it('is counted as they ring', async () => {
    await answerAfter('set a timer for 5 minutes', 'set a timer for 8 minutes');
    expect(await skills.say('how long on the first timer')).toBe("There's 5 minutes left on the 5 minute timer.");
    expect(await skills.say('cancel my second timer')).toBe('I cancelled the 8 minute timer.');
    await answerAfter('set an alarm for 7 am', 'set an alarm for 8 am');
    expect(await skills.say('cancel the second alarm')).toBe('I cancelled the alarm tomorrow at 8:00 AM.');
  });
});

describe('what has just rung', () => {
  it.each(['turn it off', 'turn off the alarm', 'stop the alarm', "i'm awake", 'okay thank you', 'stop'])(
    'needs no more, and what comes again stays: %s',
    async (said) => {
      await answerAfter('set an alarm for 3:02 pm every day');
      minutes(2);
      await skills.stopRinging();
      expect(await skills.say(said)).toBe('');
      expect(await skills.say('what alarms do i have')).toBe('You have an alarm set for every day at 3:02 PM.');
    },
  );

  it('is not another timer', async () => {
    await answerAfter('set a timer for 2 minutes', 'set a pasta timer for 8 minutes');
    minutes(2);
    await skills.stopRinging();
    expect(await skills.say('stop the timer')).toBe('');
    expect(await skills.say('how long is left')).toBe("There's 6 minutes left on the pasta timer.");
    expect(await skills.say('stop the pasta timer')).toBe('I cancelled the pasta timer.');
  });

  it.each(['okay thank you', 'turn it off'])('and without it that is nothing for a skill: %s', async (said) => {
    expect(await skills.say(said)).toBeUndefined();
  });
});

describe('in Korean too', () => {
  it.each([
    [['8분 타이머 맞춰줘', '아니 십 분'], '10분 타이머는 이제 10분 남았어요.'],
    [['8분 타이머 맞춰줘', '그거 십오 분으로 늘려줘'], '15분 타이머는 이제 15분 남았어요.'],
    [['타이머 10분', '5분짜리 하나 더'], '5분 타이머를 맞췄어요.'],
    [['타이머 10분', '타이머 5분', '두 번째 거 취소해'], '10분 타이머를 취소했어요.'],
    [['타이머 10분', '일시정지'], '10분 타이머를 10분 남기고 멈췄어요.'],
    [['내일 아침 6시 45분에 깨워줘', '아니 7시로 바꿔줘'], '내일 오전 7시에 알람을 맞췄어요.'],
    [['내일 아침 7시에 깨워줘', '10분 일찍'], '내일 오전 6시 50분에 알람을 맞췄어요.'],
    [['뉴욕 지금 몇 시야', '런던은'], expect.stringMatching(/^런던은 지금/)],
    [['더 크게', '조금만 더'], '소리를 70퍼센트로 맞췄어요.'],
    [['17 곱하기 2', '거기서 4 빼면'], '30이에요.'],
    [['17 곱하기 2', '더하기 6'], '40이에요.'],
    [['아니 십 분'], undefined],
    [['런던은'], undefined],
    [['조금만 더'], undefined],
  ])('%j', async (talk, answer) => {
    expect(await answerAfter(...talk)).toEqual(answer);
  });
});
