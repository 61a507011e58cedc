import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import flac from 'libflacjs/dist/libflac.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { toBytes } from '../../../src/audio/pcm.js';
import { findClips, readClip } from '../../../src/wake-word/clips.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const folder = temporaryFolder();
const SECOND = 16_000;

beforeAll(async () => {
  if (!flac.isReady()) await new Promise<void>((resolve) => flac.on('ready', () => resolve()));
});

/** A FLAC file of these channels. */
function flacOf(channels: readonly Int32Array[], rate: number, bits: number): Buffer {
  const length = channels[0]?.length ?? 0;
  const encoder = flac.create_libflac_encoder(rate, channels.length, bits, 5, length, true);
  const parts: Buffer[] = [];
  flac.init_encoder_stream(encoder, (bytes) => void parts.push(Buffer.from(bytes)));
  const interleaved = new Int32Array(length * channels.length);
  for (let at = 0; at < interleaved.length; at++) interleaved[at] = channels[at % channels.length]?.[Math.floor(at / channels.length)] ?? 0;
  flac.FLAC__stream_encoder_process_interleaved(encoder, interleaved, length);
  flac.FLAC__stream_encoder_finish(encoder);
  flac.FLAC__stream_encoder_delete(encoder);
  return Buffer.concat(parts);
}

const wave = (length: number, top: number, period: number) =>
  new Int32Array(length).map((_, at) => Math.round(top * Math.sin((2 * Math.PI * at) / period)));

async function written(name: string, bytes: Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, bytes);
  return file;
}

describe('FLAC', () => {
  test('16 kHz mono 16 bit is given as it was, to the last sample', async () => {
    const sound = wave(SECOND + 77, 20_000, 37);
    const read = await readClip(await written('plain.flac', flacOf([sound], SECOND, 16)));
    expect(Buffer.compare(toBytes(read), toBytes(Int16Array.from(sound)))).toBe(0);
  });

  test('full scale too', async () => {
    const sound = new Int32Array(5_000).map((_, at) => (at % 3 === 0 ? 32_767 : -32_768));
    const read = await readClip(await written('loud.flac', flacOf([sound], SECOND, 16)));
    expect(Buffer.compare(toBytes(read), toBytes(Int16Array.from(sound)))).toBe(0);
  });

  test.each([
    [8, 1, 8_000],
    [16, 2, 44_100],
    [24, 2, 48_000],
  ])('%i bit, %i channels, %i Hz become 16 kHz mono as loud as before', async (bits, count, rate) => {
    const sound = wave(rate, 2 ** (bits - 2), rate / 200);
    const read = await readClip(await written(`${bits}.flac`, flacOf(Array(count).fill(sound), rate, bits)));
    expect(Math.abs(read.length - SECOND)).toBeLessThan(10);
    const top = Math.max(...read.subarray(1_000, 15_000));
    expect(top).toBeGreaterThan(16_000);
    expect(top).toBeLessThan(16_800);
  });

  test.each<[string, (whole: Buffer) => Buffer]>([
    ['that is empty', () => Buffer.alloc(0)],
    ['that is something else', () => Buffer.from('RIFF, or whatever this is; long enough to be looked at'.repeat(20))],
    ['with no sound after its header', (whole) => whole.subarray(0, 42)],
    ['that is cut off', (whole) => whole.subarray(0, whole.length / 2)],
    ['with a damaged middle', (whole) => Buffer.concat([whole.subarray(0, 3_000), Buffer.alloc(500, 0x55), whole.subarray(3_500)])],
  ])('a file %s is a sentence with its name', async (_, damage) => {
    const noise = new Int32Array(SECOND).map((_, at) => (Math.imul(at, 2_654_435_761) >> 18) % 8_000);
    const file = await written('damaged.flac', damage(flacOf([noise], SECOND, 16)));
    await expect(readClip(file)).rejects.toMatchObject({ code: 'flac-unreadable', message: expect.stringContaining(file) });
  });

  test('a file that is not there', async () => {
    await expect(readClip(join(folder, 'missing.flac'))).rejects.toMatchObject({ code: 'flac-unreadable' });
  });
});

describe('the recordings in folders', () => {
  test('are found below them, in order, and nothing else is', async () => {
    const root = join(folder, 'people');
    await mkdir(join(root, 'anna', 'loud'), { recursive: true });
    for (const name of ['b.wav', 'anna/a.FLAC', 'anna/loud/c.WAV', 'notes.txt', '.hidden.wav']) await writeFile(join(root, name), '');
    expect((await findClips([root])).map((file) => file.slice(root.length + 1))).toEqual(['anna/a.FLAC', 'anna/loud/c.WAV', 'b.wav']);
  });

  test.each([
    ['is not there', 'nowhere', 'is not there'],
    ['holds none', 'empty', 'no .wav or .flac'],
    ['is a file', 'file', 'is not a folder'],
  ])('a folder that %s is wrong usage', async (_, name, words) => {
    await mkdir(join(folder, 'empty'), { recursive: true });
    await writeFile(join(folder, 'file'), '');
    await expect(findClips([join(folder, name)])).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(words) });
  });
});
