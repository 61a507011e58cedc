/** Samples as bytes, as fractions of full scale, louder and softer. */

const FULL_SCALE = 32_768;

/** Fractions (-1 to 1; more is clipped, not-a-number is silence) as 16-bit samples. */
export function toInt16(fractions: Float32Array): Int16Array {
  const samples = new Int16Array(fractions.length);
  for (let at = 0; at < fractions.length; at++) samples[at] = clip((fractions[at] ?? 0) * FULL_SCALE);
  return samples;
}

export function toFractions(samples: Int16Array): Float32Array {
  const fractions = new Float32Array(samples.length);
  for (let at = 0; at < samples.length; at++) fractions[at] = (samples[at] ?? 0) / FULL_SCALE;
  return fractions;
}

/** Little-endian 16-bit samples as bytes; shares the memory. */
export function toBytes(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Little-endian bytes as samples, a copy; an odd last byte is left out. */
export function fromBytes(bytes: Uint8Array): Int16Array {
  const whole = bytes.byteLength - (bytes.byteLength % 2);
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole));
}

export function concatenate(pieces: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** What a volume in percent multiplies a sample with. Squared, because loudness is heard that way: 50 % sounds about half as loud. */
export function gainOf(percent: number): number {
  const share = Math.min(100, Math.max(0, percent)) / 100;
  return share * share;
}

/** Samples made softer, gliding from one gain to the other so that turning the volume never clicks. */
export function withGain(samples: Int16Array, from: number, to: number): Int16Array {
  if (from === 1 && to === 1) return samples;
  const softer = new Int16Array(samples.length);
  const step = (to - from) / samples.length;
  for (let at = 0; at < samples.length; at++) softer[at] = clip((samples[at] ?? 0) * (from + step * (at + 1)));
  return softer;
}

function clip(value: number): number {
  return Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round(value)));
}
