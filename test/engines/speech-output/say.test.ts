import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { toBytes } from '../../../src/audio/pcm.js';
import type { SelfPlayingSpeechOutput } from '../../../src/speech-output/contract.js';
import { createSpeechOutput } from '../../../src/speech-output/create.js';
import { Say } from '../../../src/speech-output/say.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { type PulseAudio, startPulseAudio } from '../../support/pulseAudio.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { loudSpan } from '../../support/tone.js';
import { context, optionsOf } from './subjects.js';

/** Milliseconds. The contract says 150; the rest is for a busy machine. */
const ABORT_LIMIT_MS = 600;
const never = new AbortController().signal;
const english = { language: 'en', signal: never } as const;
const section = { engine: 'say', voice: 'voice_kal_diphone' } as const;
const folder = temporaryFolder();

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

/** Sounds that a festival left behind. */
function leftSounds(): string[] {
  return readdirSync('/tmp').filter((name) => name.startsWith('audiofile_'));
}

describe('say, heard through a sound card', () => {
  let pulse: PulseAudio;
  let output: SelfPlayingSpeechOutput;
  beforeAll(async () => {
    pulse = await startPulseAudio();
    const created = await createSpeechOutput(optionsOf(section), context());
    if (created.kind === 'pcm') throw new Error('say makes no sound for others to play');
    output = created;
  });
  afterAll(async () => {
    await output?.close();
    await pulse?.stop();
  });

  const deaf =
    spawnSync('pocketsphinx_continuous', ['-h']).error === undefined ? '' : ' (not by a recogniser: pocketsphinx_continuous is missing)';
  test(`speaks English by festival, and is understood${deaf}`, async () => {
    const recording = await pulse.record();
    await output.speak('The weather is fine today.', english);
    const samples = await recording.stop();
    const span = loudSpan(samples);
    expect(((span?.to ?? 0) - (span?.from ?? 0)) / 16).toSatisfy((ms: number) => ms > 900 && ms < 3_000);
    expect(leftSounds()).toEqual([]);
    if (deaf !== '') return;
    const file = join(folder, 'heard.raw');
    await writeFile(file, toBytes(samples));
    const { stdout } = spawnSync('pocketsphinx_continuous', ['-infile', file, '-logfn', '/dev/null'], { encoding: 'utf8' });
    expect(stdout).toContain('the weather is fine today');
  });

  test('speaks Korean by the other engine', async () => {
    expect(output.capabilities.languages).toEqual(['en', 'ko']);
    const recording = await pulse.record();
    await output.speak('안녕하세요.', { language: 'ko', signal: never });
    expect(loudSpan(await recording.stop())).toSatisfy(
      (span?: { from: number; to: number }) => span !== undefined && span.to - span.from > 16 * 400,
    );
  });

  test('a stop silences it, ends what it started, and touches nobody else', async () => {
    const bystander = spawn('festival', ['--pipe'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const recording = await pulse.record();
    const stop = new AbortController();
    const speaking = output.speak('One, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve.', {
      language: 'en',
      signal: stop.signal,
    });
    await eventually('it is heard', () => loudSpan(recording.samples()) !== undefined, 15_000);
    const heardSamples = recording.samples().length;
    const stoppedAt = performance.now();
    stop.abort();
    await speaking;
    expect(performance.now() - stoppedAt).toBeLessThan(ABORT_LIMIT_MS);
    await eventually('as much again is recorded', () => recording.samples().length > heardSamples + 16 * (ABORT_LIMIT_MS + 500));
    expect((loudSpan(await recording.stop())?.to ?? 0) - heardSamples).toBeLessThan(16 * ABORT_LIMIT_MS);
    expect(
      childProcesses()
        .filter(({ name }) => /festival|paplay/.test(name))
        .map(({ id }) => id),
    ).toEqual([bystander.pid]);
    expect(leftSounds()).toEqual([]);
    bystander.kill('SIGKILL');
  });

  test('a stop before the first sound, before the call and after the end is fine', async () => {
    await output.speak('Hello.', { language: 'en', signal: AbortSignal.abort() });
    const early = new AbortController();
    const speaking = output.speak('Hello there.', { language: 'en', signal: early.signal });
    await eventually('festival runs', () => childProcesses().some(({ name }) => name === 'festival'));
    early.abort();
    await speaking;
    await eventually('nothing runs', () => childProcesses().every(({ name }) => name !== 'festival'));
    const late = new AbortController();
    await output.speak('Hi.', { language: 'en', signal: late.signal });
    late.abort();
  });

  test('closing ends what it is saying', async () => {
    const say = await Say.load(optionsOf(section), context());
    const speaking = say.speak('One, two, three, four, five, six, seven, eight.', english);
    await eventually('festival runs', () => childProcesses().some(({ name }) => name === 'festival'));
    await say.close();
    await speaking;
    expect(childProcesses().filter(({ name }) => name === 'festival')).toEqual([]);
  });
});

describe('say, with a player that is done at once', () => {
  /** The package's speak(), as it comes. */
  const { Say: Unguarded } = createRequire(import.meta.url)('say') as {
    readonly Say: new () => { speak(text: string, voice: null, speed: null, callback: () => void): void };
  };
  const owned = join(folder, 'owned');
  let path: string;
  beforeAll(async () => {
    path = `${await programs('quick', { 'pw-play': 'cat > /dev/null < /dev/null' })}:${process.env.PATH}`;
  });

  test('what the package alone lets through, runs: so the next test can fail', async () => {
    vi.stubEnv('PATH', path);
    await new Promise<void>((resolve) => new Unguarded().speak(`Hi")(system "touch ${owned}-alone")(print "`, null, null, resolve));
    await eventually('the file is there', () => existsSync(`${owned}-alone`));
  });

  test('a hundred ways out of the quotes leave no file', async () => {
    vi.stubEnv('PATH', path);
    const say = await Say.load(optionsOf(section), context());
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
      await say.speak(`Hello. ${sentence}`.slice(0, 1_500), english);
    }
    await say.speak('")(system "touch owned")("', english);
    expect(existsSync('owned')).toBe(false);
    await say.close();
  });

  test('nothing to say starts nothing', async () => {
    vi.stubEnv('PATH', path);
    const say = await Say.load(optionsOf(section), context());
    vi.stubEnv('PATH', '/nowhere');
    for (const nothing of ['', ' ', '...', '안녕', '\u0000']) await say.speak(nothing, english);
    await expect(say.speak('Hello.', english)).rejects.toMatchObject({ code: 'festival-missing' });
  });

  test('a player that fails is a clear error', async () => {
    const dead = await programs('dead', {
      'pw-play': '[ "$1" = "--rate" ] && exec cat > /dev/null; echo "Connection refused" >&2; exit 1',
    });
    vi.stubEnv('PATH', `${dead}:${process.env.PATH}`);
    const say = await Say.load(optionsOf(section), context());
    await expect(say.speak('Hello.', english)).rejects.toMatchObject({ code: 'speech-failed' });
  });

  test('a voice that festival lacks is named, with those that it has', async () => {
    vi.stubEnv('PATH', path);
    for (const voice of ['voice_nobody', 'begin (system "touch owned")']) {
      const loading = Say.load(optionsOf({ engine: 'say', voice }), context());
      await expect(loading).rejects.toMatchObject({ code: 'voice-unknown', remedy: expect.stringContaining('voice_') });
    }
  });

  test('a festival without a voice, and none at all, say what to install', async () => {
    const voiceless = await programs('voiceless', { festival: 'echo "()"' });
    vi.stubEnv('PATH', `${voiceless}:${path}`);
    await expect(Say.load(optionsOf(section), context())).rejects.toMatchObject({ code: 'festival-voice-missing' });
    vi.stubEnv('PATH', '/nowhere');
    await expect(Say.load(optionsOf(section), context())).rejects.toMatchObject({
      code: 'festival-missing',
      remedy: expect.stringContaining('apt-get install festival'),
    });
  });
});
