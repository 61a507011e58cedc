import type { TensorPlan, TensorType } from './shapes.js';

/** Random but sane weights: finite scales, mean 0, a spread of about 0.02, so that activations neither vanish nor overflow. */

const BLOCK_WEIGHTS = 256;
const BYTES: Readonly<Record<TensorType, { readonly weights: number; readonly bytes: number }>> = {
  F32: { weights: 1, bytes: 4 },
  Q4_K: { weights: BLOCK_WEIGHTS, bytes: 144 },
  Q6_K: { weights: BLOCK_WEIGHTS, bytes: 210 },
};

/** 1.36e-4 as a half float: times the blocks' inner scales it makes weights with a standard deviation of about 0.02. */
const SCALE = 0x0875;
/** 7.5 times that: the middle of Q4_K's 16 steps, so that the mean is 0. */
const MIDDLE = 0x142e;
/** Inner scale and minimum of 32 for each of a Q4_K block's eight parts, packed into 12 bytes of 6-bit numbers. */
const Q4_K_SCALES = [32, 32, 32, 32, 32, 32, 32, 32, 0, 0, 0, 0].map((six, i) => (i < 8 ? six | (2 << 6) : six));

export function bytesOf(tensor: Pick<TensorPlan, 'type' | 'dimensions'>): number {
  const { weights, bytes } = BYTES[tensor.type];
  return (tensor.dimensions.reduce((product, n) => product * n, 1) / weights) * bytes;
}

/** A repeatable stream of random bytes (xorshift32). */
export class RandomBytes {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  fill(words: Uint32Array): void {
    let x = this.#state;
    for (let i = 0; i < words.length; i += 1) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      words[i] = x;
    }
    this.#state = x >>> 0;
  }
}

/**
 * Pieces of a few megabytes that together are the tensor's data. A piece is only valid until the next one is asked for. Rows in `zeroRows` are
 * zero: in an output layer, tokens that never come.
 */
export function* tensorData(tensor: TensorPlan, random: RandomBytes, zeroRows: ReadonlySet<number> = new Set()): Generator<Uint8Array> {
  if (tensor.type === 'F32') {
    yield new Uint8Array(floats(tensor).buffer);
    return;
  }
  const blockBytes = BYTES[tensor.type].bytes;
  // A multiple of both block sizes and of four bytes.
  const piece = new Uint8Array(144 * 210 * 128);
  const words = new Uint32Array(piece.buffer);
  const view = new DataView(piece.buffer);
  const rowBlocks = (tensor.dimensions[0] ?? 0) / BLOCK_WEIGHTS;
  let block = 0;
  for (let left = bytesOf(tensor); left > 0; left -= piece.length) {
    random.fill(words);
    for (let at = 0; at < piece.length; at += blockBytes) {
      const zero = zeroRows.has(Math.floor(block / rowBlocks));
      block += 1;
      if (tensor.type === 'Q4_K') {
        view.setUint16(at, zero ? 0 : SCALE, true);
        view.setUint16(at + 2, zero ? 0 : MIDDLE, true);
        piece.set(Q4_K_SCALES, at + 4);
      } else {
        piece.fill(8, at + 192, at + 208);
        view.setUint16(at + 208, zero ? 0 : SCALE, true);
      }
    }
    yield left < piece.length ? piece.subarray(0, left) : piece;
  }
}

/** Norms are 1; rotary factors are what EXAONE 3.5 has (llama3 scaling: factor 8, low 1, high 4, original context 8192). */
function floats(tensor: TensorPlan): Float32Array {
  const [length = 0] = tensor.dimensions;
  if (tensor.name !== 'rope_freqs.weight') return new Float32Array(length).fill(1);
  return Float32Array.from({ length }, (_, i) => {
    const wavelength = 2 * Math.PI * 1e6 ** (i / length);
    if (wavelength < 8192 / 4) return 1;
    if (wavelength > 8192) return 8;
    const smooth = (8192 / wavelength - 1) / 3;
    return 1 / ((1 - smooth) / 8 + smooth);
  });
}
