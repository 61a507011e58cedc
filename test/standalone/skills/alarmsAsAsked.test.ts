import { describe, expect, it } from 'vitest';
import { SkillsAtHand } from './skillsAtHand.js';

/** The last answer of a talk, on a Monday at three in the afternoon. */
async function answerAfter(...talk: readonly string[]): Promise<string | undefined> {
  const skills = await SkillsAtHand.load();
  try {
    let answer: string | undefined;
    for (const said of talk) answer = await skills.say(said);
    return answer;
  } finally {
    await skills.remove();
  }
}

describe('an alarm that is set', () => {
  it.each([
    ['make my alarm 30 minutes later', 'Alarm set for tomorrow at 7:30 AM.'],
    ['push my alarm back by ten minutes', 'Alarm set for tomorrow at 7:10 AM.'],
    ['add an hour to my alarm', 'Alarm set for tomorrow at 8:00 AM.'],
    ['delay my 7 am alarm by 15 minutes', 'Alarm set for tomorrow at 7:15 AM.'],
    ['wake me 20 minutes earlier', 'Alarm set for tomorrow at 6:40 AM.'],
    ['move my alarm up by an hour', 'Alarm set for tomorrow at 6:00 AM.'],
    ['delay my 6 am alarm by 15 minutes', 'I have no alarm like that.'],
    ['move my alarm to eight', 'Alarm set for tomorrow at 8:00 AM.'],
    ['알람 30분 늦춰줘', '내일 오전 7시 30분에 알람을 맞췄어요.'],
    ['알람 10분 당겨줘', '내일 오전 6시 50분에 알람을 맞췄어요.'],
  ])('%s', async (said, answer) => {
    expect(await answerAfter('set an alarm for 7 am', said)).toBe(answer);
  });

  it.each([
    ['오후 다섯시 십오분에 알람 설정해줘', '오늘 오후 5시 15분에 알람을 맞췄어요.'],
    ['설날에 여덟 시 알람 설정해줘', '2월 7일 오전 8시에 알람을 맞췄어요.'],
    ['내일 모레 아침 다섯시 반에 깨워 줘', '모레 오전 5시 30분에 알람을 맞췄어요.'],
    ['화요일이랑 목요일 저녁 일곱시에 알람 해 줘', '매주 화요일, 목요일 알람을 맞췄어요. 다음은 내일 오후 7시예요.'],
    ['월수금 아침 여섯시 알람 맞춰줘', '매주 월요일, 수요일, 금요일 알람을 맞췄어요. 다음은 모레 오전 6시예요.'],
    ['밤 열두시 반에 깨워 줘', '내일 오전 0시 30분에 알람을 맞췄어요.'],
    ['낮 열두시에 알람 울려', '내일 낮 12시에 알람을 맞췄어요.'],
  ])('%s', async (said, answer) => {
    expect(await answerAfter(said)).toBe(answer);
  });

  it('goes on being called by its name', async () => {
    expect(await answerAfter('set a gym alarm for five')).toBe('The gym alarm is set for today at 5:00 PM.');
    expect(await answerAfter('set an alarm called work for 8 am')).toBe('The work alarm is set for tomorrow at 8:00 AM.');
    expect(await answerAfter('set a gym alarm for five', 'set an alarm for 7 am', 'when is my gym alarm')).toBe(
      'You have an alarm set for today at 5:00 PM.',
    );
    expect(await answerAfter('여섯 시에 운동 알람 맞춰줘', '내일 아침 일곱 시 알람', '운동 알람 취소해줘')).toBe(
      '오늘 오후 6시 운동 알람을 취소했어요.',
    );
  });
});

describe('all alarms', () => {
  it.each(['delete all my alarms', 'turn off all of my alarms', 'cancel both alarms', 'clear every single alarm'])(
    'are cancelled at once: %s',
    async (said) => {
      expect(await answerAfter('set an alarm for 7 am', 'set an alarm for 9 am', said)).toBe('I cancelled 2 alarms.');
    },
  );
});

describe('a day', () => {
  it.each([
    ['wake me up friday at nine', 'Alarm set for Friday at 9:00 AM.'],
    ['wake us up at seven', 'Alarm set for tomorrow at 7:00 AM.'],
    ['wake me up an hour before nine', 'Alarm set for tomorrow at 8:00 AM.'],
  ])('and "up" are no names: %s', async (said, answer) => {
    expect(await answerAfter(said)).toBe(answer);
  });
});

describe('the half of the day', () => {
  it('counts where it is said', async () => {
    expect(await answerAfter('set an alarm for 8 pm', 'set an alarm for 8 am', 'cancel my 8 am alarm')).toBe(
      'I cancelled the alarm tomorrow at 8:00 AM.',
    );
    expect(await answerAfter('set an alarm for 8 pm', 'cancel my 8 am alarm')).toBe('I have no alarm like that.');
    expect(await answerAfter('set an alarm for 8 pm', "cancel my 8 o'clock alarm")).toBe('I cancelled the alarm today at 8:00 PM.');
  });
});

describe('an alarm of every day', () => {
  it.each(["skip tomorrow's alarm", 'skip my alarm tomorrow', 'skip the next alarm', '내일 알람 건너뛰어줘', '내일은 알람 건너뛰어줘'])(
    'is left out once: %s',
    async (said) => {
      expect(await answerAfter('set an alarm for 7 am every day', said)).toMatch(/Wednesday at 7:00 AM\.|다음은 모레 오전 7시/);
      expect(await answerAfter('set an alarm for 7 am every day', said, 'what alarms do i have')).toBe(
        'You have an alarm set for every day at 7:00 AM.',
      );
    },
  );

  it('is not the only one that is meant by "next"', async () => {
    const set = ['set an alarm for 7 am', 'set an alarm for 9 am'];
    expect(await answerAfter(...set, 'cancel my next alarm')).toBe('I cancelled the alarm tomorrow at 7:00 AM.');
    expect(await answerAfter(...set, '다음 알람 취소해줘')).toBe('내일 오전 7시 알람을 취소했어요.');
  });

  it('is only left out where the alarms of a day are cancelled', async () => {
    const set = ['set an alarm for 7 am every day', 'set an alarm for 9 am tomorrow', 'set an alarm for 9 am on friday'];
    expect(await answerAfter(...set, 'cancel all alarms for tomorrow')).toBe('I cancelled 2 alarms.');
    expect(await answerAfter(...set, 'cancel all alarms for tomorrow', 'what alarms do i have')).toBe(
      'You have 2 alarms: every day at 7:00 AM and Friday at 9:00 AM.',
    );
  });
});

describe('the day and time of a new alarm', () => {
  it.each([
    ['set an alarm for christmas eve at six am', 'Alarm set for Thursday, December 24 at 6:00 AM.'],
    ['set an alarm for three days from now at seven', 'Alarm set for Thursday at 7:00 AM.'],
    ['wake me up 30 minutes before 8', 'Alarm set for tomorrow at 7:30 AM.'],
    ['set an alarm for 7 am every day except sunday', 'Alarm set for every day except Sunday, starting tomorrow at 7:00 AM.'],
    ['12월 24일 아침 6시에 깨워줘', '12월 24일 오전 6시에 알람을 맞췄어요.'],
    ['3일 뒤 7시에 알람 맞춰줘', '목요일 오전 7시에 알람을 맞췄어요.'],
    ['다음 주 월요일 8시 알람', '11월 30일 오전 8시에 알람을 맞췄어요.'],
  ])('%s', async (said, answer) => {
    expect(await answerAfter(said)).toBe(answer);
  });
});
