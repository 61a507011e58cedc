import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { concatenate, toBytes } from '../../../src/audio/pcm.js';
import { TimelineSink } from '../../../src/audio/playback/timelineSink.js';
import { readWav } from '../../../src/audio/wav/reader.js';
import type { PcmSpeechOutput } from '../../../src/speech-output/contract.js';
import { createSpeechOutput } from '../../../src/speech-output/create.js';
import { Festival } from '../../../src/speech-output/festival.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { conformsToPcmSpeechOutput } from './conformance.js';
import { context, optionsOf } from './subjects.js';

const never = new AbortController().signal;
const english = { language: 'en', signal: never } as const;
const section = { engine: 'say', voice: 'voice_kal_diphone' } as const;
const folder = temporaryFolder();

conformsToPcmSpeechOutput('say (festival)', {
  load: () => Festival.load(optionsOf(section)),
  sentences: { en: 'The weather is fine today.' },
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Programs of the test's own, before or instead of those that are installed. */
async function programs(name: string, scripts: Readonly<Record<string, string>>): Promise<string> {
  const bin = join(folder, name);
  await mkdir(bin);
  for (const [program, script] of Object.entries(scripts)) {
    await writeFile(join(bin, program), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, program), 0o755);
  }
  return bin;
}

/** Sounds that a festival or we left behind. */
function leftSounds(): string[] {
  return readdirSync('/tmp').filter((name) => /^(?:audiofile_|tandem-say-)/.test(name));
}

async function heard(
  output: PcmSpeechOutput,
  sentence: string,
  options: Parameters<PcmSpeechOutput['synthesize']>[1] = english,
): Promise<Int16Array> {
  const pieces: Int16Array[] = [];
  for await (const { samples } of output.synthesize(sentence, options)) pieces.push(samples);
  return concatenate(pieces);
}

describe('say, as a profile names it', () => {
  let output: PcmSpeechOutput;
  beforeAll(async () => {
    const created = await createSpeechOutput(optionsOf(section), context());
    if (created.kind !== 'pcm') throw new Error('on Linux we play what festival makes');
    output = created;
  });
  afterAll(() => output?.close());

  const deaf =
    spawnSync('pocketsphinx_continuous', ['-h']).error === undefined ? '' : ' (not by a recogniser: pocketsphinx_continuous is missing)';
  test(`speaks English by festival, and is understood${deaf}`, async () => {
    const samples = await heard(output, 'The weather is fine today.');
    expect(samples.length / 16).toSatisfy((ms: number) => ms > 900 && ms < 3_000);
    if (deaf !== '') return;
    const file = join(folder, 'heard.raw');
    await writeFile(file, toBytes(samples));
    const { stdout } = spawnSync('pocketsphinx_continuous', ['-infile', file, '-logfn', '/dev/null'], { encoding: 'utf8' });
    expect(stdout).toContain('the weather is fine today');
  });

  test('speaks Korean by the other engine', async () => {
    expect(output.capabilities.languages).toEqual(['en', 'ko']);
    expect((await heard(output, '안녕하세요.', { language: 'ko', signal: never })).length).toBeGreaterThan(16 * 400);
  });

  test('is as loud as the device is set: our own player plays it', async () => {
    const chunk = { sampleRate: 16_000, samples: await heard(output, 'Hello there.') };
    const loudest = async (volume: number): Promise<number> => {
      const file = join(folder, `${volume}.wav`);
      const sink = await TimelineSink.load(file, volume);
      const played = sink.play([chunk], { signal: never });
      await sink.advance(chunk.samples.length + 16_000);
      await played;
      await sink.close();
      return Math.max(...(await readWav(file)).map(Math.abs));
    };
    expect(await loudest(20)).toBeLessThan(0.5 * (await loudest(100)));
  });

  test('a stop ends what it started, and touches nobody else', async () => {
    const bystander = spawn('festival', ['--pipe'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const stop = new AbortController();
    const speaking = heard(output, 'One, two, three, four, five. '.repeat(30), { language: 'en', signal: stop.signal });
    await eventually('festival runs', () => childProcesses().filter(({ name }) => name === 'festival').length > 1);
    stop.abort();
    expect((await speaking).length).toBe(0);
    await eventually('only the other one runs', () => childProcesses().filter(({ name }) => name === 'festival').length === 1);
    expect(childProcesses().flatMap(({ name, id }) => (name === 'festival' ? [id] : []))).toEqual([bystander.pid]);
    bystander.kill('SIGKILL');
  });

  test('closing ends what it is saying and leaves no file', async () => {
    const before = leftSounds();
    const say = await Festival.load(optionsOf(section));
    const speaking = heard(say, 'One, two, three, four, five, six, seven, eight.');
    await eventually('festival runs', () => childProcesses().some(({ name }) => name === 'festival'));
    await say.close();
    await speaking;
    expect(childProcesses().filter(({ name }) => name === 'festival')).toEqual([]);
    expect(leftSounds()).toEqual(before);
  });
});

describe('say, and what must not get out of its quotes', () => {
  /** The package's speak(), as it comes. */
  const { Say: Unguarded } = createRequire(import.meta.url)('say') as {
    readonly Say: new () => { speak(text: string, voice: null, speed: null, callback: () => void): void };
  };
  const owned = join(folder, 'owned');

  test('what the package alone lets through, runs: so the next test can fail', async () => {
    await new Promise<void>((resolve) => new Unguarded().speak(`Hi")(system "touch ${owned}-alone")(print "`, null, null, resolve));
    await eventually('the file is there', () => existsSync(`${owned}-alone`));
  });

  test('a hundred ways out of the quotes leave no file', async () => {
    const say = await Festival.load(optionsOf(section));
    const ends = ['"', '\\"', '\\\\"', '"\n', '\u0000"', '＂', '”', '"\\', '"\'', '")'];
    const calls = [
      '(system "touch F")',
      '(system (quote "touch F"))',
      "(system 'touch_F)",
      '(begin (system "touch F"))',
      '(fopen "F" "w")',
    ];
    const closings = ['("', '(print "', ';', ''];
    const ways = ends.flatMap((end) =>
      calls.flatMap((call, index) => [0, 1].map((shift) => `${end})${call}${closings[(index + shift) % closings.length]}`)),
    );
    expect(ways.length).toBe(100);
    for (let at = 0; at < ways.length; at += 20) {
      const sentence = ways
        .slice(at, at + 20)
        .map((way) => way.replace('F', 'owned'))
        .join(' ');
      await heard(say, `Hello. ${sentence}`.slice(0, 1_500));
    }
    await heard(say, '")(system "touch owned")("');
    expect(existsSync('owned')).toBe(false);
    await say.close();
  });

  test('nothing to say starts nothing', async () => {
    const say = await Festival.load(optionsOf(section));
    vi.stubEnv('PATH', '/nowhere');
    for (const nothing of ['', ' ', '...', '안녕', '\u0000']) expect((await heard(say, nothing)).length).toBe(0);
    await expect(heard(say, 'Hello.')).rejects.toMatchObject({ code: 'festival-missing' });
  });

  test('a festival that makes no sound is a clear error', async () => {
    const say = await Festival.load(optionsOf(section));
    const mute = await programs('mute', { festival: 'cat > /dev/null; echo "SIOD ERROR: no voice" >&2' });
    vi.stubEnv('PATH', `${mute}:${process.env.PATH}`);
    await expect(heard(say, 'Hello.')).rejects.toMatchObject({ code: 'speech-failed' });
    await say.close();
  });

  test('a voice that festival lacks is named, with those that it has', async () => {
    for (const voice of ['voice_nobody', 'begin (system "touch owned")']) {
      const loading = Festival.load(optionsOf({ engine: 'say', voice }));
      await expect(loading).rejects.toMatchObject({ code: 'voice-unknown', remedy: expect.stringContaining('voice_') });
    }
  });

  test('a festival without a voice, and none at all, say what to install', async () => {
    const voiceless = await programs('voiceless', { festival: 'echo "()"' });
    vi.stubEnv('PATH', `${voiceless}:${process.env.PATH}`);
    await expect(Festival.load(optionsOf(section))).rejects.toMatchObject({ code: 'festival-voice-missing' });
    vi.stubEnv('PATH', '/nowhere');
    await expect(Festival.load(optionsOf(section))).rejects.toMatchObject({
      code: 'festival-missing',
      remedy: expect.stringContaining('apt-get install festival'),
    });
  });
});
