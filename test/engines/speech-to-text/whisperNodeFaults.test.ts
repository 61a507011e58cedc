import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { readWav } from '../../../src/audio/wav/reader.js';
import { projectRoot } from '../../../src/paths.js';
import type { Language } from '../../../src/speech-to-text/contract.js';
import { whisperNodeOptions } from '../../../src/speech-to-text/options.js';
import { WhisperNode } from '../../../src/speech-to-text/whisperNode.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { writeWhisperShape } from '../../support/whisperShape.js';
import { contextWith } from './whisperSupport.js';

/** The real package whisper-node with a scripted program in the place of its whisper.cpp. */
const folder = temporaryFolder();
let utterance: Int16Array;
let engine: WhisperNode | undefined;
let place = '';

beforeAll(async () => {
  utterance = await readWav(join(projectRoot, 'test/fixtures/no-wake-word.wav'));
});
afterEach(async () => {
  await engine?.close();
  engine = undefined;
});

/** `segments`: what the program writes to its standard output and, as it does for `-otxt`, to a file beside the recording. */
async function load(segments: readonly string[], exitCode = 0): Promise<WhisperNode> {
  place = mkdtempSync(join(folder, 'whisper-node-'));
  for (const part of ['package.json', 'dist'])
    cpSync(join(projectRoot, 'node_modules/whisper-node', part), join(place, part), { recursive: true });
  const vendored = join(place, 'lib/whisper.cpp');
  mkdirSync(vendored, { recursive: true });
  writeFileSync(join(vendored, 'out'), segments.map((text) => `[00:00:00.000 --> 00:00:01.000]  ${text}\n`).join(''));
  writeFileSync(join(vendored, 'txt'), segments.map((text) => `${text}\n`).join(''));
  const success = 'for last; do :; done; cat out; cp txt "$last.txt"';
  writeFileSync(join(vendored, 'main'), `#!/bin/sh\necho "$@" >arguments\n${exitCode === 0 ? success : `exit ${exitCode}`}\n`, {
    mode: 0o755,
  });
  return await loadFrom(place);
}

async function loadFrom(packageFolder: string): Promise<WhisperNode> {
  const model = writeWhisperShape(join(folder, 'model.bin'), 'tiny', 'multilingual');
  engine = await WhisperNode.load(whisperNodeOptions.parse({ engine: 'whisperNode', model }), contextWith(), packageFolder);
  return engine;
}

const hear = (languages: readonly Language[] = ['en']) =>
  engine?.transcribe(utterance, { signal: new AbortController().signal, languages });
const given = () => readFileSync(join(place, 'lib/whisper.cpp/arguments'), 'utf8');

test('every segment is heard, the first one too, which whisper-node leaves out', async () => {
  await load([' What is the capital', ' of France?']);
  expect(await hear()).toEqual({ text: 'What is the capital of France?', language: 'en' });
  await engine?.close();
  await load([' Yes, please.']);
  expect(await hear()).toEqual({ text: 'Yes, please.', language: 'en' });
});

test('one language is fixed; of two the one that was heard is told', async () => {
  await load([' 지금 몇 시야?']);
  expect(await hear(['ko'])).toEqual({ text: '지금 몇 시야?', language: 'ko' });
  expect(given()).toContain('-l ko ');
  expect(await hear(['en', 'ko'])).toEqual({ text: '지금 몇 시야?', language: 'ko' });
  expect(given()).toContain('-l auto ');
});

test('no segment at all is an empty transcript, and so is what is made up', async () => {
  await load([]);
  expect(await hear()).toEqual({ text: '', language: 'en' });
  await engine?.close();
  await load([' 시청해주셔서 감사합니다.']);
  expect(await hear(['ko'])).toEqual({ text: '', language: 'ko' });
});

test('a program that fails is a failure, and the next utterance is tried again', async () => {
  await load([' Yes.'], 3);
  await expect(hear()).rejects.toMatchObject({ code: 'whisper-node-failed', stage: 'speech-to-text', recoverable: true });
  await expect(hear()).rejects.toMatchObject({ code: 'whisper-node-failed' });
});

test('a package without its program ends its own process and not this one', async () => {
  await load([]);
  await engine?.close();
  rmSync(join(place, 'lib/whisper.cpp/main'));
  await expect(loadFrom(place)).rejects.toMatchObject({ code: 'whisper-node-failed' });
});
