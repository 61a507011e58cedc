import { open, stat } from 'node:fs/promises';
import { TandemError } from '../errors.js';
import { checkModelFile } from '../language-model/modelFile.js';
import { voiceFiles } from '../speech-output/sherpa/voiceFiles.js';
import type { CatalogueModel } from './catalogue.js';
import { recordedSum, sumOfFile } from './sums.js';
import { megabytes } from './text.js';

/** Whether a file is the whole of the right model: its length, its sum, its format. Each rejects where it is not: `model-wrong`, or what the engine says. */

/** How a ggml file of whisper.cpp begins. */
const GGML_MAGIC = 0x67676d6c;
/** Layers of Whisper's encoder, by size of the model; the number stands in the file's header. */
const WHISPER_LAYERS: Readonly<Record<string, number>> = { tiny: 4, base: 6, small: 12 };
/** Words that a multilingual Whisper knows at least; those for English alone know fewer. */
const MULTILINGUAL_WORDS = 51_865;

/** Of the file as it is downloaded. Approximate lengths are not compared. */
export async function requireLength(model: CatalogueModel, file: string): Promise<void> {
  const { size } = await stat(file);
  if (model.approximate || size === model.bytes) return;
  throw wrong(model, `it is ${size} bytes (${megabytes(size)}) long, not ${model.bytes} (${megabytes(model.bytes)})`);
}

/** Resolves with the sum of the file as it is downloaded; rejects where it is not the published one, or the one of the first download. */
export async function requireSum(
  model: CatalogueModel,
  file: string,
  signal?: AbortSignal,
  onProgress?: (done: number) => void,
): Promise<string> {
  const expected = model.sha256 ?? (await recordedSum(sumName(model)));
  const sum = await sumOfFile(file, signal, onProgress);
  if (expected === undefined || expected === sum) return sum;
  throw wrong(model, `its SHA-256 is ${sum}, not ${expected} as ${model.sha256 === undefined ? 'at the first download' : 'published'}`);
}

/** The name under which the sum of a model's download is recorded. */
export function sumName(model: CatalogueModel): string {
  return 'file' in model.source ? model.source.file : model.name;
}

/** `path`: the file, or for a voice its folder. */
export async function requireFormat(model: CatalogueModel, path: string): Promise<void> {
  if (model.format === 'gguf') await checkModelFile(path);
  if (model.format === 'ggml') await requireWhisper(model, path);
  if (model.format === 'sherpa-voice') await voiceFiles(path);
}

async function requireWhisper(model: CatalogueModel, file: string): Promise<void> {
  const head = Buffer.alloc(24);
  const handle = await open(file, 'r');
  try {
    await handle.read(head, 0, head.length, 0);
  } finally {
    await handle.close();
  }
  if (head.readUInt32LE(0) !== GGML_MAGIC) throw wrong(model, 'it is not a ggml file of whisper.cpp');
  const words = head.readInt32LE(4);
  const layers = head.readInt32LE(20);
  const size = /^whisper-([a-z]+)/.exec(model.family)?.[1] ?? '';
  if (WHISPER_LAYERS[size] !== undefined && layers !== WHISPER_LAYERS[size])
    throw wrong(model, `it is another size of Whisper (${layers} layers)`);
  if (words >= MULTILINGUAL_WORDS !== model.languages.includes('ko')) {
    throw wrong(model, words >= MULTILINGUAL_WORDS ? 'it is the multilingual one' : 'it is the one for English only');
  }
}

function wrong(model: CatalogueModel, why: string): TandemError {
  return new TandemError({
    code: 'model-wrong',
    stage: 'models',
    message: `This is not the file of ${model.name}: ${why}.`,
    remedy: 'It is not used. Get it again, from where the catalogue says (`tandem models list --json` shows the address).',
  });
}
