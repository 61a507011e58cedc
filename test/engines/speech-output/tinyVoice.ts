import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A voice of a few kilobytes with the interface of a Piper voice: it hums a tone of 16 ms for each phoneme, louder or softer by its
 * number. It says no words, but takes the same way through sherpa-onnx as a real one. The fields are those of onnx.proto.
 */
export function writeTinyVoice(folder: string, metadata: Readonly<Record<string, string>> = piperMetadata): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tiny.onnx'), model(metadata));
  const phonemes = [..."_^$ !',.;:?-abcdefhijklmnopqrstuvwxyzæçðøħŋœɐɑɒɔɕɖɗɘəɚɛɜɝɞɟɡɢɣɤɥɦɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔˈˌːˑ̩̃"];
  writeFileSync(join(folder, 'tokens.txt'), phonemes.map((phoneme, id) => `${phoneme} ${id}\n`).join(''));
  symlinkSync(espeakData, join(folder, 'espeak-ng-data'));
}

export const espeakData = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/espeak-ng-data`;
export const piperMetadata = {
  sample_rate: '16000',
  language: 'English',
  voice: 'en-us',
  comment: 'piper',
  n_speakers: '1',
  has_espeak: '1',
  add_blank: '1',
};

const SAMPLES_PER_PHONEME = 256;
const FLOAT = 1;
const INT64 = 7;

function model(metadata: Readonly<Record<string, string>>): Buffer {
  const graph = [
    ...node('Cast', ['input'], 'ids', message(5, text(1, 'to'), integer(3, FLOAT), integer(20, 2))),
    ...node('Unsqueeze', ['ids', 'last'], 'columns'),
    ...node('Mul', ['columns', 'tone'], 'waves'),
    ...node('Reshape', ['waves', 'flat'], 'output'),
    text(2, 'tiny'),
    tensor('last', INT64, [1], integers(2)),
    tensor('flat', INT64, [3], integers(1, 1, -1)),
    tensor('tone', FLOAT, [1, 1, SAMPLES_PER_PHONEME], tone()),
    value(11, 'input', INT64, ['batch', 'phonemes']),
    value(11, 'input_lengths', INT64, ['batch']),
    value(11, 'scales', FLOAT, ['three']),
    value(12, 'output', FLOAT, ['batch', 'one', 'time']),
  ];
  return Buffer.concat([
    integer(1, 8),
    message(8, text(1, ''), integer(2, 13)),
    message(7, ...graph),
    ...Object.entries(metadata).map(([key, entry]) => message(14, text(1, key), text(2, entry))),
  ]);
}

function node(operation: string, inputs: readonly string[], output: string, ...attributes: readonly Buffer[]): Buffer[] {
  return [message(1, ...inputs.map((input) => text(1, input)), text(2, output), text(4, operation), ...attributes)];
}

function tensor(name: string, type: number, sizes: readonly number[], data: Buffer): Buffer {
  return message(5, ...sizes.map((size) => integer(1, size)), integer(2, type), text(8, name), bytes(9, data));
}

function value(field: number, name: string, type: number, sizes: readonly string[]): Buffer {
  const shape = message(2, ...sizes.map((size) => message(1, text(2, size))));
  return message(field, text(1, name), message(2, message(1, integer(1, type), shape)));
}

function tone(): Buffer {
  const samples = Float32Array.from({ length: SAMPLES_PER_PHONEME }, (_, at) => 0.005 * Math.sin((2 * Math.PI * at) / 32));
  return Buffer.from(samples.buffer);
}

function integers(...values: readonly number[]): Buffer {
  return Buffer.from(BigInt64Array.from(values, BigInt).buffer);
}

function message(field: number, ...parts: readonly Buffer[]): Buffer {
  return bytes(field, Buffer.concat(parts));
}

function text(field: number, content: string): Buffer {
  return bytes(field, Buffer.from(content));
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
}

function integer(field: number, content: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(content)]);
}

function varint(number: number): Buffer {
  const found: number[] = [];
  let rest = number;
  for (; rest > 127; rest = Math.floor(rest / 128)) found.push((rest % 128) + 128);
  return Buffer.from([...found, rest]);
}
