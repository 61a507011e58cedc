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
    ['ko', '네.'],
    ['ko', '계속해 줘'],
  ] as const)('in %s is taken up by %s', (language, text) => {
    expect(offered().answer(text, language)).toEqual({ kind: 'wanted', rest });
  });

  it.each([
    ['en', 'No, thank you.'],
    ['en', "That's enough."],
    ['ko', '아니요'],
    ['ko', '됐어'],
  ] as const)('in %s is declined by %s', (language, text) => {
    expect(offered().answer(text, language)).toEqual({ kind: 'declined' });
  });

  it('is over as soon as something else is said', () => {
    const more = offered();
    expect(more.answer('what time is it', 'en')).toBeUndefined();
    expect(more.answer('yes', 'en')).toBeUndefined();
  });

  it('leaves a yes alone that nothing was offered to', () => {
    expect(new More(Notices.load()).answer('yes', 'en')).toBeUndefined();
  });
});
