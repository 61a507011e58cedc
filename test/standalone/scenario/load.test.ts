import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptNames } from '../../../src/scenario/keptNames.js';
import { loadScenarios } from '../../../src/scenario/load.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-scenarios-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const START = 'name: A timer rings\nwhy: Because it must\n';

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function mistakes(rest: string): Promise<string[]> {
  const file = write('one.yaml', START + rest);
  const message = await loadScenarios([file]).then(
    () => '',
    (error: Error) => error.message,
  );
  return message
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replace(`${file}:`, ''));
}

describe('mistakes', () => {
  it.each([
    [
      'a word that is none',
      'turns: []\nexpect: [transcipt]',
      '4:10: expect[0]: "transcipt" is no word for what happens. Did you mean transcript?',
    ],
    [
      'a field of it',
      'turns: []\nexpect:\n  - route: { too: host }',
      '5:14: expect[0].route.too: is not known. Did you mean expect[0].route.to?',
    ],
    ['a value of it', 'turns: []\nnever:\n  - turn-end: answred', 'Did you mean answered?'],
    [
      'a length of time',
      'turns:\n  - { ask: hello, at: 3 }\nnever: [error]',
      '4:23: turns[0].at: must be a length of time such as 3 s or 500 ms, not 3.',
    ],
    ['two things in a turn', 'turns:\n  - { ask: hello, press: stop }\nnever: [error]', '4:5: turns[0]: each turn does one thing'],
    ['two times', 'turns:\n  - { ask: hello, at: 3 s, after: wake }\nnever: [error]', '4:5: turns[0]: write at or after, not both.'],
    ['nothing to check', 'turns:\n  - ask: hello', 'checks nothing: write expect, never, answer, spoken or limits.'],
    ['a recording', 'turns:\n  - hear: nothing.wav\nnever: [error]', '4:11: turns[0].hear: there is no file'],
    [
      'a number for words',
      'turns:\n  - { ask: hello, answer: 144 }\n',
      '4:27: turns[0].answer: must be text, not 144. Write it in quotes: "144".',
    ],
    [
      'true for words',
      'turns:\n  - ask: hello\n    spoken: [hello, true]\n',
      'turns[0].spoken[1]: must be text, not true. Write it in quotes: "true".',
    ],
    [
      'a setting',
      'settings:\n  conversation: { folowUp: never }\nturns: []\nnever: [error]',
      '4:28: settings.conversation.folowUp: is not known.',
    ],
    ['a profile', 'profile: kitchn\nturns: []\nnever: [error]', '3:10: profile: There is no profile "kitchn".'],
    ['what is no YAML', 'turns: [', 'this is not YAML'],
  ])('%s is told with its place and its remedy', async (_, rest, told) => {
    expect((await mistakes(rest)).join('\n')).toContain(told);
  });

  it('of a recording are told before anything is played', async () => {
    write('text.wav', 'no sound');
    mkdirSync(join(folder, 'folder.wav'));
    const found = await mistakes('background: { hear: folder.wav }\nturns:\n  - hear: text.wav\nnever: [error]\n');
    expect(found).toEqual([
      expect.stringMatching(/^3:21: background\.hear: .*folder\.wav is a folder\. Name a WAV file/),
      expect.stringMatching(/^5:11: turns\[0\]\.hear: .*text\.wav is not a WAV file\. Convert it/),
    ]);
  });

  it('of one word are told once, and not also as something that is lacking', async () => {
    expect(await mistakes('turns:\n  - pres: stop\nnever: [error]\n')).toEqual([
      '4:5: turns[0].pres: is not known. Did you mean turns[0].press?',
    ]);
  });

  it('are told all at once, in order, over all files', async () => {
    const first = write('a.yaml', `${START}turns:\n  - hear: nothing.wav\nexpect: [wke]\n`);
    const second = write('b.yaml', 'turns: []\n');
    const message = await loadScenarios([first, second]).catch((error: Error) => error.message);
    expect(message).toMatch(/a\.yaml:4.*a\.yaml:5.*b\.yaml:1.*name.*b\.yaml/s);
  });
});

describe('finding', () => {
  const whole = `${START}turns: []\nnever: [error]\n`;

  it('takes files as they are given, and folders with what is in their folders', async () => {
    mkdirSync(join(folder, 'deep'));
    const file = write('z.yaml', whole);
    write('deep/a.yaml', whole);
    write('deep/notes.md', 'no scenario');
    const found = await loadScenarios([file, folder]);
    expect(found.map((one) => one.file.slice(-6))).toEqual(['z.yaml', 'a.yaml', 'z.yaml']);
  });

  it('says what is not there', async () => {
    await expect(loadScenarios([join(folder, 'none.yaml')])).rejects.toThrow('does not exist');
    await expect(loadScenarios([folder])).rejects.toThrow('There is no scenario in');
  });
});

describe('what is kept', () => {
  it('has a name of its own for each file', () => {
    expect(keptNames(['test/korean/timer.yaml', 'test/skills/timer.yaml', 'a.yml', './a.yaml', '../a.yaml'])).toEqual([
      'timer',
      'skills-timer',
      'a',
      'a-2',
      'a-3',
    ]);
  });
});

describe('settings', () => {
  it('are merged into the profile; a section with another engine takes the place of the old one', async () => {
    const rest = 'settings:\n  conversation: { followUp: never }\n  wakeWord: { engine: none }\nturns: []\nnever: [error]\n';
    const [loaded] = await loadScenarios([write('one.yaml', START + rest)]);
    expect(loaded?.profile.profile.conversation.followUp).toBe('never');
    expect(loaded?.profile.profile.wakeWord).toEqual({ engine: 'none' });
    expect(loaded?.profile.profile.speechToText).toMatchObject({ engine: 'pocketsphinx', phrases: 'starter/phrases.yaml' });
  });

  it('may name a language that the recogniser does not know where nobody speaks, and only there', async () => {
    const korean = 'settings: { languages: [en, ko] }\nnever: [error]\n';
    const [loaded] = await loadScenarios([write('typed.yaml', `${START}${korean}turns:\n  - ask: 지금 몇 시야\n`)]);
    expect(loaded?.profile.profile.languages).toEqual(['en', 'ko']);
    write('hello.wav', '');
    expect((await mistakes(`${korean}turns:\n  - hear: hello.wav\n`)).join()).toContain('pocketsphinx understands English only');
  });
});
