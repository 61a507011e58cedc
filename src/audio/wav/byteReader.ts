/** Reads a stream of bytes in the portions that a parser wants. Fewer bytes than asked for come only at the end. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #pending: Uint8Array = new Uint8Array(0);
  #position = 0;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#chunks = bytes[Symbol.asyncIterator]();
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  async take(count: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    let missing = count;
    while (missing > 0) {
      const part = await this.some(missing);
      if (part.length === 0) break;
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** Passes over bytes; false where the stream ended before. */
  async skip(count: number): Promise<boolean> {
    let missing = count;
    while (missing > 0) {
      const part = await this.some(missing);
      if (part.length === 0) return false;
      missing -= part.length;
    }
    return true;
  }

  /** What is there next, `most` bytes at the most; empty only at the end. */
  async some(most: number): Promise<Uint8Array> {
    while (this.#pending.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return this.#pending;
      this.#pending = next.value;
    }
    const part = this.#pending.subarray(0, most);
    this.#pending = this.#pending.subarray(part.length);
    this.#position += part.length;
    return part;
  }
}
