import type { ByteReader } from './byteReader.js';
import { wavError } from './errors.js';

/** How the samples of a WAV file are laid out. */
export interface WavFormat {
  readonly encoding: 'integer' | 'float';
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
  /** Of one sample of one channel. */
  readonly bytesPerSample: number;
}

export interface WavHeader {
  readonly format: WavFormat;
  /** What the header says; undefined where a streaming writer left it open. */
  readonly dataBytes: number | undefined;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** Sizes from here on are what a writer puts there that does not know the length (sox, arecord and ffmpeg each have their own). */
const OPEN_SIZE = 0x7fff_0000;
const MOST_CHUNKS = 1_000;

/** Reads up to the first sample. Names of chunks and meaning of fields: Microsoft's "Multiple channel audio data and WAVE files". */
export async function readHeader(reader: ByteReader, name: string): Promise<WavHeader> {
  const riff = await reader.take(12);
  if (riff.length === 0) throw wavError('wav-empty', `${name} is empty.`);
  const kind = riff.toString('latin1', 0, 4);
  if (kind !== 'RIFF' && kind !== 'RF64') throw wavError('wav-not-wav', `${name} is not a WAV file.`);
  if (riff.length < 12) throw wavError('wav-truncated', `${name} ends inside its header.`);
  if (riff.toString('latin1', 8, 12) !== 'WAVE') throw wavError('wav-not-wav', `${name} is a RIFF file, but not a WAV file.`);
  const riffBytes = riff.readUInt32LE(4);

  let format: WavFormat | undefined;
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk++) {
    const head = await reader.take(8);
    if (head.length === 0 && format !== undefined) throw wavError('wav-without-sound', `${name} has no sound in it.`);
    if (head.length < 8) throw wavError('wav-truncated', `${name} ends inside its header.`);
    const id = head.toString('latin1', 0, 4);
    const size = head.readUInt32LE(4);
    if (id === 'data') {
      if (format === undefined) throw wavError('wav-header-invalid', `${name} does not say how its samples are laid out.`);
      const left = riffBytes === 0 || riffBytes + 8 <= reader.position;
      return { format, dataBytes: size >= OPEN_SIZE || (size === 0 && left) ? undefined : size };
    }
    const padded = size + (size % 2);
    if (id === 'fmt ') {
      const fields = await reader.take(Math.min(padded, 40));
      if (fields.length < Math.min(padded, 40)) throw wavError('wav-truncated', `${name} ends inside its header.`);
      format = readFormat(fields, name);
      if (!(await reader.skip(padded - fields.length))) throw wavError('wav-truncated', `${name} ends inside its header.`);
    } else if (!(await reader.skip(padded))) {
      throw wavError('wav-truncated', `${name} ends before its sound begins.`);
    }
  }
  throw wavError('wav-header-invalid', `${name} has no sound among its first ${MOST_CHUNKS} parts.`);
}

function readFormat(fields: Buffer, name: string): WavFormat {
  if (fields.length < 16) throw wavError('wav-header-invalid', `${name} has a header that is too short.`);
  let tag = fields.readUInt16LE(0);
  const channels = fields.readUInt16LE(2);
  const sampleRate = fields.readUInt32LE(4);
  const frameBytes = fields.readUInt16LE(12);
  const bits = fields.readUInt16LE(14);
  if (tag === EXTENSIBLE && fields.length >= 26) tag = fields.readUInt16LE(24);
  if (tag !== PCM && tag !== FLOAT) {
    throw wavError('wav-format-unsupported', `${name} is compressed (WAV format ${tag}); only PCM and float samples are read.`);
  }
  if (channels < 1 || channels > 64) throw wavError('wav-header-invalid', `${name} claims to have ${channels} channels.`);
  if (sampleRate < 2_000 || sampleRate > 768_000) {
    throw wavError('wav-header-invalid', `${name} claims to have a sample rate of ${sampleRate} Hz.`);
  }
  // 12 or 20 bits lie in the upper part of whole bytes; the frame size says of how many.
  const bytesPerSample = frameBytes > 0 && frameBytes % channels === 0 ? frameBytes / channels : Math.ceil(bits / 8);
  if (bits < 1 || bits > bytesPerSample * 8) {
    throw wavError('wav-header-invalid', `${name} claims to have ${bits} bits in ${bytesPerSample} bytes a sample.`);
  }
  const known = tag === FLOAT ? [4, 8] : [1, 2, 3, 4];
  if (!known.includes(bytesPerSample)) {
    const kind = tag === FLOAT ? 'float' : 'integer';
    throw wavError('wav-format-unsupported', `${name} has ${kind} samples of ${bytesPerSample * 8} bits, which are not read.`);
  }
  return { encoding: tag === FLOAT ? 'float' : 'integer', channels, sampleRate, bytesPerSample };
}
