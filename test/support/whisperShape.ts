import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';

/** whisper.cpp's `for-tests` model: shape and vocabulary of Whisper tiny.en without weights. Costs what the real one costs, and says nothing. */
const FIXTURE = join(projectRoot, 'test/fixtures/whisper/for-tests-ggml-tiny.en.bin');
/** Where the header has the words, and what stands there in a multilingual model. */
const WORDS_AT = 4;
const MULTILINGUAL_WORDS = 51_865;
/** Where the header has the width, the heads and the layers, of the encoder and of the decoder. */
const ENCODER_AT = 12;
const DECODER_AT = 28;
const sizes = { tiny: [384, 6, 4], base: [512, 8, 6] } as const;

/** Writes a model of that shape to `file`. */
export function writeWhisperShape(file: string, size: keyof typeof sizes, languages: 'english' | 'multilingual' = 'english'): string {
  const model = Buffer.from(readFileSync(FIXTURE));
  sizes[size].forEach((value, index) => {
    model.writeInt32LE(value, ENCODER_AT + 4 * index);
    model.writeInt32LE(value, DECODER_AT + 4 * index);
  });
  if (languages === 'multilingual') model.writeInt32LE(MULTILINGUAL_WORDS, WORDS_AT);
  writeFileSync(file, model);
  return file;
}
