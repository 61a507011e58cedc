import { describe, expect, it } from 'vitest';
import { repeatIn, sayRepeat } from '../../../src/skills/alarm/repeat.js';

const MON_TO_FRI = [1, 2, 3, 4, 5];
const ALL = [0, 1, 2, 3, 4, 5, 6];

describe('days on which an alarm comes again', () => {
  it.each([
    ['wake me every day at seven', ALL, 'wake me at seven'],
    ['wake me every morning at seven', ALL, 'wake me at seven'],
    ['set a recurring alarm for 6 am', ALL, 'set a alarm for 6 am'],
    ['set an alarm for 7 every day except sunday', [1, 2, 3, 4, 5, 6], 'set an alarm for 7'],
    ['every day but saturday and sunday at 7', MON_TO_FRI, 'at 7'],
    ['wake me every monday and wednesday at 6', [1, 3], 'wake me at 6'],
    ['wake me up at 6 on mondays', [1], 'wake me up at 6'],
    ['at 9 on tuesdays and thursdays', [2, 4], 'at 9'],
    ['monday through friday at six', MON_TO_FRI, 'at six'],
    ['at six from saturday to monday', [0, 1, 6], 'at six from'],
    ['on weekdays at six', MON_TO_FRI, 'at six'],
    ['every work day at six', MON_TO_FRI, 'at six'],
    ['at ten on weekends', [0, 6], 'at ten'],
    ['매일 7시에 깨워 줘', ALL, '7시에 깨워 줘'],
    ['주말 빼고 매일 7시에 깨워 줘', MON_TO_FRI, '7시에 깨워 줘'],
    ['일요일 빼고 매일 7시에', [1, 2, 3, 4, 5, 6], '7시에'],
    ['매주 월요일 수요일 6시에', [1, 3], '6시에'],
    ['매주 월수금 6시에', [1, 3, 5], '6시에'],
    ['화요일이랑 목요일마다 6시에', [2, 4], '6시에'],
    ['월요일부터 금요일까지 6시에', MON_TO_FRI, '6시에'],
    ['평일 6시에', MON_TO_FRI, '6시에'],
  ])('%s', (text, repeat, rest) => {
    expect(repeatIn(text, /[가-힣]/.test(text) ? 'ko' : 'en')).toEqual({ repeat, rest });
  });

  it.each(['wake me on monday at six', 'this friday at nine', 'for seven', 'this weekend at nine', '월요일 7시에 깨워 줘', '오늘 7시'])(
    '"%s" is for once',
    (text) => {
      expect(repeatIn(text, /[가-힣]/.test(text) ? 'ko' : 'en')).toBeUndefined();
    },
  );

  it.each([
    [ALL, 'every day', '매일'],
    [MON_TO_FRI, 'every weekday', '평일'],
    [[0, 6], 'every weekend', '주말'],
    [[0, 1, 3], 'every Monday, Wednesday, and Sunday', '매주 월요일, 수요일, 일요일'],
  ])('%j are said', (repeat, en, ko) => {
    expect([sayRepeat(repeat, 'en'), sayRepeat(repeat, 'ko')]).toEqual([en, ko]);
  });
});
