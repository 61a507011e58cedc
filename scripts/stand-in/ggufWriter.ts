import { open } from 'node:fs/promises';

/** Writing GGUF version 3 as a stream: header, metadata, tensor list, then the data piece by piece. */

export type MetadataValue =
  | { readonly type: 'uint32' | 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s'; readonly value: readonly number[] };

export interface TensorEntry {
  readonly name: string;
  /** ggml's number of the type. */
  readonly ggmlType: number;
  readonly dimensions: readonly number[];
  readonly bytes: number;
  data(): Iterable<Uint8Array>;
}

const ALIGNMENT = 32;
const TYPE = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 };

export async function writeGguf(
  file: string,
  metadata: Readonly<Record<string, MetadataValue>>,
  tensors: readonly TensorEntry[],
  onProgress: (written: number, total: number) => void = () => {},
): Promise<void> {
  const header = headerBytes(metadata, tensors);
  const total = tensors.reduce((sum, tensor) => sum + aligned(tensor.bytes), header.length);
  const handle = await open(file, 'w');
  try {
    await handle.write(header);
    let written = header.length;
    for (const tensor of tensors) {
      for (const piece of tensor.data()) {
        await handle.write(piece);
        written += piece.length;
        onProgress(written, total);
      }
      const padding = aligned(tensor.bytes) - tensor.bytes;
      await handle.write(new Uint8Array(padding));
      written += padding;
    }
    onProgress(written, total);
  } finally {
    await handle.close();
  }
}

function headerBytes(metadata: Readonly<Record<string, MetadataValue>>, tensors: readonly TensorEntry[]): Buffer {
  const parts: Buffer[] = [Buffer.from('GGUF'), uint32(3), uint64(tensors.length), uint64(Object.keys(metadata).length)];
  for (const [key, entry] of Object.entries(metadata)) parts.push(text(key), ...valueBytes(entry));
  let offset = 0;
  for (const tensor of tensors) {
    parts.push(text(tensor.name), uint32(tensor.dimensions.length), ...tensor.dimensions.map(uint64));
    parts.push(uint32(tensor.ggmlType), uint64(offset));
    offset += aligned(tensor.bytes);
  }
  const header = Buffer.concat(parts);
  return Buffer.concat([header, Buffer.alloc(aligned(header.length) - header.length)]);
}

function valueBytes(entry: MetadataValue): Buffer[] {
  switch (entry.type) {
    case 'uint32':
      return [uint32(TYPE.uint32), uint32(entry.value)];
    case 'float32': {
      const value = Buffer.alloc(4);
      value.writeFloatLE(entry.value);
      return [uint32(TYPE.float32), value];
    }
    case 'bool':
      return [uint32(TYPE.bool), Buffer.from([entry.value ? 1 : 0])];
    case 'string':
      return [uint32(TYPE.string), text(entry.value)];
    case 'strings':
      return [uint32(TYPE.array), uint32(TYPE.string), uint64(entry.value.length), ...entry.value.map(text)];
    case 'int32s':
      return [uint32(TYPE.array), uint32(TYPE.int32), uint64(entry.value.length), Buffer.from(Int32Array.from(entry.value).buffer)];
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

function uint64(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([uint64(bytes.length), bytes]);
}
