import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { TandemError, toTandemError } from '../errors.js';
import { type GgufHeader, type GgufTensor, HeaderCutOff, readGgufHeader } from './ggufHeader.js';

/** What is known of a model file before it is loaded. */
export interface ModelFacts {
  readonly file: string;
  readonly bytes: number;
  /** ms since 1970; with `bytes` it tells one version of a file from another. */
  readonly modified: number;
  /** The longest context that it was trained for, in tokens. */
  readonly trainedContext: number;
  /** Numbers of one attention head. */
  readonly headSize: number;
  /** Bytes that one token takes in the context, at 16 bits a number. */
  readonly contextBytesPerToken: number;
}

const ARCHITECTURE = 'exaone';
/** The header of EXAONE 3.5 is about 5 MB, nearly all of it vocabulary. */
const HEADER_SIZES = [8, 64].map((megabytes) => megabytes * 2 ** 20);

/** Weights and bytes of one block of each of ggml's types, by number; types that are not here are not checked for length. */
const BLOCKS: Readonly<Record<number, readonly [weights: number, bytes: number]>> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  20: [32, 18],
  23: [256, 136],
  30: [1, 2],
};

/**
 * Makes sure, before llama.cpp sees the file, that it is a whole GGUF file of the EXAONE architecture. Rejects with `model-missing`,
 * `model-not-gguf`, `model-cut-off`, `model-damaged` or `model-wrong-architecture`.
 */
export async function checkModelFile(file: string): Promise<ModelFacts> {
  const name = basename(file);
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (cause) {
    throw fileError(
      'model-missing',
      `The model file ${file} can't be read.`,
      'Get it with tandem models pull, or correct the path in the profile.',
      cause,
    );
  }
  try {
    const { size: bytes, mtimeMs: modified } = await handle.stat();
    const header = await readHeader(handle, bytes, name);
    const architecture = header.metadata.get('general.architecture');
    if (architecture !== ARCHITECTURE) {
      throw fileError(
        'model-wrong-architecture',
        `${name} is a model of the architecture "${String(architecture)}"; this engine runs "${ARCHITECTURE}".`,
        'Use a GGUF file of EXAONE 3.5, such as EXAONE-3.5-2.4B-Instruct-Q4_K_M.gguf.',
      );
    }
    const end = Math.max(...header.tensors.map(endOfTensor));
    if (end > bytes) throw cutOff(name, bytes, end);
    return { file, bytes, modified, ...shapeOf(header, name) };
  } catch (error) {
    throw toTandemError(error, 'language-model', 'model-damaged');
  } finally {
    await handle.close();
  }
}

async function readHeader(handle: FileHandle, bytes: number, name: string): Promise<GgufHeader> {
  for (const size of HEADER_SIZES) {
    const buffer = Buffer.alloc(Math.min(size, bytes));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    try {
      return readGgufHeader(buffer.subarray(0, bytesRead));
    } catch (cause) {
      if (cause instanceof HeaderCutOff && bytesRead < bytes) continue;
      if (cause instanceof HeaderCutOff && bytesRead > 4 && buffer.toString('latin1', 0, 4) === 'GGUF') throw cutOff(name, bytes);
      throw fileError('model-not-gguf', `${name} is not a GGUF file.`, GET_AGAIN, cause);
    }
  }
  throw fileError('model-damaged', `${name} has a header that can't be right.`, GET_AGAIN);
}

function shapeOf({ metadata }: GgufHeader, name: string): Pick<ModelFacts, 'trainedContext' | 'headSize' | 'contextBytesPerToken'> {
  const number = (key: string) => {
    const value = metadata.get(`${ARCHITECTURE}.${key}`);
    if (typeof value === 'number' && value > 0) return value;
    throw fileError('model-damaged', `${name} does not say its ${key}.`, GET_AGAIN);
  };
  const headSize = number('embedding_length') / number('attention.head_count');
  const contextBytesPerToken = 2 * 2 * number('block_count') * number('attention.head_count_kv') * headSize;
  return { trainedContext: number('context_length'), headSize, contextBytesPerToken };
}

function endOfTensor({ dimensions, type, offset }: GgufTensor): number {
  const [weights, bytes] = BLOCKS[type] ?? [1, 0];
  return offset + Math.ceil(dimensions.reduce((product, n) => product * n, 1) / weights) * bytes;
}

const GET_AGAIN = 'Get the file again, with tandem models pull or from where it came.';

function cutOff(name: string, bytes: number, wanted?: number): TandemError {
  const of = wanted === undefined ? '' : ` of at least ${inMegabytes(wanted)}`;
  return fileError('model-cut-off', `${name} is cut off: ${inMegabytes(bytes)}${of} are there.`, GET_AGAIN);
}

function fileError(code: string, message: string, remedy: string, cause?: unknown): TandemError {
  return new TandemError({ code, stage: 'language-model', message, remedy, recoverable: false, cause });
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
