import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { projectRoot } from '../../../src/paths.js';
import { tandem } from '../../support/commandLine.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);

/** A profile of one's own, with these lines besides its name. */
function profile(name: string, ...lines: readonly string[]): string {
  const path = file(`${name}.yaml`);
  writeFileSync(path, [`name: ${name}`, ...lines].join('\n'));
  return path;
}

/** One sentence for a person: no stack, nothing that was thrown raw. */
function expectClear(err: string, ...parts: readonly (string | RegExp)[]): void {
  for (const part of parts) expect(err).toMatch(part);
  expect(err).not.toMatch(/\n\s+at |\[object|undefined|Error:/);
}

describe('help', () => {
  it.each([[], ['talk'], ['host'], ['profile'], ['profile', 'check'], ['models'], ['models', 'pull'], ['evaluate'], ['evaluate', 'wake']])(
    'works on every level: %s',
    async (...words) => {
      const { code, out } = await tandem(...words, '--help');
      expect(code).toBe(0);
      expect(out).toContain('Usage: tandem');
    },
  );
});

describe('wrong usage ends with 2', () => {
  it.each([
    [['talkk'], /unknown command/],
    [['talk', '--nope'], /unknown option/],
    [['talk', '--text', '--fast'], /--text uses no sound/],
    [['talk', '--fast'], /--fast replays a file into a file/],
    [['talk', '--in', 'a.wav', '--out', './a.wav'], /same file/],
    [['talk', '--out', ''], /--out is empty/],
    [['talk', '--profile', 'starter-host'], /profile of a host/],
    [['evaluate', 'wake'], /--word/],
    [['scenario', 'test/scenarios/turn/quick.yaml', '--keep', '/dev/null/kept'], /--keep/],
  ])('%s', async (args, message) => {
    const { code, err } = await tandem(...args);
    expect(code).toBe(2);
    expectClear(err, message);
  });
});

describe('what is not there, or is not what it should be, ends with 1 and says what to do', () => {
  it('an unknown profile', async () => {
    const { code, err } = await tandem('talk', '--profile', 'startr');
    expect(code).toBe(1);
    expectClear(err, /no profile "startr"/, /starter/);
  });

  it('a missing recording', async () => {
    const { code, err } = await tandem('talk', '--in', file('nothing.wav'), '--out', file('out.wav'));
    expect(code).toBe(1);
    expectClear(err, /nothing\.wav/);
  });

  it.each<[string, string | Buffer]>([
    ['empty', ''],
    ['not-wav', 'This is a letter to my aunt, and it is long enough to be read as a header.'],
    ['header-only', Buffer.from('RIFF\0\0\0\0WAVEfmt ')],
  ])('a recording that is %s', async (name, content) => {
    writeFileSync(file(`${name}.wav`), content);
    const { code, err } = await tandem('talk', '--in', file(`${name}.wav`), '--out', file('out.wav'));
    expect(code).toBe(1);
    expectClear(err, new RegExp(`${name}\\.wav`));
  });

  it('a profile with ten mistakes, all at once, each with its line', async () => {
    const path = profile(
      'mistakes',
      'nmae: twice',
      'languages: [de]',
      'audio: {volume: 200, input: alas}',
      'wakeWord: {engine: openWakeWord, words: [alexaa], threshold: 7, refractoryMs: never}',
      'endpointing: {style: hasty}',
      'speechOutput: {engine: espeak}',
      'conversation: {followUp: sometimes}',
    );
    const { code, err } = await tandem('talk', '--profile', path);
    expect(code).toBe(1);
    expect(err.match(/mistakes\.yaml:\d+:\d+/g)?.length).toBeGreaterThanOrEqual(10);
    expectClear(err, /languages/, /audio\.volume/, /wakeWord\.threshold/, /conversation\.followUp/);
  });

  it.each([
    ['an unknown engine', 'speechToText: {engine: dragon}', /speechToText/],
    ['an unknown voice', 'speechOutput: {engine: espeakNg, voice: {en: martian}}', /martian/],
    ['an unknown model', 'languageModel: {engine: exaone, model: exaone-99b}', /exaone-99b/],
  ])('%s', async (name, line, message) => {
    const path = profile(name.replaceAll(' ', '-'), line);
    const args = ['talk', '--profile', path, '--in', join(projectRoot, 'test', 'fixtures', 'time-breath.wav'), '--out', file('out.wav')];
    const { code, err } = await tandem(...args);
    expect(code).toBe(1);
    expectClear(err, message);
  });

  it('a model file that is no GGUF, and one that is cut off', async () => {
    writeFileSync(file('letter.gguf'), 'Dear aunt, this is no model.');
    copyFileSync(join(projectRoot, 'device-profiles', 'starter', 'tandem-starter.gguf'), file('cut.gguf'));
    truncateSync(file('cut.gguf'), 2_000_000);
    for (const name of ['letter', 'cut']) {
      const path = profile(name, `languageModel: {engine: exaone, model: ./${name}.gguf}`);
      const { code, err } = await tandem('talk', '--text', '--profile', path);
      expect(code).toBe(1);
      expectClear(err, new RegExp(`${name}\\.gguf`));
    }
  });

  it('standard output that cannot be written', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'profile', 'list'], {
      cwd: projectRoot,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(status).toBe(1);
    expectClear(stderr, /could not be written/);
  });

  it('an event log that cannot be written', async () => {
    const { code, err } = await tandem('talk', '--text', '--events', file('no/such/folder/events.jsonl'));
    expect(code).toBe(1);
    expectClear(err, /events\.jsonl/, /folder/);
  });

  it('programs for the microphone and the loudspeaker that are not there', async () => {
    const path = process.env.PATH;
    process.env.PATH = folder;
    try {
      const { code, err } = await tandem('talk');
      expect(code).toBe(1);
      expectClear(err, /aplay|paplay|pw-/);
    } finally {
      process.env.PATH = path;
    }
  });
});

it('Ctrl-C while a recording is heard, or before, ends with 130', async () => {
  const before = process.listenerCount('SIGINT');
  const recording = join(projectRoot, 'test', 'fixtures', 'capital-france-breath.wav');
  const run = tandem('talk', '--profile', 'starter', '--in', recording, '--out', file('out.wav'), '--fast');
  await vi.waitUntil(() => process.listenerCount('SIGINT') > before, 20_000);
  process.emit('SIGINT');
  expect(await run).toEqual({ code: 130, out: '', err: '' });
});
