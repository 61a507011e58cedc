import { describe, expect, test } from 'vitest';
import { addresses, downloadUrl } from '../../../src/models/addresses.js';
import { catalogue } from '../../../src/models/catalogue.js';
import { known } from '../../../src/models/resolve.js';

describe('where a model is downloaded from', () => {
  test('is the official repository, a fixed revision where its sum is published', () => {
    expect(addresses(known('exaone-3.5-2.4b'), undefined)).toEqual([
      'https://huggingface.co/LGAI-EXAONE/EXAONE-3.5-2.4B-Instruct-GGUF/resolve/142acae803a41c206e8d0fa978c6102c748911bb/EXAONE-3.5-2.4B-Instruct-Q4_K_M.gguf',
    ]);
  });

  test('on a mirror may be laid out as the origin, or be a plain folder', () => {
    expect(addresses(known('whisper-tiny.en-q5_1'), 'https://mirror.example/')).toEqual([
      'https://mirror.example/ggerganov/whisper.cpp/resolve/5359861c739e955e79d9a303bcbc70fb988958b1/ggml-tiny.en-q5_1.bin',
      'https://mirror.example/ggerganov/whisper.cpp/resolve/main/ggml-tiny.en-q5_1.bin',
      'https://mirror.example/ggml-tiny.en-q5_1.bin',
    ]);
  });

  test.each(['ftp://host', 'mirror', ''])('%j is no mirror', (mirror) => {
    expect(() => addresses(known('whisper-base'), mirror)).toThrow(/is not an http address/);
  });

  test('is known for everything that does not come with the project or a package', () => {
    const comes = catalogue().models.filter((model) => 'project' in model.source || 'package' in model.source);
    const downloads = catalogue().models.filter((model) => downloadUrl(model) !== undefined);
    expect(comes.length + downloads.length).toBe(catalogue().models.length);
    expect(downloads.every((model) => downloadUrl(model)?.startsWith('https://'))).toBe(true);
  });
});

test('a family stands for its standard model', () => {
  expect(known('exaone-3.5-7.8b').name).toBe('exaone-3.5-7.8b-q4_k_m');
  expect(known('whisper-base').name).toBe('whisper-base');
});

test('a model whose sum is published has its exact size, but for one that was published with the sum alone', () => {
  const odd = catalogue().models.filter((model) => model.sha256 !== undefined && model.approximate);
  expect(odd.map((model) => model.name)).toEqual(['exaone-3.5-2.4b-q6_k']);
});
