import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SkillsAtHand } from './skillsAtHand.js';

/** Each skill as people ask it, and what it answers: Monday, 23 November 2026, three in the afternoon. */

let skills: SkillsAtHand;
beforeAll(async () => {
  skills = await SkillsAtHand.load();
});
afterAll(async () => await skills.remove());

describe('the clock', () => {
  it.each([
    ['what time is it', "It's 3:00 PM."],
    ['What time is it?', "It's 3:00 PM."],
    ['지금 몇 시야', '지금은 오후 3시예요.'],
    ["what's the date", 'Today is Monday, November 23, 2026.'],
    ['오늘 며칠이야', '오늘은 2026년 11월 23일 월요일이에요.'],
    ['what day is it', 'Today is Monday.'],
    ['오늘 무슨 요일이야', '오늘은 월요일이에요.'],
    ['is today tuesday', 'No, today is Monday.'],
    ["what's tomorrow's date", 'Tomorrow is Tuesday, November 24, 2026.'],
    ['what date will it be in three weeks', 'That will be Monday, December 14, 2026.'],
    ['삼 일 뒤는 무슨 요일이야', '2026년 11월 26일 목요일이에요.'],
    ['what day is christmas', "That's Friday, December 25, 2026."],
    ['when is thanksgiving', "That's Thursday, November 26, 2026."],
    ['when is easter', "That's Sunday, March 28, 2027."],
    ['추석은 언제야', '2027년 9월 15일 수요일이에요.'],
    ['설날이 언제야', '2027년 2월 7일 일요일이에요.'],
    ['how many days until halloween', "It's 342 days until Halloween."],
    ['크리스마스까지 며칠 남았어', '크리스마스까지 32일 남았어요.'],
    ['what day is december twenty fifth', "That's Friday, December 25, 2026."],
    ['12월 25일은 무슨 요일이야', '2026년 12월 25일 금요일이에요.'],
    ['what was the date last sunday', 'That was Sunday, November 22, 2026.'],
    ['오늘이 며칠인지 아세요', '오늘은 2026년 11월 23일 월요일이에요.'],
    ['내일 모레가 며칠이야', '2026년 11월 25일 수요일이에요.'],
    ['이번 달 마지막 날이 무슨 요일이야', '2026년 11월 30일 월요일이에요.'],
    ['오늘 음력으로 며칠이야', '오늘은 음력으로 10월 15일이에요.'],
    ['음력 팔월 십오일은 언제야', '2027년 9월 15일 수요일이에요.'],
    ['올해 추석이 언제야', '2026년 9월 25일 금요일이었어요.'],
    ['내년 크리스마스가 무슨 요일이야', '2027년 12월 25일 토요일이에요.'],
    ['올해 며칠 남았어', '38일 남았어요.'],
    ['is this a leap year', "No, 2026 isn't a leap year."],
  ])('%s → %s', async (asked, answer) => {
    expect(await skills.say(asked)).toBe(answer);
  });

  it.each([
    ['what time is it in tokyo', /^It's \d+:\d\d [AP]M( on \w+)? in Tokyo\.$/],
    ['what time is it in the uk', / in the UK\.$/],
    ['current time in the pacific timezone', / in Pacific Time\.$/],
    ['what time is it in the central time zone', / in Central Time\.$/],
    ['give me the time zone where vancouver is', /^Vancouver is in Pacific/],
    ['what time is it in são paulo', / in São Paulo\.$/],
    ['current time in michigan', / in Michigan\.$/],
    ['서울은 몇 시야', /^서울은 지금 .*(오전|오후) \d+시( \d+분)?(이에요|예요)\.$/],
    ['i was wondering if you could tell me what time it is in tokyo', / in Tokyo\.$/],
    ['미국 시카고 지금 몇 시야', /^시카고는 지금 /],
    ['what time zone do they use in spain', /^Spain is in Central European Standard Time, 1 hour ahead of universal time\.$/],
    ['what time zone is vancouver in', /^Vancouver is in Pacific Standard Time, 8 hours behind universal time\.$/],
    ['인도 시간대는 뭐야', /^인도의 시간대는 인도 표준시, 협정 세계시보다 5시간 30분 빠른 시간이에요\.$/],
    ['what time is it in the united states', /several time zones/],
    ['what time is it in antarctica', /^I don't know the time zone of Antarctica\.$/],
    ['what time is it in blorptown', /^I don't know the time zone of Blorptown\.$/],
    ["what's the time zone there", /^Which place do you mean\?$/],
  ])('%s', async (asked, answer) => {
    expect(await skills.say(asked)).toMatch(answer);
  });
});

describe('sums', () => {
  it.each([
    ["what's 15 percent of 80", "That's 12."],
    ["what's an 18% tip on 54 dollars", "That's 9.72."],
    ["what's 20% off 80", "That's 64."],
    ['seventeen plus three', "That's 20."],
    ['what is (3+4)*2', "That's 14."],
    ['what is 0.1 plus 0.2', "That's 0.3."],
    ['what is the square root of 888', "That's about 29.8."],
    ['one hundred and five times twenty three', "That's 2,415."],
    ['what is five to the third power', "That's 125."],
    ['add 5 and 89', "That's 94."],
    ['subtract 36 from 5', "That's -31."],
    ['what is the sum of 3, 7, 9, and 24', "That's 43."],
    ['is 126 divisible by 8', "No, 126 isn't divisible by 8."],
    ['eighty plus ten percent', "That's 88."],
    ['half of ninety', "That's 45."],
    ['ten divided by zero', 'Nothing can be divided by zero.'],
    ['square root of minus four', 'That has no real answer.'],
    ['9 to the power of 9 to the power of 9', "That's too big a number for me."],
    ['삼 더하기 오', '8이에요.'],
    ['십이 곱하기 삼은', '36이에요.'],
    ['이십오 빼기 칠은 얼마야', '18이에요.'],
    ['백 나누기 사', '25예요.'],
    ['3에 5를 더하면 얼마야', '8이에요.'],
    ['80의 15퍼센트는 얼마야', '12예요.'],
    ['16의 제곱근은', '4예요.'],
    ['5만 5천 원에서 30% 할인하면 얼마야', '38,500원이에요.'],
    ['30프로 세일하면 8만 원은 얼마야', '56,000원이에요.'],
    ['십이만원을 네 명이서 나누면 한 명당 얼마야', '30,000원이에요.'],
    ['삼천오백원짜리 네 개면 얼마야', '14,000원이에요.'],
    ['백이십 중에 삼십은 몇 프로야', '25퍼센트예요.'],
    ['1부터 100까지 더하면 얼마야', '5,050이에요.'],
    ['이십오만원에 부가세 십 프로 더하면 얼마야', '275,000원이에요.'],
    ['사십칠 나누기 오 나머지', '2예요.'],
    ['칠천의 세 배는 얼마야', '21,000이에요.'],
    ['사분의 일 더하기 이분의 일은', '0.75예요.'],
    ['63은 7로 나누어떨어져', '네, 나누어떨어져요. 몫은 9예요.'],
  ])('%s → %s', async (asked, answer) => {
    expect(await skills.say(asked)).toBe(answer);
  });

  it.each([
    'what is pi',
    'what is seven',
    'what is love plus hate',
    'what happened on 9/11',
    'import fs plus 3',
    '3 plus x',
    'plus',
    '(3+4',
  ])('"%s" is none', (asked) => {
    expect(skills.takenBy(asked)).toBeUndefined();
  });
});

describe('units', () => {
  it.each([
    ['how many feet in a mile', '1 mile is 5,280 feet.'],
    ['convert 5 kilometers to miles', '5 kilometers are about 3.11 miles.'],
    ["what's 100 degrees fahrenheit in celsius", '100 degrees Fahrenheit is about 37.78 degrees Celsius.'],
    ['how many ounces in a cup', '1 cup is 8 fluid ounces.'],
    ['how many ounces in a pound', '1 pound is 16 ounces.'],
    ['how many tablespoons in half a cup', '0.5 cups are 8 tablespoons.'],
    ['what is one cup in pounds', 'One measures volume and the other weight, so it depends on what it is.'],
    ['5킬로미터는 몇 마일이야', '5킬로미터는 약 3.11마일이에요.'],
    ['시속 백 킬로는 몇 마일이야', '시속 100킬로미터는 약 시속 62.14마일이에요.'],
    ['한 컵은 몇 밀리리터야', '1컵은 200밀리리터예요.'],
    ['두 시간 반은 몇 분이야', '2.5시간은 150분이에요.'],
    ['고기 두 근은 몇 킬로야', '2근은 1.2킬로그램이에요.'],
    ['30평은 몇 제곱미터야', '30평은 약 99.17제곱미터예요.'],
    ['화씨 100도는 섭씨로 몇 도야', '화씨 100도는 약 섭씨 37.78도예요.'],
  ])('%s → %s', async (asked, answer) => {
    expect(await skills.say(asked)).toBe(answer);
  });

  it.each(['how many seconds in a mile', 'how many people in a mile', 'how many miles should i walk'])('"%s" is none', (asked) => {
    expect(skills.takenBy(asked)).toBeUndefined();
  });
});

describe('the volume', () => {
  it.each([
    ['turn it up', 60],
    ['turn the volume down', 40],
    ['volume to 40 percent', 40],
    ['set the volume to four', 40],
    ['volume at seventy five', 75],
    ['turn it all the way up', 100],
    ['maximum volume', 100],
    ['turn it up by two', 70],
    ['turn it up by 5 percent', 55],
    ['mute', 0],
    ['소리 키워줘', 60],
    ['소리 줄여줘', 40],
    ['볼륨 삼십 퍼센트로 해줘', 30],
    ['볼륨 7퍼센트로 해줘', 7],
    ['볼륨 십 퍼센트 올려줘', 60],
    ['볼륨 두 칸 줄여줘', 30],
    ['볼륨 십 줄여줘', 40],
    ['turn it down by ten', 40],
    ['소리를 60까지 키워줘', 60],
    ['음소거', 0],
  ])('%s → %d percent', async (asked, percent) => {
    skills.volume = 50;
    await skills.say(asked);
    expect(skills.volume).toBe(percent);
  });

  it('comes back where it was after being muted', async () => {
    skills.volume = 70;
    await skills.say('mute');
    await skills.say('unmute');
    expect(skills.volume).toBe(70);
  });

  it('leaves the microphone to its own words', async () => {
    await skills.say('turn off the microphone');
    expect(skills.muted).toBe(true);
  });
});

describe('repeat, stop and help', () => {
  it('says the last answer again', async () => {
    skills.lastAnswer = undefined;
    expect(await skills.say('repeat that')).toBe("I haven't said anything yet.");
    skills.lastAnswer = 'Bees make honey.';
    for (const asked of ['repeat that', 'what did you say', 'can you say that again please', '다시 말해줘', '뭐라고']) {
      expect(await skills.say(asked)).toBe('Bees make honey.');
    }
  });

  it.each(['stop', 'Stop it!', 'cancel', 'never mind', "that's enough", 'please stop talking', '그만', '멈춰', '취소'])(
    '%s stops',
    async (asked) => {
      skills.stopped = 0;
      expect(await skills.say(asked)).toBe('');
      expect(skills.stopped).toBe(1);
    },
  );

  it('says what it can do, in the language asked', async () => {
    expect(await skills.say('what can you do')).toMatch(/set timers/);
    expect(await skills.say('뭘 할 수 있어')).toMatch(/타이머 맞추기/);
  });
});
