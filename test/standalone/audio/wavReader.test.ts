import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import wavefile from 'wavefile';
import { ByteReader } from '../../../src/audio/wav/byteReader.js';
import { readHeader } from '../../../src/audio/wav/header.js';
import { readWav } from '../../../src/audio/wav/reader.js';
import { TandemError } from '../../../src/errors.js';
import { projectRoot } from '../../../src/paths.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { levelAt, levelOf, sameSamples, tone } from '../../support/tone.js';

const folder = temporaryFolder();
let files = 0;

function fileOf(bytes: Uint8Array): string {
  const path = join(folder, `${files++}.wav`);
  writeFileSync(path, bytes);
  return path;
}

/** A WAV file by another program's writer: the same sound on every channel. */
function wav(samples: Int16Array, options: { bits?: string; channels?: number; rate?: number; container?: string } = {}): Uint8Array {
  const { bits = '16', channels = 1, rate = 16_000, container = 'RIFF' } = options;
  const file = new wavefile.WaveFile();
  const one = Array.from(samples);
  file.fromScratch(channels, rate, '16', channels === 1 ? one : Array.from({ length: channels }, () => one), { container });
  if (bits !== '16') file.toBitDepth(bits);
  return file.toBuffer();
}

function patched(bytes: Uint8Array, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, at);
  return copy;
}

async function failure(path: string): Promise<TandemError> {
  const error: unknown = await readWav(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TandemError);
  const failed = error as TandemError;
  expect(failed.remedy).toBeTruthy();
  expect(failed.message).toMatch(/^\S.*\.$/);
  return failed;
}

const second = tone(1_000, 1_000);

describe('what is read', () => {
  it('is 16 kHz mono 16 bit, sample for sample, where the file is that', async () => {
    expect(sameSamples(await readWav(fileOf(wav(second))), second)).toBe(true);
  });

  it.each(['8', '16', '24', '32', '32f', '64'])('is the same sound from %s bits', async (bits) => {
    const read = await readWav(fileOf(wav(second, { bits })));
    expect(read.length).toBe(16_000);
    const noise = read.map((sample, at) => sample - (second[at] ?? 0));
    expect(levelOf(noise)).toBeLessThan(bits === '8' ? -40 : -85);
  });

  it.each([8_000, 11_025, 22_050, 44_100, 48_000, 96_000])('is the same sound from %i Hz stereo', async (rate) => {
    const read = await readWav(fileOf(wav(tone(1_000, 1_000, rate), { rate, channels: 2 })));
    expect(read.length).toBe(16_000);
    expect(levelAt(read.subarray(1_000, 15_000), 1_000)).toBeCloseTo(-6.02, 1);
  });

  it('is the mean of the channels', async () => {
    const file = new wavefile.WaveFile();
    file.fromScratch(3, 16_000, '16', [
      [3_000, 0],
      [6_000, 0],
      [-3_000, 300],
    ]);
    expect(await readWav(fileOf(file.toBuffer()))).toEqual(Int16Array.from([2_000, 100]));
  });

  it('may come as extensible format, with six channels', async () => {
    const file = new wavefile.WaveFile();
    const channel = Array.from(second, (sample) => sample * 256);
    file.fromScratch(6, 16_000, '24', [channel, channel, channel, channel, channel, channel]);
    // That writer makes the long header, but calls it by the short one's name.
    const bytes = Buffer.from(file.toBuffer());
    expect(bytes.readUInt32LE(16)).toBe(40);
    bytes.writeUInt16LE(0xfffe, 20);
    expect(sameSamples(await readWav(fileOf(bytes)), second)).toBe(true);
  });

  it('may come as RF64', async () => {
    expect(sameSamples(await readWav(fileOf(wav(second, { container: 'RF64' }))), second)).toBe(true);
  });

  it('may have other parts before and after the sound, of odd lengths too', async () => {
    const plain = Buffer.from(wav(second));
    const part = (id: string, text: string) => {
      const head = Buffer.alloc(8);
      head.write(id, 'latin1');
      head.writeUInt32LE(text.length, 4);
      return Buffer.concat([head, Buffer.from(text, 'latin1'), Buffer.alloc(text.length % 2)]);
    };
    const bytes = Buffer.concat([
      plain.subarray(0, 36),
      part('LIST', 'INFOabc'),
      part('odd ', 'x'),
      plain.subarray(36),
      part('id3 ', 'data'),
    ]);
    expect(sameSamples(await readWav(fileOf(bytes)), second)).toBe(true);
  });

  it.each([
    ['0', 0, 0],
    ['0, with a header that counts only itself', 36, 0],
    ['0xFFFFFFFF', 0xffff_ffff, 0xffff_ffff],
    ['0x7FFFFFFF', 0x7fff_ffff, 0x7fff_ffff],
  ])('may have a header that a streaming writer left with the size %s', async (_, riff, data) => {
    const warnings: string[] = [];
    const path = fileOf(patched(patched(wav(second), 4, riff), 40, data));
    expect(sameSamples(await readWav(path, { onWarning: (text) => warnings.push(text) }), second)).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('is what is there of a file that is cut off in the middle, with a warning', async () => {
    const warnings: string[] = [];
    const path = fileOf(wav(second).subarray(0, 44 + 16_001));
    const read = await readWav(path, { onWarning: (text) => warnings.push(text) });
    expect(sameSamples(read, second.subarray(0, 8_000))).toBe(true);
    expect(warnings).toEqual([`${path} is cut off: 500 ms of its sound are missing.`]);
  });

  it('survives not-a-number and infinity in float samples', async () => {
    const bytes = Buffer.from(wav(second, { bits: '32f', rate: 44_100 }));
    const data = bytes.indexOf('data') + 8;
    bytes.writeFloatLE(Number.NaN, data + 4_000);
    bytes.writeFloatLE(Number.POSITIVE_INFINITY, data + 4_004);
    const read = await readWav(fileOf(bytes));
    expect(levelAt(read.subarray(2_500), (1_000 * 44_100) / 16_000)).toBeCloseTo(-6.02, 1);
  });

  it('comes from standard input as well', async () => {
    const script = `import { readWav } from './src/audio/wav/reader.js';
      console.log((await readWav('-')).length);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: projectRoot,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end(wav(second));
    let said = '';
    for await (const text of child.stdout.setEncoding('utf8')) said += String(text);
    expect(said.trim()).toBe('16000');
  });
});

describe('what is refused', () => {
  it('is a file that is not there', async () => {
    const error = await failure(join(folder, 'nothing.wav'));
    expect(error.code).toBe('wav-missing');
    expect(error.recoverable).toBe(false);
  });

  it('is a folder', async () => {
    mkdirSync(join(folder, 'sub'));
    expect((await failure(join(folder, 'sub'))).code).toBe('wav-unreadable');
  });

  it('is an empty file', async () => {
    expect((await failure(fileOf(new Uint8Array(0)))).code).toBe('wav-empty');
  });

  it.each([
    ['text', 'This is not sound, it is a sentence.'],
    ['an MP3', 'ID3\x04and then some'],
    ['a picture in a RIFF file', 'RIFF\x10\0\0\0WEBPVP8 and so on'],
    ['two bytes', 'ab'],
  ])('is %s', async (_, text) => {
    expect((await failure(fileOf(Buffer.from(text, 'latin1')))).code).toBe('wav-not-wav');
  });

  it('is a header that is cut off, at any byte', async () => {
    const whole = wav(second);
    for (let length = 4; length < 44; length++) {
      const { code } = await failure(fileOf(whole.subarray(0, length)));
      expect(code, `${length} bytes`).toBe(length === 36 ? 'wav-without-sound' : 'wav-truncated');
    }
  });

  it('is a file with no samples', async () => {
    expect((await failure(fileOf(wav(new Int16Array(0))))).code).toBe('wav-without-sound');
    expect((await failure(fileOf(wav(second).subarray(0, 44)))).code).toBe('wav-without-sound');
  });

  it.each([
    ['no channels', (bytes: Buffer) => bytes.writeUInt16LE(0, 22)],
    ['a thousand channels', (bytes: Buffer) => bytes.writeUInt16LE(1_000, 22)],
    ['a sample rate of 0', (bytes: Buffer) => bytes.writeUInt32LE(0, 24)],
    ['a sample rate of 4 GHz', (bytes: Buffer) => bytes.writeUInt32LE(4_000_000_000, 24)],
    ['samples of 0 bits', (bytes: Buffer) => bytes.writeUInt16LE(0, 34)],
    ['samples of 17 bits in two bytes', (bytes: Buffer) => bytes.writeUInt16LE(17, 34)],
    ['a format that is too short', (bytes: Buffer) => bytes.writeUInt32LE(2, 16)],
  ])('is a header that claims %s', async (_, spoil) => {
    const bytes = Buffer.from(wav(second));
    spoil(bytes);
    expect((await failure(fileOf(bytes))).code).toMatch(/^wav-(header-invalid|truncated)$/);
  });

  it.each(['8a', '8m', '4'])('is a compressed file (%s)', async (bits) => {
    const file = new wavefile.WaveFile();
    file.fromScratch(1, 8_000, '16', Array.from(tone(500, 100, 8_000)));
    if (bits === '8a') file.toALaw();
    else if (bits === '8m') file.toMuLaw();
    else file.toIMAADPCM();
    expect((await failure(fileOf(file.toBuffer()))).code).toBe('wav-format-unsupported');
  });

  it('is more than two hours, said before anything is read', async () => {
    const path = fileOf(patched(wav(new Int16Array(0), { rate: 8_000 }), 40, 0xffff_ffff));
    const file = await open(path, 'r+');
    await file.truncate(44 + 2 * 8_000 * 7_201);
    await file.close();
    const error = await failure(path);
    expect(error.code).toBe('wav-too-long');
    expect(error.message).toContain('2.0 hours');
  });

  it('is never more than a clear error, whatever the bytes', async () => {
    const header = Buffer.from(wav(second)).subarray(0, 60);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(59), fc.nat(255)), { maxLength: 6 }), fc.nat(60), async (changes, length) => {
        const bytes = Buffer.from(header);
        for (const [at, value] of changes) bytes[at] = value;
        const reader = new ByteReader(Readable.from([bytes.subarray(0, length)]));
        const found = await readHeader(reader, 'it').catch((error: unknown) => error);
        if (found instanceof Error) expect(found).toBeInstanceOf(TandemError);
      }),
    );
  });
});
