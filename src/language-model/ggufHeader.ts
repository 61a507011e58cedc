/**
 * The beginning of a GGUF file: metadata and the list of tensors. Made for files that may be damaged: every length is checked against what
 * is there, so that nothing larger than the file is ever read, kept or counted to. Source: ggml's docs/gguf.md.
 */

export type Scalar = string | number | bigint | boolean;

export interface GgufTensor {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** ggml's number of the type. */
  readonly type: number;
  /** Bytes from the start of the file. */
  readonly offset: number;
}

export interface GgufHeader {
  /** Numbers, texts and truth values; lists (the vocabulary) are passed over. */
  readonly metadata: ReadonlyMap<string, Scalar>;
  readonly tensors: readonly GgufTensor[];
}

/** The header goes on past the end of what was given. */
export class HeaderCutOff extends Error {}
/** What is there can't be a GGUF header. */
export class NotGguf extends Error {}

const MAGIC = 'GGUF';
const VERSIONS = [2, 3];
const MOST_ENTRIES = 100_000;
const MOST_DIMENSIONS = 4;
const STRING = 8;
const ARRAY = 9;
/** Bytes of each fixed-size metadata type, by its number. */
const FIXED_BYTES: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

export function readGgufHeader(bytes: Buffer): GgufHeader {
  const reader = new Reader(bytes);
  if (reader.bytes(4).toString('latin1') !== MAGIC) throw new NotGguf('no GGUF mark at the start');
  if (!VERSIONS.includes(reader.uint32())) throw new NotGguf('a GGUF version that is not known');
  const tensorCount = reader.count(MOST_ENTRIES);
  const metadataCount = reader.count(MOST_ENTRIES);

  const metadata = new Map<string, Scalar>();
  for (let i = 0; i < metadataCount; i += 1) {
    const key = reader.text();
    const value = readValue(reader, reader.uint32());
    if (value !== undefined) metadata.set(key, value);
  }
  const tensors: GgufTensor[] = [];
  for (let i = 0; i < tensorCount; i += 1) {
    const name = reader.text();
    const dimensionCount = reader.uint32();
    if (dimensionCount > MOST_DIMENSIONS) throw new NotGguf('a tensor of too many dimensions');
    const dimensions = Array.from({ length: dimensionCount }, () => reader.count(Number.MAX_SAFE_INTEGER));
    tensors.push({ name, dimensions, type: reader.uint32(), offset: reader.count(Number.MAX_SAFE_INTEGER) });
  }
  const alignment = Number(metadata.get('general.alignment') ?? 32);
  if (!(alignment > 0)) throw new NotGguf('an alignment of 0');
  const dataStart = Math.ceil(reader.position / alignment) * alignment;
  return { metadata, tensors: tensors.map((tensor) => ({ ...tensor, offset: dataStart + tensor.offset })) };
}

function readValue(reader: Reader, type: number): Scalar | undefined {
  if (type === STRING) return reader.text();
  if (type === ARRAY) return skipArray(reader);
  const bytes = FIXED_BYTES[type];
  if (bytes === undefined) throw new NotGguf('a kind of value that is not known');
  return fixedValue(type, reader.bytes(bytes));
}

function skipArray(reader: Reader): undefined {
  const type = reader.uint32();
  const length = reader.count(Number.MAX_SAFE_INTEGER);
  const bytes = FIXED_BYTES[type];
  if (bytes !== undefined) {
    reader.bytes(bytes * length);
    return;
  }
  if (type !== STRING) throw new NotGguf('a list of a kind that is not known');
  for (let i = 0; i < length; i += 1) reader.bytes(reader.count(Number.MAX_SAFE_INTEGER));
}

function fixedValue(type: number, bytes: Buffer): Scalar {
  switch (type) {
    case 0:
      return bytes.readUInt8();
    case 1:
      return bytes.readInt8();
    case 2:
      return bytes.readUInt16LE();
    case 3:
      return bytes.readInt16LE();
    case 4:
      return bytes.readUInt32LE();
    case 5:
      return bytes.readInt32LE();
    case 6:
      return bytes.readFloatLE();
    case 7:
      return bytes.readUInt8() !== 0;
    case 10:
      return bytes.readBigUInt64LE();
    case 11:
      return bytes.readBigInt64LE();
    default:
      return bytes.readDoubleLE();
  }
}

class Reader {
  position = 0;
  #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  bytes(length: number): Buffer {
    const end = this.position + length;
    if (end > this.#bytes.length) throw new HeaderCutOff();
    const part = this.#bytes.subarray(this.position, end);
    this.position = end;
    return part;
  }

  uint32(): number {
    return this.bytes(4).readUInt32LE();
  }

  /** A 64-bit number that counts something. */
  count(most: number): number {
    const count = this.bytes(8).readBigUInt64LE();
    if (count > BigInt(most)) throw new NotGguf('a count that is too large');
    return Number(count);
  }

  text(): string {
    return this.bytes(this.count(Number.MAX_SAFE_INTEGER)).toString('utf8');
  }
}
