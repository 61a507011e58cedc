import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SkillsAtHand } from './skillsAtHand.js';

/** What is about the thing that was just done, or has just rung: Monday, 23 November 2026, three in the afternoon. */

let skills: SkillsAtHand;
beforeEach(async () => {
  skills = await SkillsAtHand.load();
});
afterEach(async () => await skills.remove());

async function talk(...turns: readonly (readonly [said: string, answer: string | RegExp | undefined])[]): Promise<void> {
  for (const [said, answer] of turns) {
    const heard = await skills.say(said);
    if (answer instanceof RegExp) expect(heard, said).toMatch(answer);
    else expect(heard, said).toBe(answer);
  }
}

const minutes = (count: number) => skills.clock.advance(count * 60_000);

describe('what was just set is taken back', () => {
  it.each([
    ['cancel that'],
    ['never mind'],
    ['no, cancel it'],
    ['Cancel.'],
    ['forget it'],
    ['scratch that'],
    ['actually, never mind'],
    ['undo that'],
    ['i changed my mind'],
  ])('%s', async (said) => {
    await talk(
      ['set a timer for five minutes', /5 minutes/],
      [said, 'I cancelled the 5 minute timer.'],
      ['how long is left', "There's no timer running."],
    );
    expect(skills.stopped).toBe(0);
  });

  it.each(['취소해 줘', '아니 됐어', '아니야 취소', '그거 취소해 줘', '아니 취소해'])('%s', async (said) => {
    await talk(['5분 타이머 맞춰줘', /5분/], [said, '5분 타이머를 취소했어요.'], ['타이머 얼마나 남았어', '돌아가는 타이머가 없어요.']);
  });

  it('an alarm, a named timer, and an alarm that was moved', async () => {
    await talk(
      ['wake me at seven', /7:00 AM/],
      ['never mind', 'I cancelled the alarm tomorrow at 7:00 AM.'],
      ['내일 아침 일곱 시에 깨워 줘', /7시/],
      ['취소해 줘', '내일 오전 7시 알람을 취소했어요.'],
      ['set a pasta timer for eight minutes', /pasta/],
      ['cancel that', 'I cancelled the pasta timer.'],
      ['do i have any alarms', "There's no alarm set."],
    );
  });

  it('only the last of several, and others keep running', async () => {
    await talk(
      ['set a pasta timer for eight minutes', /pasta/],
      ['set a rice timer for nine minutes', /rice/],
      ['cancel that', 'I cancelled the rice timer.'],
      ['cancel that', ''],
      ['what timers are running', "There's 8 minutes left on the pasta timer."],
    );
  });

  it('by the very next request only', async () => {
    await talk(
      ['set a timer for five minutes', /5/],
      ['who wrote hamlet', undefined],
      ['never mind', ''],
      ['how long is left', /5 minutes/],
    );
    expect(skills.stopped).toBe(1);
  });

  it('within a minute only', async () => {
    await talk(['set a timer for five minutes', /5/]);
    minutes(2);
    await talk(['never mind', ''], ['how long is left', /3 minutes/]);
  });

  it('"stop" is never that, and nothing is where nothing was set', async () => {
    await talk(['cancel that', ''], ['set a timer for five minutes', /5/], ['stop', ''], ['how long is left', /5 minutes/]);
  });

  it('while another rings it ends the ringing', async () => {
    await talk(['set a timer for one minute', /1 minute/]);
    skills.clock.advance(50_000);
    await talk(['set a timer for five minutes', /5 minutes/]);
    skills.clock.advance(10_000);
    expect(skills.rung).toHaveLength(1);
    await talk(['cancel that', ''], ['how long is left', /5 minute timer/]);
  });
});

describe('what has just rung rings again', () => {
  it.each([
    ['add a minute', 1],
    ['one more minute', 1],
    ['five more minutes', 5],
    ['give me another five minutes', 5],
    ['another minute', 1],
    ['add five more minutes to the timer', 5],
    ['add two minutes to the tea', 2],
  ])('a timer: %s', async (said, count) => {
    await talk(['set a tea timer for three minutes', /tea/], ['set a timer for an hour', /hour/]);
    minutes(3);
    expect(skills.rung).toHaveLength(1);
    await talk([said, `The tea timer is set for ${count} minute${count === 1 ? '' : 's'}.`]);
    expect(skills.stopped).toBe(1);
    minutes(count);
    expect(skills.rung.map(({ text }) => text)).toEqual(['Your tea timer is done.', 'Your tea timer is done.']);
  });

  it.each(['5분 더', '오 분만 더', '5분 추가해 줘', '타이머 5분 더'])('%s', async (said) => {
    await talk(['타이머 3분', /3분/]);
    minutes(3);
    await talk([said, '5분 타이머를 맞췄어요.']);
    minutes(5);
    expect(skills.rung).toHaveLength(2);
  });

  it('within a minute after it was stopped, later not', async () => {
    await talk(['set a timer for three minutes', /3/]);
    minutes(3);
    await skills.stopRinging();
    skills.clock.advance(40_000);
    await talk(['five more minutes', 'Timer set for 5 minutes.']);
    minutes(5);
    await skills.stopRinging();
    minutes(2);
    await talk(['five more minutes', "There's no timer running."]);
  });

  it.each(['add a minute', 'one more minute', 'another minute', 'just a minute more'])('an alarm: %s', async (said) => {
    await talk(['set an alarm for 3 30 pm', /3:30 PM/]);
    minutes(30);
    await talk([said, "I'll ring again in 1 minute."]);
    minutes(1);
    expect(skills.rung).toHaveLength(2);
  });

  it('the one that rang last is meant', async () => {
    await talk(['set an alarm for 3 02 pm', /3:02 PM/], ['set a timer for three minutes', /3 minutes/]);
    minutes(2);
    await skills.stopRinging();
    minutes(1);
    await skills.stopRinging();
    await talk(['five more minutes', 'Timer set for 5 minutes.']);
  });
});

describe('two things in one request', () => {
  it.each([
    ['set a timer for five minutes and another for ten', 'Timer set for 5 minutes. Timer set for 10 minutes.'],
    ['Set a timer for five minutes, and another one for ten minutes.', 'Timer set for 5 minutes. Timer set for 10 minutes.'],
    [
      'set a pasta timer for eight minutes and a rice timer for twelve',
      'The pasta timer is set for 8 minutes. The rice timer is set for 12 minutes.',
    ],
    ['start a 5 minute timer and a 10 minute timer', 'Timer set for 5 minutes. Timer set for 10 minutes.'],
    ['set timers for five and ten minutes', 'Timer set for 5 minutes. Timer set for 10 minutes.'],
    ['set two timers one for 5 minutes and one for 10 minutes', 'Timer set for 5 minutes. Timer set for 10 minutes.'],
    ['set a five and a ten minute timer', 'Timer set for 5 minutes. Timer set for 10 minutes.'],
    ['set a timer for 20 minutes and an alarm for 7 am', 'Timer set for 20 minutes. Alarm set for tomorrow at 7:00 AM.'],
    ['wake me up at 7 and set a timer for 10 minutes', 'Alarm set for tomorrow at 7:00 AM. Timer set for 10 minutes.'],
    ['turn the volume down and set a timer for ten minutes', 'The volume is at 40 percent. Timer set for 10 minutes.'],
    ['5분이랑 10분 타이머 맞춰줘', '5분 타이머를 맞췄어요. 10분 타이머를 맞췄어요.'],
    ['5분하고 10분 타이머 맞춰 줘', '5분 타이머를 맞췄어요. 10분 타이머를 맞췄어요.'],
    ['타이머 5분이랑 10분 맞춰줘', '5분 타이머를 맞췄어요. 10분 타이머를 맞췄어요.'],
    ['5분 타이머랑 10분 타이머 맞춰줘', '5분 타이머를 맞췄어요. 10분 타이머를 맞췄어요.'],
    ['5분 타이머 맞추고 10분 타이머도 맞춰줘', '5분 타이머를 맞췄어요. 10분 타이머를 맞췄어요.'],
    ['파스타 8분이랑 밥 12분 타이머 맞춰줘', '파스타 타이머를 8분으로 맞췄어요. 밥 타이머를 12분으로 맞췄어요.'],
    ['5분 타이머 맞추고 내일 7시에 깨워줘', '5분 타이머를 맞췄어요. 내일 오전 7시에 알람을 맞췄어요.'],
    ['지금 몇 시고 오늘 무슨 요일이야', '지금은 오후 3시예요. 오늘은 월요일이에요.'],
    ['10분 타이머랑 내일 7시 알람 맞춰줘', '10분 타이머를 맞췄어요. 내일 오전 7시에 알람을 맞췄어요.'],
  ])('%s', async (said, answer) => {
    await talk([said, answer]);
  });

  it.each([
    ['set a timer for an hour and a half', 'Timer set for 1 hour and 30 minutes.'],
    ['set a timer for one hour and thirty minutes', 'Timer set for 1 hour and 30 minutes.'],
    ['set an hour and a half timer', 'Timer set for 1 hour and 30 minutes.'],
    ['한 시간하고 삼십 분 타이머 맞춰줘', '1시간 30분 타이머를 맞췄어요.'],
    ['set an alarm for 6 and another for 7 tomorrow morning', 'Alarm set for tomorrow at 6:00 AM and tomorrow at 7:00 AM.'],
    ['set a timer for salt and pepper for five minutes', /5 minutes/],
  ])('is one: %s', async (said, answer) => {
    await talk([said, answer]);
  });

  it('is taken back as one', async () => {
    await talk(
      ['set a timer for five minutes and another for ten', /5.*10/],
      ['cancel that', 'I cancelled the 5 minute timer. I cancelled the 10 minute timer.'],
      ['how long is left', "There's no timer running."],
    );
  });
});

describe('a time that is none', () => {
  it.each([
    ['wake me at 25:00', "There's no such time. What time did you mean?"],
    ['set an alarm for 7:75', "There's no such time. What time did you mean?"],
    ['wake me up at 30 am', "There's no such time. What time did you mean?"],
    ['set an alarm for 13 pm', 'Alarm set for tomorrow at 1:00 PM.'],
    ['25시에 깨워줘', '그런 시각은 없어요. 몇 시로 할까요?'],
    ['7시 75분에 알람 맞춰줘', '그런 시각은 없어요. 몇 시로 할까요?'],
  ])('%s', async (said, answer) => {
    await talk([said, answer]);
  });

  it('is asked back for', async () => {
    await talk(
      ['wake me at 25:00', /What time/],
      ['six', 'Alarm set for today at 6:00 PM.'],
      ['25시 알람', /몇 시/],
      ['오전 여섯 시', /6시/],
    );
  });
});

describe('the volume', () => {
  it.each([
    'volume',
    "what's the volume",
    'how loud are you',
    'volume level',
    '볼륨 몇이야',
    '지금 볼륨 얼마야',
    '지금 소리 크기가 어떻게 돼',
  ])('%s', async (said) => {
    skills.volume = 30;
    await talk([said, /30/]);
    expect(skills.volume).toBe(30);
  });
});
