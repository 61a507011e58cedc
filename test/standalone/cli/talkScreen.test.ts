import { expect, test } from 'vitest';
import { DownloadLine } from '../../../src/cli/downloadLine.js';
import { TalkScreen } from '../../../src/cli/talkScreen.js';
import type { OverallProgress } from '../../../src/first-evening/overall.js';

/** What a terminal would show: carriage returns and emptied lines done. */
function shown(written: string): readonly string[] {
  const lines = [''];
  for (const piece of written.replaceAll('\u001b[2K', '').split(/([\r\n])/)) {
    if (piece === '\n') lines.push('');
    else lines[lines.length - 1] = piece === '\r' ? '' : `${lines.at(-1)}${piece}`;
  }
  return lines;
}

function screenOf(columns = 100) {
  let written = '';
  const screen = new TalkScreen(false, { write: (text) => (written += text), isTTY: true, columns });
  return { screen, written: () => written, lines: () => shown(written) };
}

const at = (done: number, phase: OverallProgress['phase'] = 'downloading'): OverallProgress => ({
  phase,
  done,
  total: 100e6,
  note: undefined,
});

test('lines go above the bar, which stays the last', () => {
  const { screen, lines } = screenOf();
  screen.hint('starter is ready');
  screen.status('models 10 %');
  screen.hint('you: hello');
  screen.status('models 20 %');
  screen.problem('the network is gone');
  expect(lines()).toEqual(['starter is ready', 'you: hello', 'tandem: the network is gone', 'models 20 %']);
  screen.status('');
  screen.hint('done');
  expect(lines()).toEqual(['starter is ready', 'you: hello', 'tandem: the network is gone', 'done', '']);
});

test('a bar is never longer than its line', () => {
  const { screen, lines } = screenOf(20);
  screen.status('models downloading for a long time');
  expect(lines()).toEqual(['models downloading ']);
});

test('a prompt that a line was typed behind stays where it is', () => {
  const { screen, lines } = screenOf();
  screen.status('> ');
  screen.lineTaken();
  screen.write('\n');
  screen.hint('models 10 %');
  expect(lines()).toEqual(['> ', 'models 10 %', '']);
});

test('where nothing is below, lines are written as they are', () => {
  const { screen, written } = screenOf();
  screen.hint('one');
  screen.status('');
  screen.hint('two');
  expect(written()).toBe('one\ntwo\n');
});

test('on a terminal the bar moves, but not more often than an eye can follow', () => {
  const { screen, written, lines } = screenOf();
  let now = 0;
  const line = new DownloadLine(screen, true, () => now);
  for (; now <= 1000; now += 10) line.update(at(now * 1e5));
  expect(lines()).toEqual([expect.stringMatching(/^models {2}downloading \[#+\] +100 % {2}100 MB of 100 MB/)]);
  expect(written().split('\r').length).toBeLessThan(10);
  line.end();
  expect(lines()).toEqual(['']);
});

test('elsewhere a line every tenth of the way, and one a phase', () => {
  const { screen, lines } = screenOf();
  let now = 0;
  const line = new DownloadLine(screen, false, () => now);
  for (; now < 1000; now += 10) line.update(at(now * 1e5));
  line.update(at(100e6, 'checking'));
  line.end();
  const told = lines().filter((text) => text !== '');
  expect(told).toHaveLength(11);
  expect(told[5]).toMatch(/^models {2}downloading +50 % {2}50 MB of 100 MB {2}100 MB\/s {2}1 s left$/);
  expect(told[10]).toMatch(/^models {2}checking 100 %/);
});
