import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import wavefile from 'wavefile';
import { WavWriter, writeWav } from '../../../src/audio/wav/writer.js';
import { TandemError } from '../../../src/errors.js';
import { projectRoot } from '../../../src/paths.js';
import { eventually } from '../../support/eventually.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { tone } from '../../support/tone.js';

const folder = temporaryFolder();

/** By another program's reader. */
function read(path: string): { readonly rate: unknown; readonly samples: number[] } {
  const file = new wavefile.WaveFile(readFileSync(path));
  expect(file.bitDepth).toBe('16');
  return { rate: (file.fmt as { sampleRate?: unknown }).sampleRate, samples: Array.from(file.getSamples(true) as Float64Array) };
}

describe('WAV writer', () => {
  it('writes what another reader reads', async () => {
    const path = join(folder, 'tone.wav');
    const samples = tone(440, 2_500, 22_050);
    const writer = await WavWriter.create(path, 22_050);
    for (let at = 0; at < samples.length; at += 999) await writer.write(samples.subarray(at, at + 999));
    expect(writer.samples).toBe(samples.length);
    await writer.close();
    await writer.close();
    expect(read(path)).toEqual({ rate: 22_050, samples: Array.from(samples) });
    expect(statSync(path).size).toBe(44 + samples.length * 2);
  });

  it('writes an empty file that is a WAV file', async () => {
    const path = join(folder, 'empty.wav');
    await writeWav(path, new Int16Array(0));
    expect(readFileSync(path).toString('latin1', 36, 40)).toBe('data');
    expect(statSync(path).size).toBe(44);
  });

  it('leaves a whole file behind when the program is killed', async () => {
    const path = join(folder, 'killed.wav');
    const script = `import { WavWriter } from './src/audio/wav/writer.js';
      const writer = await WavWriter.create(${JSON.stringify(path)});
      for (let second = 1; second <= 3; second++) await writer.write(new Int16Array(16_000).fill(second));
      await writer.write(new Int16Array(8_000).fill(4));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: projectRoot, stdio: 'ignore' });
    const ended = once(child, 'exit');
    await eventually('three seconds on disk', () => existsSync(path) && statSync(path).size === 44 + 96_000, 20_000);
    await eventually('the header of three seconds', () => readFileSync(path).readUInt32LE(40) === 96_000);
    child.kill('SIGKILL');
    await ended;
    const { samples } = read(path);
    expect(samples.length).toBe(48_000);
    expect(samples.at(-1)).toBe(3);
  });

  it.each([
    ['a full disk', '/dev/full', 'the disk is full'],
    ['a folder that is not there', join(folder, 'no', 'where.wav'), 'its folder does not exist'],
    ['a folder', folder, 'it is a folder'],
  ])('says so: %s', async (_, path, reason) => {
    const error: unknown = await writeWav(path, tone(440, 2_000)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TandemError);
    expect(error).toMatchObject({ code: 'wav-not-written', message: `${path} could not be written: ${reason}.` });
    expect((error as TandemError).remedy).toBeTruthy();
  });
});
