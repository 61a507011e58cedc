import { type FileHandle, open } from 'node:fs/promises';
import { codeOf, TandemError } from '../../errors.js';
import { SAMPLE_RATE } from '../contract.js';
import { concatenate, toBytes } from '../pcm.js';

const HEADER_BYTES = 44;
/** A header can't say more. */
const MOST_BYTES = 0xffff_ffff;

/**
 * Writes 16-bit mono sound to a WAV file as it comes. The sizes in the header are kept up to date, so that the file is whole up to the
 * last second even when the program is killed. Throws `TandemError` `wav-not-written`; after that nothing is written any more.
 */
export class WavWriter {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #sampleRate: number;
  #pending: Int16Array[] = [];
  #pendingSamples = 0;
  #written = 0;
  #ended: boolean = false;

  private constructor(path: string, file: FileHandle, sampleRate: number) {
    this.path = path;
    this.#file = file;
    this.#sampleRate = sampleRate;
  }

  /** `sampleRate` in Hz. A file of that name is replaced. */
  static async create(path: string, sampleRate: number = SAMPLE_RATE): Promise<WavWriter> {
    let file: FileHandle | undefined;
    try {
      file = await open(path, 'w');
      const writer = new WavWriter(path, file, sampleRate);
      await file.write(writer.#header(), 0, HEADER_BYTES, 0);
      return writer;
    } catch (error) {
      await file?.close();
      throw writeError(path, error);
    }
  }

  /** Samples so far. */
  get samples(): number {
    return this.#written + this.#pendingSamples;
  }

  /** Calls must not overlap. */
  async write(samples: Int16Array): Promise<void> {
    if (this.#ended) return;
    this.#pending.push(samples);
    this.#pendingSamples += samples.length;
    if (this.#pendingSamples >= this.#sampleRate) await this.#flush();
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    try {
      await this.#flush();
    } finally {
      this.#ended = true;
      await this.#file.close();
    }
  }

  async #flush(): Promise<void> {
    const bytes = toBytes(concatenate(this.#pending));
    try {
      for (let at = 0; at < bytes.length; ) {
        at += (await this.#file.write(bytes, at, bytes.length - at, HEADER_BYTES + this.#written * 2 + at)).bytesWritten;
      }
      this.#written += this.#pendingSamples;
      this.#pending = [];
      this.#pendingSamples = 0;
      await this.#file.write(this.#header(), 0, HEADER_BYTES, 0);
    } catch (error) {
      this.#ended = true;
      await this.#file.close();
      throw writeError(this.path, error);
    }
  }

  #header(): Buffer {
    return wavHeader(this.#written * 2, this.#sampleRate);
  }
}

/** The first bytes of a file of 16-bit mono sound; `sampleRate` in Hz. */
function wavHeader(dataBytes: number, sampleRate: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(Math.min(MOST_BYTES, dataBytes + HEADER_BYTES - 8), 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(Math.min(MOST_BYTES, dataBytes), 40);
  return header;
}

/** A whole WAV file in memory: 16-bit mono. */
export function wavBytes(samples: Int16Array, sampleRate: number = SAMPLE_RATE): Buffer<ArrayBuffer> {
  return Buffer.concat([wavHeader(samples.byteLength, sampleRate), toBytes(samples)]);
}

/** Writes a whole WAV file at once: 16-bit mono. */
export async function writeWav(path: string, samples: Int16Array, sampleRate: number = SAMPLE_RATE): Promise<void> {
  const writer = await WavWriter.create(path, sampleRate);
  await writer.write(samples);
  await writer.close();
}

const reasons: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ['the disk is full', 'Free some space, or name another place.'],
  EDQUOT: ['the disk quota is used up', 'Free some space, or name another place.'],
  EFBIG: ['it would become larger than the system allows', 'End the recording earlier, or name another place.'],
  ENOENT: ['its folder does not exist', 'Make the folder, or name another place.'],
  ENOTDIR: ['its folder does not exist', 'Make the folder, or name another place.'],
  EISDIR: ['it is a folder', 'Name a file in it.'],
  EACCES: ['this user may not write there', 'Name a place that this user may write to.'],
  EPERM: ['this user may not write there', 'Name a place that this user may write to.'],
  EROFS: ['the disk is read-only', 'Name a place that this user may write to.'],
  ESPIPE: ['it is a pipe', 'Name a file.'],
};

function writeError(path: string, error: unknown): TandemError {
  if (error instanceof TandemError) return error;
  const code = codeOf(error);
  const [reason, remedy] = reasons[code] ?? [`the system says ${code || 'nothing more'}`, 'Name another place.'];
  const message = `${path} could not be written: ${reason}.`;
  return new TandemError({ code: 'wav-not-written', stage: 'audio', message, remedy, recoverable: false, cause: error });
}
