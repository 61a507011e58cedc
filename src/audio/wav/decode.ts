import type { WavFormat } from './header.js';

type ReadSample = (bytes: Buffer, at: number) => number;

const integers: Readonly<Record<number, ReadSample>> = {
  1: (bytes, at) => (bytes.readUInt8(at) - 128) / 0x80,
  2: (bytes, at) => bytes.readInt16LE(at) / 0x8000,
  3: (bytes, at) => bytes.readIntLE(at, 3) / 0x80_0000,
  4: (bytes, at) => bytes.readInt32LE(at) / 0x8000_0000,
};

const floats: Readonly<Record<number, ReadSample>> = {
  4: (bytes, at) => finite(bytes.readFloatLE(at)),
  8: (bytes, at) => finite(bytes.readDoubleLE(at)),
};

/** Whole frames of a WAV file as mono fractions (-1 to 1): the mean of the channels. */
export function decodeMono(bytes: Buffer, format: WavFormat): Float32Array {
  const read = (format.encoding === 'float' ? floats : integers)[format.bytesPerSample];
  if (read === undefined) throw new RangeError(`${format.bytesPerSample} bytes a sample`);
  const { channels, bytesPerSample } = format;
  const mono = new Float32Array(Math.floor(bytes.length / (channels * bytesPerSample)));
  let at = 0;
  for (let frame = 0; frame < mono.length; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += read(bytes, at);
      at += bytesPerSample;
    }
    mono[frame] = sum / channels;
  }
  return mono;
}

/** Broken writers leave not-a-number and infinity in float files; one of them would spoil everything after it in the resampler. */
function finite(value: number): number {
  return Number.isFinite(value) ? Math.max(-8, Math.min(8, value)) : 0;
}
