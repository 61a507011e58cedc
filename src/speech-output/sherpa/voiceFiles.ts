import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TandemError } from '../../errors.js';

/** The parts of a voice as sherpa-onnx takes them; paths. */
export interface VoiceFiles {
  readonly kind: 'vits' | 'kokoro';
  readonly model: string;
  readonly tokens: string;
  /** Kokoro: the voices' own features. */
  readonly voices?: string;
  /** espeak-ng's data, which turns letters into sounds. */
  readonly dataDir?: string;
  /** Words and their sounds, several files with commas between. */
  readonly lexicon?: string;
}

/** Looks through the folder of a voice, or the folder around its .onnx file. Throws `voice-incomplete`, naming what is missing. */
export async function voiceFiles(place: string): Promise<VoiceFiles> {
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder === undefined) throw incomplete(place, 'it is not there');
  const folder = isFolder ? place : dirname(place);
  const names = (await readdir(folder)).sort();
  const models = names.filter((name) => name.endsWith('.onnx'));
  const model = isFolder ? (models.find((name) => name === 'model.onnx') ?? models[0]) : basename(place);
  if (model === undefined) throw incomplete(folder, 'there is no .onnx file in it');
  if (!names.includes('tokens.txt')) throw incomplete(folder, 'tokens.txt is missing');
  const lexicons = names.filter((name) => /^lexicon.*\.txt$/.test(name));
  const hasData = names.includes('espeak-ng-data');
  if (!hasData && lexicons.length === 0) throw incomplete(folder, 'espeak-ng-data is missing');
  const kokoro = names.includes('voices.bin');
  const path = (name: string) => join(folder, name);
  return {
    kind: kokoro ? 'kokoro' : 'vits',
    model: path(model),
    tokens: path('tokens.txt'),
    ...(kokoro ? { voices: path('voices.bin') } : {}),
    ...(hasData ? { dataDir: path('espeak-ng-data') } : {}),
    ...(lexicons.length > 0 ? { lexicon: lexicons.map(path).join(',') } : {}),
  };
}

function incomplete(place: string, what: string): TandemError {
  return new TandemError({
    code: 'voice-incomplete',
    stage: 'speech-output',
    message: `The voice in ${place} can't be used: ${what}.`,
    remedy: 'Get it again with `tandem models pull`, or unpack the whole archive of a Piper or Kokoro voice made for sherpa-onnx there.',
    recoverable: false,
  });
}
