import type { PcmChunk } from '../audio/contract.js';
import { TandemError } from '../errors.js';

const LONGEST_HEADER = 4_096;

/** Cuts a WAV stream, as a speech program writes it to its standard output, into sound: 16-bit mono PCM of any rate. */
export class WavStream {
  #rest: Buffer = Buffer.alloc(0);
  #sampleRate: number | undefined;

  /** The next bytes; gives back the whole samples among them, if there are any. Throws `speech-failed` where it is no such WAV. */
  push(bytes: Buffer): PcmChunk | undefined {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    this.#sampleRate ??= this.#readHeader();
    if (this.#sampleRate === undefined) return undefined;
    const count = this.#rest.length >> 1;
    if (count === 0) return undefined;
    const samples = new Int16Array(count);
    for (let index = 0; index < count; index++) samples[index] = this.#rest.readInt16LE(index * 2);
    this.#rest = this.#rest.subarray(count * 2);
    return { sampleRate: this.#sampleRate, samples };
  }

  /** Takes the header off `#rest` once it is there as a whole, up to where the samples begin; its sizes are not meaningful in a stream. */
  #readHeader(): number | undefined {
    const bytes = this.#rest;
    if (bytes.length < 12) return undefined;
    if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') throw notSpeech();
    let sampleRate: number | undefined;
    for (let at = 12; at + 8 <= bytes.length; ) {
      const name = bytes.toString('latin1', at, at + 4);
      if (name === 'data') {
        if (sampleRate === undefined) throw notSpeech();
        this.#rest = bytes.subarray(at + 8);
        return sampleRate;
      }
      const size = bytes.readUInt32LE(at + 4);
      if (size > LONGEST_HEADER) throw notSpeech();
      if (name === 'fmt ' && at + 24 <= bytes.length) sampleRate = readFormat(bytes.subarray(at + 8));
      at += 8 + size + (size % 2);
    }
    if (bytes.length > LONGEST_HEADER) throw notSpeech();
    return undefined;
  }
}

function readFormat(format: Buffer): number {
  const [encoding, channels, bits] = [format.readUInt16LE(0), format.readUInt16LE(2), format.readUInt16LE(14)];
  if (encoding !== 1 || channels !== 1 || bits !== 16) throw notSpeech();
  return format.readUInt32LE(4);
}

function notSpeech(): TandemError {
  return new TandemError({
    code: 'speech-failed',
    stage: 'speech-output',
    message: 'The speech program answered with something that is not 16-bit mono WAV sound.',
    remedy: 'Run `tandem doctor`, or install the program again.',
  });
}
