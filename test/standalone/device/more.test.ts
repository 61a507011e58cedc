import { describe, expect, it } from 'vitest';
import { More } from '../../../src/device/answering/more.js';
import { Notices } from '../../../src/device/speaking/notices.js';

const rest = { text: 'And so on.', whole: true, to: 'device' } as const;

function offered(): More {
  const more = new More(Notices.load());
  more.keep(rest);
  return more;
}

describe('the offer to go on', () => {
  it.each([
    ['en', 'Yes, please.'],
    ['en', 'go on'],
    ['en', 'Tell me more!'],
    ['en', 'Sure, go ahead.'],
    ['en', 'yes, I’d like that'],
    ['en', 'Read me the rest, please.'],
    ['en', 'No, go on.'],
    ['en', 'mm-hmm'],
    ['ko', '네.'],
    ['ko', '계속해 줘'],
    ['ko', '응 계속해줘'],
    ['ko', '나머지도 알려줘'],
    ['ko', '더 듣고 싶어'],
  ] as const)('in %s is taken up by %s', (language, text) => {
    expect(offered().answer(text, language)).toEqual({ kind: 'wanted', rest });
  });

  it.each([
    ['en', 'No, thank you.'],
    ['en', "That's enough."],
    ['en', "No, that's fine, thanks."],
    ['en', 'Okay, thank you.'],
    ['en', 'maybe later'],
    ['ko', '아니요'],
    ['ko', '됐어'],
    ['ko', '아니 괜찮아'],
    ['ko', '그만할래'],
  ] as const)('in %s is declined by %s', (language, text) => {
    expect(offered().answer(text, language)).toEqual({ kind: 'declined' });
  });

  it('is over as soon as something else is said', () => {
    const more = offered();
    expect(more.answer('what time is it', 'en')).toBeUndefined();
    expect(more.answer('yes', 'en')).toBeUndefined();
  });

  it.each([
    'tell me more about Paris',
    'yes but who wrote it',
    'no what about Rome',
    'and in Korea',
    'next Monday',
    'continue the timer',
    '',
  ])('is not what is meant by "%s"', (text) => {
    expect(offered().answer(text, 'en')).toBeUndefined();
  });

  it('stands once more when it was repeated', () => {
    const more = offered();
    expect(more.answer('what did you say', 'en')).toBeUndefined();
    expect(more.again()).toBe(true);
    expect(more.answer('yes', 'en')).toEqual({ kind: 'wanted', rest });
  });

  it('leaves a yes alone that nothing was offered to', () => {
    expect(new More(Notices.load()).answer('yes', 'en')).toBeUndefined();
  });
});
