import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SkillsAtHand } from './skillsAtHand.js';

/** What is said one after the other, and what each is answered: Monday, 23 November 2026, three in the afternoon. */

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

describe('timers', () => {
  it('are called by their name alone', async () => {
    await talk(
      ['how long is left on the pasta', undefined],
      ['set a pasta timer for eight minutes', 'The pasta timer is set for 8 minutes.'],
      ['start a 20 minute timer for the chicken', 'The chicken timer is set for 20 minutes.'],
      ['how long is left on the pasta', "There's 8 minutes left on the pasta timer."],
      ['how much longer for the chicken', "There's 20 minutes left on the chicken timer."],
      ['is the pasta done', "There's 8 minutes left on the pasta timer."],
      ['add five minutes to the pasta', "There's now 13 minutes left on the pasta timer."],
      ['give the chicken five more minutes', "There's now 25 minutes left on the chicken timer."],
      ['how long on the roast', undefined],
      ['when is the train ready', undefined],
      ['cancel the order', undefined],
      ['cancel my reservation at eight for the group', undefined],
      ['clear something up, are you a robot', undefined],
      ['how long until my oil needs to be changed', undefined],
      ['cancel the pasta', 'I cancelled the pasta timer.'],
    );
  });

  it('are asked about where several are meant', async () => {
    await talk(
      ['set a pasta timer for eight minutes', /pasta/],
      ['set a rice timer for nine minutes', /rice/],
      ['add five minutes', 'Which one, the pasta timer or the rice timer?'],
      ['the rice', "There's now 14 minutes left on the rice timer."],
      ['cancel the timer', 'Which one, the pasta timer or the rice timer?'],
      ['both', 'I cancelled 2 timers.'],
      ['both', undefined],
    );
  });

  it('are what "cancel everything" is about, where some run', async () => {
    await talk(
      ['cancel everything', ''],
      ['set a timer for five minutes', /5 minutes/],
      ['cancel everything', 'I cancelled the 5 minute timer.'],
    );
  });

  it.each([
    ['set a timer for an hour and a half', 'Timer set for 1 hour and 30 minutes.'],
    ['set timer for quarter of an hour', 'Timer set for 15 minutes.'],
    ['set a timer for three quarters of an hour', 'Timer set for 45 minutes.'],
    ['set a timer for two and a half minutes', 'Timer set for 2 minutes and 30 seconds.'],
    ['remind me in ten minutes', 'Timer set for 10 minutes.'],
    ['한 시간 반 타이머 맞춰줘', '1시간 30분 타이머를 맞췄어요.'],
    ['두 시간 반만 재줘', '2시간 30분 타이머를 맞췄어요.'],
    ['라면 타이머 사 분 맞춰줘', '라면 타이머를 4분으로 맞췄어요.'],
    ['would you mind setting a timer for an hour and a half', 'Timer set for 1 hour and 30 minutes.'],
    ['set a 1 minute and 30 second timer', 'Timer set for 1 minute and 30 seconds.'],
  ])('%s', async (said, answer) => {
    await talk([said, answer]);
  });

  it('are changed', async () => {
    await talk(
      ['set a timer for 5 minutes', 'Timer set for 5 minutes.'],
      ['change my timer to 10 minutes', "There's now 10 minutes left on the 10 minute timer."],
      ['add another minute to my timer', "There's now 11 minutes left on the 10 minute timer."],
      ['reset the timer', "There's now 10 minutes left on the 10 minute timer."],
    );
  });

  it('in Korean', async () => {
    await talk(
      ['파스타 얼마나 남았어', undefined],
      ['라면 타이머 사 분 맞춰줘', /4분/],
      ['파스타 타이머 8분으로 해줘', /8분/],
      ['파스타 타이머 얼마나 남았어', '파스타 타이머는 8분 남았어요.'],
      ['라면 몇 분 남았어', '라면 타이머는 4분 남았어요.'],
      ['오 분 더', '라면 타이머, 파스타 타이머 중에 어떤 거요?'],
      ['라면이요', '라면 타이머는 이제 9분 남았어요.'],
      ['파스타에 2분 더해줘', '파스타 타이머는 이제 10분 남았어요.'],
      ['밥 언제 돼', undefined],
      ['라면 취소해 줘', '라면 타이머를 취소했어요.'],
      ['전부 꺼줘', '파스타 타이머를 취소했어요.'],
      ['타이머 좀 맞춰 줄래', '몇 분으로 맞출까요?'],
      ['십오 분', '15분 타이머를 맞췄어요.'],
      ['타이머 이십분으로 바꿔줘', '20분 타이머는 이제 20분 남았어요.'],
      ['타이머 켜 줘', '몇 분으로 맞출까요?'],
      ['한 삼십 분이요', '30분 타이머를 맞췄어요.'],
      ['타이머 꺼', '20분 타이머, 30분 타이머 중에 어떤 거요?'],
      ['삼십 분짜리요', '30분 타이머를 취소했어요.'],
      ['볼륨 조절해 줘', '몇 퍼센트로 할까요?'],
      ['삼십 퍼센트로 해 줘', '소리를 30퍼센트로 맞췄어요.'],
    );
  });
});

describe('alarms', () => {
  it.each([
    ['wake me at quarter to seven on weekdays', 'Alarm set for every weekday, starting tomorrow at 6:45 AM.'],
    ['wake me at seven', 'Alarm set for tomorrow at 7:00 AM.'],
    ['wake me at seven tonight', 'Alarm set for today at 7:00 PM.'],
    ['set an alarm for seven', 'Alarm set for today at 7:00 PM.'],
    ['set an alarm for twenty five to six', 'Alarm set for today at 5:35 PM.'],
    ['wake me up at half seven tomorrow', 'Alarm set for tomorrow at 7:30 AM.'],
    ['set an alarm for weekends at ten', 'Alarm set for every weekend, starting Saturday at 10:00 AM.'],
    ['set an alarm for next friday at nine', 'Alarm set for Friday, December 4 at 9:00 AM.'],
    ['내일 아침 일곱 시 반에 깨워 줘', '내일 오전 7시 30분에 알람을 맞췄어요.'],
    ['일곱 시에 깨워줘', '내일 오전 7시에 알람을 맞췄어요.'],
    ['저녁 일곱 시에 깨워줘', '오늘 오후 7시에 알람을 맞췄어요.'],
    ['일곱 시 십 분 전에 깨워줘', '내일 오전 6시 50분에 알람을 맞췄어요.'],
    ['평일 일곱 시에 깨워줘', '평일 알람을 맞췄어요. 다음은 내일 오전 7시예요.'],
    ['주말 열 시에 깨워줘', '주말 알람을 맞췄어요. 다음은 토요일 오전 10시예요.'],
    ['i need an alarm for the 5th at 7 am', 'Alarm set for Saturday, December 5 at 7:00 AM.'],
    ['set an alarm for monday through friday at 6:45', 'Alarm set for every weekday, starting tomorrow at 6:45 AM.'],
    [
      'set an alarm for 7 on mondays and 8 on tuesdays',
      'Alarm set for every Monday, starting Monday, November 30 at 7:00 AM. Alarm set for every Tuesday, starting tomorrow at 8:00 AM.',
    ],
    ['wake me up at 7 instead of 6', 'Alarm set for tomorrow at 7:00 AM.'],
    ['set an alarm every other day at 7', 'I can only repeat an alarm on days of the week.'],
    ["don't let me sleep past 8", 'Alarm set for tomorrow at 8:00 AM.'],
    ['5분만 더 있다 깨워 줘', '오늘 오후 3시 5분에 알람을 맞췄어요.'],
  ])('%s', async (said, answer) => {
    await talk([said, answer]);
  });

  it('are told apart, and set once where they are asked for twice', async () => {
    await talk(
      ['wake me at seven on weekdays', /weekday/],
      ['wake me at seven', 'Alarm set for tomorrow at 7:00 AM.'],
      ['wake me at seven', 'Alarm set for tomorrow at 7:00 AM.'],
      ['what alarms do i have', 'You have 2 alarms: every weekday at 7:00 AM and tomorrow at 7:00 AM.'],
      ["when's my next alarm", 'Your next alarm is set for tomorrow at 7:00 AM.'],
      ["cancel my seven o'clock alarm", 'Which one, every weekday at 7:00 AM or tomorrow at 7:00 AM?'],
      ['the one tomorrow', 'I cancelled the alarm tomorrow at 7:00 AM.'],
      ['내일 알람 있어?', '평일 오전 7시에 알람이 있어요.'],
    );
  });

  it('are moved', async () => {
    await talk(
      ['set an alarm for 6 am', 'Alarm set for tomorrow at 6:00 AM.'],
      ['move my alarm from 6 to 8 am', 'Alarm set for tomorrow at 8:00 AM.'],
      ['what alarms do i have', 'You have an alarm set for tomorrow at 8:00 AM.'],
    );
  });

  it('snooze after they rang, and only then', async () => {
    await talk(['snooze', undefined], ['wake me at seven', /7:00 AM/]);
    skills.clock.advance(16 * 3_600_000);
    expect(skills.rung).toHaveLength(1);
    await skills.stopRinging();
    await talk(['snooze', "I'll ring again in 10 minutes."]);
    skills.clock.advance(10 * 60_000);
    expect(skills.rung).toHaveLength(2);
    await skills.stopRinging();
    await talk(['오 분만 더', '5분 뒤에 다시 울릴게요.']);
  });
});

describe('sums and units as people say them', () => {
  it.each([
    ['what is twenty percent off fifty', "That's 40."],
    ['how much should i tip on a 60 dollar bill at 20 percent', "That's 12."],
    ["what's 350 degrees in celsius", '350 degrees Fahrenheit is about 176.7 degrees Celsius.'],
    ["what's 5 foot 10 in centimeters", '70 inches are 177.8 centimeters.'],
    [`how tall is 6'2" in centimeters`, '74 inches are 187.96 centimeters.'],
    ['convert 5 pounds 8 ounces to kilograms', '88 ounces are about 2.49 kilograms.'],
    ['how many minutes are in 3 hours and 20 minutes', '3.33 hours are 200 minutes.'],
    ['how many inches is a meter and a half', '1.5 meters are about 59.06 inches.'],
    ['how many teaspoons in a third of a cup', '0.333 cups are 16 teaspoons.'],
    ['what is 65 miles per hour in kilometers', '65 miles per hour are about 104.6 kilometers per hour.'],
    ['how far is 10k in miles', '10 kilometers are about 6.21 miles.'],
    ['what is 25 as a percentage of 200', "That's 12.5 percent."],
    ['if i split 84 dollars between 4 people how much does each pay', "That's 21."],
    ['십이 곱하기 십이는', '144예요.'],
    ['2의 10제곱', '1,024예요.'],
    ['삼의 세제곱은', '27이에요.'],
    ['만 원의 십 퍼센트는 얼마야', '1,000원이에요.'],
    ['오만 원에서 이만 삼천 원을 빼면 얼마야', '27,000원이에요.'],
    ['구의 구십구 제곱은', '약 2.95 곱하기 10의 94제곱이에요.'],
    ['5피트 10인치는 몇 센티야', '70인치는 177.8센티미터예요.'],
  ])('%s', async (said, answer) => {
    await talk([said, answer]);
  });
});

describe('times of day', () => {
  it.each([
    ['what time will it be in three hours', 'It will be 6:00 PM.'],
    ["what's the time in half an hour", 'It will be 3:30 PM.'],
    ['how long until noon', "It's 21 hours until 12:00 PM."],
    ['how long until half past six', "It's 3 hours and 30 minutes until 6:30 PM."],
    ['when it is 5 pm in paris what time is it in new york', "That's 11:00 AM in New York."],
    ['convert 11 pm pacific time to eastern time', "That's 2:00 AM in Eastern, the next day."],
    ["if it's noon here what time is it in seoul", /^That's .* in Seoul/],
    ['what time was it two hours ago', 'It was 1:00 PM.'],
    ["what's the date in auckland", /^It's \w+, November 2\d, 2026 in Auckland\.$/],
    ['what time is it in london in the uk', / in London\.$/],
    ['how many weeks until easter', "It's 17 weeks and 6 days until Easter."],
    ['how many months until christmas', "It's 1 month and 2 days until Christmas."],
    ['what week is it', "It's week 48."],
    ['what day is the 25th', "That's Wednesday, November 25, 2026."],
    ['set a timer till half past three', 'Timer set for 30 minutes.'],
    ['count down to midnight', 'Timer set for 9 hours.'],
    ["what's the time difference between london and tokyo", 'London is 9 hours behind Tokyo.'],
    ['how long until christmas', "It's 32 days until Christmas."],
    ['세 시간 뒤에 몇 시야', '오후 6시예요.'],
    ['오후 여섯 시까지 얼마나 남았어', '오후 6시까지 3시간 남았어요.'],
    ['서울과 런던 시차가 얼마야', '서울이 런던보다 9시간 빨라요.'],
    ['why is there a time difference between france and japan', undefined],
  ])('%s', async (said, answer) => {
    await talk([said, answer]);
  });

  it('a number alone answers "For how long?" in minutes', async () => {
    await talk(['set a timer', 'For how long?'], ['twenty', 'Timer set for 20 minutes.']);
  });
});

describe('enough', () => {
  it.each(['cancel all', "thanks that's all", 'shut up', '그만', '고마워 됐어', '이제 됐어'])('%s', async (said) => {
    await talk([said, '']);
    expect(skills.stopped).toBe(1);
  });

  it.each([
    ['too loud', 40],
    ['turn it down a bit', 40],
    ["you're too quiet", 60],
    ['volume down ten percent', 40],
    ['turn the volume up twenty percent', 70],
    ['volume ten percent', 10],
    ['너무 커', 40],
    ['소리 좀 줄여 줘', 40],
  ])('%s', async (said, percent) => {
    await skills.say(said);
    expect(skills.volume).toBe(percent);
  });
});
