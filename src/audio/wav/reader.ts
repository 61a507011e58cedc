import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { codeOf, TandemError, UsageError } from '../../errors.js';
import { SAMPLE_RATE } from '../contract.js';
import { concatenate, toInt16 } from '../pcm.js';
import { Resampler } from '../resampler.js';
import { ByteReader } from './byteReader.js';
import { decodeMono } from './decode.js';
import { wavError } from './errors.js';
import { readHeader, type WavFormat } from './header.js';

const LONGEST_SECONDS = 2 * 60 * 60;
const BLOCK_BYTES = 65_536;

export interface WavReaderOptions {
  /** Told in a sentence when a file is used although something is wrong with it. */
  readonly onWarning?: (message: string) => void;
}

/**
 * A WAV file (8 to 32 bit integers, 32 and 64 bit float, any number of channels, any rate) as 16 kHz mono, piece by piece, so that
 * memory stays the same however long it is. The header is read in `open`; what is wrong with it is said there.
 */
export class WavReader {
  readonly name: string;
  readonly format: WavFormat;
  readonly #stream: Readable;
  readonly #reader: ByteReader;
  /** Bytes of samples to come; endless where the header leaves it open. */
  readonly #dataBytes: number;
  /** Undefined where the file has the right rate already. */
  readonly #resampler: Resampler | undefined;
  readonly #options: WavReaderOptions;
  #first: Buffer;

  private constructor(
    source: Source,
    reader: ByteReader,
    format: WavFormat,
    dataBytes: number,
    first: Buffer,
    resampler: Resampler | undefined,
    options: WavReaderOptions,
  ) {
    this.name = source.name;
    this.#stream = source.stream;
    this.#reader = reader;
    this.format = format;
    this.#dataBytes = dataBytes;
    this.#first = first;
    this.#resampler = resampler;
    this.#options = options;
  }

  /** `from`: a path, or `-` for standard input. Throws `TandemError` with a code of `WavFault`. */
  static async open(from: string, options: WavReaderOptions = {}): Promise<WavReader> {
    const source = await openSource(from);
    try {
      const reader = new ByteReader(bytesOf(source));
      const header = await readHeader(reader, source.name);
      const dataBytes = header.dataBytes ?? Number.POSITIVE_INFINITY;
      const there = Math.min(dataBytes, source.bytes === undefined ? Number.POSITIVE_INFINITY : source.bytes - reader.position);
      const frameBytes = header.format.channels * header.format.bytesPerSample;
      const seconds = there / frameBytes / header.format.sampleRate;
      if (Number.isFinite(seconds) && seconds > LONGEST_SECONDS) {
        throw wavError('wav-too-long', `${source.name} is ${(seconds / 3600).toFixed(1)} hours long; at most 2 are read.`);
      }
      const first = await reader.take(Math.min(frameBytes, dataBytes));
      if (first.length < frameBytes) throw wavError('wav-without-sound', `${source.name} has no sound in it.`);
      const resampler = header.format.sampleRate === SAMPLE_RATE ? undefined : await Resampler.load();
      resampler?.start(header.format.sampleRate, SAMPLE_RATE);
      return new WavReader(source, reader, header.format, dataBytes, first, resampler, options);
    } catch (error) {
      source.stream.destroy();
      throw error;
    }
  }

  /** All of it, once. A file that is cut off in the middle gives what is there, with a warning. */
  async *samples(): AsyncGenerator<Int16Array, void, undefined> {
    const { channels, bytesPerSample, sampleRate } = this.format;
    const frameBytes = channels * bytesPerSample;
    let left = this.#dataBytes - this.#first.length;
    let rest = this.#first;
    this.#first = Buffer.alloc(0);
    while (left > 0) {
      const part = await this.#reader.some(Math.min(left, BLOCK_BYTES));
      if (part.length === 0) break;
      left -= part.length;
      const bytes = Buffer.concat([rest, part]);
      const whole = bytes.length - (bytes.length % frameBytes);
      rest = bytes.subarray(whole);
      yield this.#decode(bytes.subarray(0, whole));
    }
    yield this.#decode(rest);
    if (this.#resampler !== undefined) yield toInt16(this.#resampler.finish());
    if (left > 0 && Number.isFinite(left)) {
      this.#options.onWarning?.(
        `${this.name} is cut off: ${Math.round((left / frameBytes / sampleRate) * 1000)} ms of its sound are missing.`,
      );
    }
  }

  close(): void {
    this.#stream.destroy();
    this.#resampler?.close();
  }

  #decode(bytes: Buffer): Int16Array {
    const mono = decodeMono(bytes, this.format);
    return toInt16(this.#resampler?.process(mono) ?? mono);
  }
}

/** All of a WAV file as 16 kHz mono. */
export async function readWav(path: string, options: WavReaderOptions = {}): Promise<Int16Array> {
  const reader = await WavReader.open(path, options);
  try {
    const pieces: Int16Array[] = [];
    for await (const piece of reader.samples()) pieces.push(piece);
    return concatenate(pieces);
  } finally {
    reader.close();
  }
}

interface Source {
  readonly name: string;
  readonly stream: Readable;
  /** Size of the file, where it has one. */
  readonly bytes: number | undefined;
}

async function openSource(from: string): Promise<Source> {
  if (from === '-') {
    if (process.stdin.isTTY)
      throw new UsageError('--in - reads a WAV file from standard input, but that is the keyboard.', 'Pipe a file into it.');
    return { name: 'Standard input', stream: process.stdin, bytes: undefined };
  }
  try {
    const found = await stat(from);
    if (found.isDirectory()) throw wavError('wav-unreadable', `${from} is a folder.`);
    return { name: from, stream: createReadStream(from, { highWaterMark: BLOCK_BYTES }), bytes: found.isFile() ? found.size : undefined };
  } catch (error) {
    throw fileError(error, from);
  }
}

async function* bytesOf(source: Source): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const bytes of source.stream) yield bytes as Buffer;
  } catch (error) {
    throw fileError(error, source.name);
  }
}

function fileError(error: unknown, name: string): TandemError {
  if (error instanceof TandemError) return error;
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return wavError('wav-missing', `${name} does not exist.`, error);
  if (code === 'EACCES' || code === 'EPERM') return wavError('wav-unreadable', `${name} may not be read by this user.`, error);
  return wavError('wav-unreadable', `${name} could not be read (${code || 'unknown reason'}).`, error);
}
