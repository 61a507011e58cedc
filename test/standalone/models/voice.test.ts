import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { addModel } from '../../../src/models/add.js';
import type { CatalogueModel } from '../../../src/models/catalogue.js';
import { pullModel } from '../../../src/models/pull.js';
import { verifyModel } from '../../../src/models/verify.js';
import { type Entry, tarBz2, voiceEntries } from './archive.js';
import { FileServer, serve } from './fileServer.js';
import { namesIn, QUICK, sha256, testModel, useModelsFolder } from './setting.js';

const place = useModelsFolder();
let server: FileServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

function voice(archive: Buffer): CatalogueModel {
  return testModel({
    bytes: archive.length,
    sha256: sha256(archive),
    format: 'sherpa-voice',
    file: 'vits-test.tar.bz2',
    unpacksTo: 'vits-test',
    name: 'test-voice',
  });
}

async function pull(archive: Buffer): Promise<string> {
  server = await FileServer.start(serve(archive));
  return pullModel(voice(archive), { mirror: server.url, limits: QUICK });
}

test('a voice is unpacked into its folder, and nothing is left of the archive', async () => {
  const folder = await pull(tarBz2(voiceEntries()));
  expect((await readdir(folder, { recursive: true })).sort()).toEqual([
    'en-test.onnx',
    'espeak-ng-data',
    'espeak-ng-data/phontab',
    'tokens.txt',
  ]);
  expect(await readFile(join(folder, 'en-test.onnx'), 'utf8')).toBe('weights');
  expect(await namesIn(place.folder)).toEqual(['checksums.json', 'vits-test']);
});

test('a change in an unpacked voice is found', async () => {
  const archive = tarBz2(voiceEntries());
  const folder = await pull(archive);
  expect(await verifyModel(voice(archive))).toMatchObject({ state: 'right', against: 'recorded' });
  await writeFile(join(folder, 'tokens.txt'), 'changed');
  expect(await verifyModel(voice(archive))).toMatchObject({ state: 'wrong' });
});

describe('an archive is refused that', () => {
  const bad: [string, Entry[]][] = [
    ['leads out of its folder', [{ path: 'vits-test/../../escaped.txt', content: 'x' }]],
    ['leads out by an absolute path', [{ path: '/tmp/tandem-test-escaped.txt', content: 'x' }]],
    ['has a symbolic link', [{ path: 'vits-test/link', type: '2', linkTo: '/etc/passwd' }]],
    ['has a hard link', [{ path: 'vits-test/link', type: '1', linkTo: '/etc/passwd' }]],
    ['has a device', [{ path: 'vits-test/device', type: '3' }]],
    [
      'writes through a link',
      [
        { path: 'vits-test/out', type: '2', linkTo: '/tmp' },
        { path: 'vits-test/out/tandem-test-escaped.txt', content: 'x' },
      ],
    ],
    ['claims to be far too large', [{ path: 'vits-test/bomb', claims: 8_000_000_000 }]],
  ];
  test.each(bad)('%s', async (_what, entries) => {
    await expect(pull(tarBz2([...voiceEntries(), ...entries]))).rejects.toMatchObject({ code: 'archive-refused' });
    expect(await namesIn(place.folder)).toEqual([]);
    expect(await namesIn(join(place.folder, '..'))).toEqual(['models']);
    expect(await namesIn('/tmp')).not.toContain('tandem-test-escaped.txt');
  });

  test('is cut off', async () => {
    const archive = tarBz2([...voiceEntries(), { path: 'vits-test/big', content: Buffer.alloc(300_000, 'tandem') }]);
    await expect(pull(archive.subarray(0, archive.length - 40))).rejects.toMatchObject({ code: 'archive-refused' });
    expect(await namesIn(place.folder)).toEqual([]);
  });

  test('is no archive', async () => {
    await expect(pull(Buffer.alloc(5000, 'no archive'))).rejects.toMatchObject({ code: 'archive-refused' });
  });

  test('holds no voice', async () => {
    await expect(pull(tarBz2([{ path: 'vits-test/readme.txt', content: 'x' }]))).rejects.toMatchObject({ code: 'voice-incomplete' });
    expect(await namesIn(place.folder)).toEqual([]);
  });
});

describe('a voice from a stick', () => {
  test('is taken as its archive', async () => {
    const archive = tarBz2(voiceEntries());
    const file = join(place.folder, '..', 'stick.tar.bz2');
    await writeFile(file, archive);
    const folder = await addModel(voice(archive), file);
    expect(await readdir(folder)).toContain('en-test.onnx');
    expect(await namesIn(place.folder)).toEqual(['checksums.json', 'vits-test']);
  });

  test('is taken as its folder', async () => {
    const stick = join(place.folder, '..', 'stick');
    await mkdir(join(stick, 'espeak-ng-data'), { recursive: true });
    await writeFile(join(stick, 'a.onnx'), 'weights');
    await writeFile(join(stick, 'tokens.txt'), '_ 0');
    expect(await readdir(await addModel(voice(tarBz2(voiceEntries())), stick))).toEqual(['a.onnx', 'espeak-ng-data', 'tokens.txt']);
  });
});
