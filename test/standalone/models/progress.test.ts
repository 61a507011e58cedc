import { expect, test } from 'vitest';
import { Progress } from '../../../src/cli/progress.js';
import { duration } from '../../../src/models/text.js';

function setting(isTTY: boolean) {
  let at = 0;
  let text = '';
  const progress = new Progress({ write: (more) => (text += more), isTTY, columns: 120 }, () => at);
  return {
    progress,
    after(ms: number, done: number, phase = 'downloading') {
      at += ms;
      progress.update({ name: 'base', phase, done, total: 100e6 });
    },
    text: () => text,
  };
}

test('without a terminal: a line at the start, then one now and then, with speed and remaining time', () => {
  const { after, text } = setting(false);
  for (let second = 0; second <= 25; second++) after(1000, second * 2e6);
  expect(text().split('\n')).toEqual([
    'base  downloading   0 %  0.0 MB of 100 MB',
    'base  downloading  20 %  20 MB of 100 MB  2.0 MB/s  40 s left',
    'base  downloading  40 %  40 MB of 100 MB  2.0 MB/s  30 s left',
    '',
  ]);
});

test('a new phase is a new line at once', () => {
  const { after, text } = setting(false);
  after(0, 0);
  after(10, 100e6, 'checking');
  after(10, 100e6, 'done');
  expect(text()).toMatch(/checking 100 %.*\nbase {2}done\n$/);
});

test('on a terminal: bars that stay in their place', () => {
  const { progress, after, text } = setting(true);
  after(0, 0);
  after(1000, 50e6);
  progress.update({ name: 'tiny', phase: 'waiting', done: 0, total: 10e6 });
  progress.end();
  expect(text()).toContain('[############............]  50 %  50 MB of 100 MB  50 MB/s  1 s left');
  // Two bars stand; the last drawing goes up by two lines and writes both anew.
  const visible = text().replaceAll('\u001b', 'ESC').replaceAll('\r', 'CR');
  expect(visible).toMatch(/ESC\[2ACRESC\[2Kbase [^\n]*\nCRESC\[2Ktiny [^\n]*\n$/);
  expect(text()).not.toMatch(/[^\n]{160}/);
});

test.each([
  [1, '1 s'],
  [59.2, '1 min 00 s'],
  [61, '1 min 01 s'],
  [7500, '2 h 05 min'],
])('%d seconds are said as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
