import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimes } from '../../../src/skills/values/clockTimes.js';
import { parseDuration, sayDuration } from '../../../src/skills/values/duration.js';
import { parseEnglishNumber } from '../../../src/skills/values/englishNumbers.js';
import { parseKoreanNumber } from '../../../src/skills/values/koreanNumbers.js';
import { sayNumber } from '../../../src/skills/values/sayNumber.js';
import { sayWhen } from '../../../src/skills/values/sayTime.js';
import { MONDAY } from './skillsAtHand.js';

describe('numbers in words', () => {
  it.each([
    ['one hundred and five', 105],
    ['twenty-five', 25],
    ['two point five', 2.5],
    ['three quarters', 0.75],
    ['minus three', -3],
    ['two thousand twenty six', 2026],
    ['12,500', 12_500],
    ['two and a half', 2.5],
    ['3.5 million', 3_500_000],
    ['five six', undefined],
    ['banana', undefined],
    ['an', undefined],
  ])('%s', (text, value) => {
    expect(parseEnglishNumber(text)).toBe(value);
  });

  it.each([
    ['오십삼', 53],
    ['스물다섯', 25],
    ['만 오천', 15_000],
    ['천이백삼십사', 1234],
    ['이점오', 2.5],
    ['2만', 20_000],
    ['마이너스 삼', -3],
    ['백만', 1_000_000],
    ['바나나', undefined],
  ])('%s', (text, value) => {
    expect(parseKoreanNumber(text)).toBe(value);
  });
});

describe('durations', () => {
  it.each([
    ['five minutes', 'en', 300],
    ['an hour and a half', 'en', 5400],
    ['half an hour', 'en', 1800],
    ['2 minutes 30', 'en', 150],
    ['one and a half hours', 'en', 5400],
    ['three quarters of an hour', 'en', 2700],
    ['1 hour 30 minutes and 5 seconds', 'en', 5405],
    ['오 분', 'ko', 300],
    ['한 시간 반', 'ko', 5400],
    ['삼십 초', 'ko', 30],
    ['두시간 삼십분', 'ko', 9000],
  ] as const)('%s', (text, language, seconds) => {
    expect(parseDuration(text, language)).toBe(seconds * 1000);
  });

  it('are understood as they are said', () => {
    const durations = fc.oneof(
      fc.integer({ min: 1, max: 3599 }),
      fc.integer({ min: 60, max: 1439 }).map((minutes) => minutes * 60),
    );
    fc.assert(
      fc.property(durations, fc.constantFrom('en' as const, 'ko' as const), (seconds, language) => {
        expect(parseDuration(sayDuration(seconds * 1000, language), language)).toBe(seconds * 1000);
      }),
    );
  });

  it('of nonsense are none', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('en' as const, 'ko' as const), (text, language) => {
        const ms = parseDuration(text, language);
        expect(ms === undefined || (ms > 0 && /\d|[가-힣]|[a-z]/.test(text))).toBe(true);
      }),
    );
  });
});

describe('times of day', () => {
  it.each([
    ['alarm for seven', ['today at 7:00 PM']],
    ['alarm for 25:00', []],
    ['alarm for 12:75', []],
    ['quarter after six tomorrow', ['tomorrow at 6:15 AM']],
    ['four thirty tomorrow', ['tomorrow at 4:30 AM']],
    ['ten pm and midnight', ['today at 10:00 PM', 'tomorrow at 12:00 AM']],
    ['one in the afternoon and ten at night', ['tomorrow at 1:00 PM', 'today at 10:00 PM']],
    ['05:00 and one for 16:00', ['tomorrow at 5:00 AM', 'today at 4:00 PM']],
    ['six forty five a m on friday', ['on Friday at 6:45 AM']],
    ['december third at 9 am', ['on Thursday, December 3 at 9:00 AM']],
    ['in twenty minutes', ['today at 3:20 PM']],
    ['alarm for twenty minutes', ['today at 3:20 PM']],
    ['alarm for 630', ['today at 6:30 PM']],
    ['alarm for 0630', ['tomorrow at 6:30 AM']],
    ['an hour before nine am', ['tomorrow at 8:00 AM']],
    ['half an hour before noon', ['tomorrow at 11:30 AM']],
    ['235pm and another an hour later', ['tomorrow at 2:35 PM', 'tomorrow at 3:35 PM']],
    ['eggs', []],
  ])('%s', (text, said) => {
    expect(parseTimes(text, 'en', MONDAY).map((time) => sayWhen(time, MONDAY, 'en'))).toEqual(said);
  });

  it.each([
    ['아침 일곱 시 반', ['내일 오전 7시 30분']],
    ['오후 세 시 이십 분', ['오늘 오후 3시 20분']],
    ['저녁 여덟시', ['오늘 오후 8시']],
    ['삼십 분 뒤', ['오늘 오후 3시 30분']],
    ['모레 새벽 네 시 반', ['모레 오전 4시 30분']],
    ['오늘 밤 열두 시', ['내일 오전 0시']],
    ['19시 30분', ['오늘 오후 7시 30분']],
    ['정오', ['내일 낮 12시']],
  ])('%s', (text, said) => {
    expect(parseTimes(text, 'ko', MONDAY).map((time) => sayWhen(time, MONDAY, 'ko'))).toEqual(said);
  });

  it('are always to come', () => {
    const hour = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(hour, fc.constantFrom('am', 'pm', 'tomorrow', 'tonight', ''), (value, half) => {
        for (const time of parseTimes(`alarm for ${value} ${half}`, 'en', MONDAY)) expect(time.getTime()).toBeGreaterThan(MONDAY.getTime());
      }),
    );
  });
});

describe('numbers as they are said', () => {
  it.each([
    [1035, '1,035', true],
    [29.799_3, '29.8', false],
    [1 / 3, '0.333', false],
    [0.1 + 0.2, '0.3', true],
    [236.588, '236.588', true],
    [1234.5678, '1,235', false],
    [1.5e20, '1.5 times 10 to the power of 20', false],
  ])('%d', (value, text, exact) => {
    expect(sayNumber(value)).toEqual({ text, exact });
  });
});
