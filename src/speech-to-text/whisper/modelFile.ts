import { open } from 'node:fs/promises';
import { TandemError } from '../../errors.js';
import type { Language } from '../contract.js';

const GGML_MAGIC = 0x67676d6c;
/** Words that a multilingual Whisper knows at least; those for English alone know fewer. */
const MULTILINGUAL_WORDS = 51_865;

/** The languages of a ggml model of whisper.cpp, by its header. Throws `whisper-model-unusable`. */
export async function languagesOf(file: string): Promise<readonly Language[]> {
  const head = Buffer.alloc(8);
  try {
    const handle = await open(file, 'r');
    try {
      await handle.read(head, 0, head.length, 0);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw modelUnusable(file, "it can't be read", cause);
  }
  if (head.readUInt32LE(0) !== GGML_MAGIC) throw modelUnusable(file, 'it is not a ggml file of whisper.cpp');
  return head.readInt32LE(4) >= MULTILINGUAL_WORDS ? ['en', 'ko'] : ['en'];
}

export function modelUnusable(file: string, reason: string, cause?: unknown): TandemError {
  return new TandemError({
    code: 'whisper-model-unusable',
    stage: 'speech-to-text',
    message: `The Whisper model ${file} can't be used: ${reason}.`,
    remedy: 'Name another one in speechToText.model, or get it again with `tandem models pull`.',
    recoverable: false,
    cause,
  });
}
