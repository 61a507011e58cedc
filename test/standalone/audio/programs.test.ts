import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createSink, createSource } from '../../../src/audio/create.js';
import { Microphone } from '../../../src/audio/microphone.js';
import { audioOptions } from '../../../src/audio/options.js';
import { Speaker } from '../../../src/audio/playback/speaker.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const folder = temporaryFolder();
const realPath = process.env.PATH;
let folders = 0;

/** The only programs that are found from here on: shell scripts that stand for real ones in cases that real ones can't be brought into. */
function onlyPrograms(scripts: Readonly<Record<string, string>>): string {
  const programs = join(folder, String(folders++));
  mkdirSync(programs);
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(programs, name), `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    chmodSync(join(programs, name), 0o755);
  }
  process.env.PATH = programs;
  return programs;
}

afterEach(() => {
  process.env.PATH = realPath;
});

const options = audioOptions.parse({});
const QUIET_INPUT = 'exec head -c 64000 /dev/zero';
const KEEP_ARGUMENTS = 'printf "%s\\n" "$@" > "$0.args"';

describe('programs of the sound system', () => {
  it('are asked to be installed where there are none', async () => {
    onlyPrograms({});
    const source = await createSource(options, { in: 'mic' });
    const hearing = async (): Promise<void> => {
      for await (const _ of source.frames(new AbortController().signal)) return;
    };
    await expect(hearing()).rejects.toMatchObject({
      code: 'microphone-missing',
      message: 'No program for the microphone is installed: pw-record or parec or arecord.',
      remedy: 'Install one: sudo apt install pipewire-bin or pulseaudio-utils or alsa-utils',
    });
    await expect(createSink(audioOptions.parse({ output: 'alsa' }), { out: 'speaker' })).rejects.toMatchObject({
      code: 'player-missing',
      message: 'No program for the loudspeaker is installed: aplay.',
      remedy: 'Install one: sudo apt install alsa-utils',
    });
  });

  it('are passed over where they do not work', async () => {
    onlyPrograms({ 'pw-record': 'echo "Host is down" >&2; exit 1', parec: 'exit 1', arecord: QUIET_INPUT });
    const microphone = await Microphone.load(options);
    expect(microphone.label).toBe('arecord');
    await microphone.close();
  });

  it('of PipeWire come last for a device with a name, because they take the default without a word where there is none', async () => {
    onlyPrograms({ 'pw-record': QUIET_INPUT, arecord: QUIET_INPUT, parec: 'echo "Stream error: No such entity" >&2; exit 1' });
    expect((await Microphone.load(options)).label).toBe('pw-record');
    expect((await Microphone.load({ ...options, inputDevice: 'plughw:1,0' })).label).toBe('arecord');
    expect((await Microphone.load({ ...options, echoCancel: 'pulseaudio' })).label).toBe('pw-record');
  });

  it('are all named with what they say where none works', async () => {
    onlyPrograms({ 'pw-record': 'echo "Host is down" >&2; exit 1', arecord: 'echo "no soundcards found..." >&2; exit 1' });
    await expect(Microphone.load(options)).rejects.toMatchObject({
      code: 'microphone-missing',
      message: 'The microphone does not work (pw-record: Host is down; arecord: no soundcards found...).',
    });
  });

  it('that are folders, or may not be run, are none', async () => {
    const programs = onlyPrograms({ arecord: QUIET_INPUT });
    mkdirSync(join(programs, 'parec'));
    writeFileSync(join(programs, 'pw-record'), 'not a program');
    const microphone = await Microphone.load(options);
    expect(microphone.label).toBe('arecord');
  });

  it('get the device as one argument, whatever its name is (a script in place of arecord keeps its arguments)', async () => {
    const device = 'plughw:1; touch owned $(touch owned) `touch owned` "';
    const programs = onlyPrograms({ arecord: `${KEEP_ARGUMENTS}; ${QUIET_INPUT}` });
    await Microphone.load({ ...options, input: 'alsa', inputDevice: device });
    const args = readFileSync(join(programs, 'arecord.args'), 'utf8').split('\n');
    expect(args[args.indexOf('-D') + 1]).toBe(device);
    expect(existsSync('owned')).toBe(false);
  });

  it('of a newer PipeWire are told that sound is raw (a script in place of pw-record)', async () => {
    const help = (text: string) => `[ "$1" = --help ] && { echo "${text}"; exit; }; ${KEEP_ARGUMENTS}; ${QUIET_INPUT}`;
    const newer = onlyPrograms({ 'pw-record': help('  -a, --raw   RAW mode') });
    await Microphone.load(options);
    expect(readFileSync(join(newer, 'pw-record.args'), 'utf8').split('\n')).toContain('--raw');
    const older = onlyPrograms({ 'pw-record': help('  --rate   Sample rate') });
    await Microphone.load(options);
    expect(readFileSync(join(older, 'pw-record.args'), 'utf8').split('\n')).not.toContain('--raw');
  });

  it('that use another rate than they were told are refused (scripts in place of arecord and aplay on bare hardware)', async () => {
    const warning = 'echo "Warning: rate is not accurate (requested = 16000Hz, got = 44100Hz)" >&2';
    onlyPrograms({ arecord: `${warning}; ${QUIET_INPUT}`, aplay: `${warning}; exec cat > /dev/null` });
    await expect(Microphone.load(options)).rejects.toMatchObject({ message: expect.stringContaining('name the device with plughw:') });
    await expect(Speaker.load(options)).rejects.toMatchObject({ message: expect.stringContaining('name the device with plughw:') });
  });

  it('that give no sound, or do not end, are refused (scripts)', async () => {
    onlyPrograms({ arecord: 'exec sleep 60', aplay: 'exec sleep 60' });
    const [microphone, speaker] = await Promise.allSettled([Microphone.load(options), Speaker.load(options)]);
    expect(microphone).toMatchObject({ reason: { message: 'The microphone does not work (arecord: it gives no sound).' } });
    expect(speaker).toMatchObject({ reason: { message: 'The loudspeaker does not work (aplay: it does not play).' } });
  });
});
