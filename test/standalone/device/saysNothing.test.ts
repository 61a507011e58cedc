import { describe, expect, it } from 'vitest';
import { saysNothing } from '../../../src/device/hearing/saysNothing.js';

const WAKE_WORDS = ['alexa', 'hey_jarvis', 'okay.kitchen (new)'];

describe('saysNothing', () => {
  it.each([
    'alexa',
    'Alexa. Alexa!',
    'hey jarvis',
    'Jarvis?',
    'okay kitchen new',
    'Hmm.',
    'h m m',
    'um, alexa',
    '알렉사',
    '음...',
    '어 알렉사',
    '알렉사야',
    '헤이 자비스',
    '저기 그 음',
  ])('there is nothing to answer in: %s', (text) => {
    expect(saysNothing(text, WAKE_WORDS)).toBe(true);
  });

  it.each([
    '',
    '...',
    'yes',
    'uh huh',
    'hey',
    'alexander',
    'alexa stop',
    'alexa what time is it',
    'who is jarvis',
    '음악',
    '어디',
    '알렉사 그만',
    '그거',
    '저기 불 꺼',
    '3',
  ])('not in: %s', (text) => {
    expect(saysNothing(text, WAKE_WORDS)).toBe(false);
  });

  it('takes no name for nothing where there is no wake word', () => {
    expect(saysNothing('alexa', [])).toBe(false);
  });
});
