import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readWav } from '../../../src/audio/wav/reader.js';
import { projectRoot } from '../../../src/paths.js';
import { whisperNodeOptions } from '../../../src/speech-to-text/options.js';
import { whisperNodeBuild } from '../../../src/speech-to-text/whisper/builds.js';
import { WhisperNode } from '../../../src/speech-to-text/whisperNode.js';
import { eventually } from '../../support/eventually.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { writeWhisperShape } from '../../support/whisperShape.js';
import { conformsToSpeechToText } from './conformance.js';
import { contextWith, deviceWith, processesWith, whyNot } from './whisperSupport.js';

const folder = temporaryFolder();
const model = writeWhisperShape(join(folder, 'tiny.bin'), 'tiny');
const utterance = await readWav(join(projectRoot, 'test/fixtures/no-wake-word.wav'));
const never = new AbortController().signal;
const skipped = whyNot(whisperNodeBuild());
const open: WhisperNode[] = [];
/** It encodes 30 s for every utterance, however short. */
vi.setConfig({ testTimeout: 120_000 });

function loadWith(file: string, more: object = {}): Promise<WhisperNode> {
  return WhisperNode.load(whisperNodeOptions.parse({ engine: 'whisperNode', model: file, ...more }), contextWith());
}

/** Closed after the test. */
async function load(...args: Parameters<typeof loadWith>): Promise<WhisperNode> {
  const engine = await loadWith(...args);
  open.push(engine);
  return engine;
}

describe.skipIf(skipped !== '')(`whisper-node, built here, with a model without weights${skipped}`, () => {
  conformsToSpeechToText('whisperNode', { load: () => loadWith(model), languages: ['en'], utterance, words: [], takesTime: true });
});

describe.skipIf(skipped !== '')(`whisper-node in a process of its own${skipped}`, () => {
  let temporary = '';
  beforeEach(() => {
    temporary = join(folder, `t${Math.random().toString(36).slice(2)}`);
    mkdirSync(temporary);
    vi.stubEnv('TMPDIR', temporary);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((engine) => engine.close()));
    vi.unstubAllEnvs();
    expect(recordingsIn(temporary)).toEqual([]);
    expect(processesWith(temporary)).toEqual([]);
  });

  test('leaves the device where it is, and takes a model whose path is full of signs', async () => {
    const before = process.cwd();
    const odd = join(folder, 'my models; touch $(whoami) "é');
    mkdirSync(odd);
    const engine = await load(writeWhisperShape(join(odd, 'a b.bin'), 'tiny'));
    expect(await engine.transcribe(utterance, { signal: never, languages: ['en'] })).toEqual({ text: '', language: 'en' });
    expect(process.cwd()).toBe(before);
    expect(existsSync(join(whisperNodeBuild().folder, 'lib/whisper.cpp/root'))).toBe(false);
  });

  test('a failure is no empty transcript', async () => {
    const broken = writeWhisperShape(join(folder, 'broken.bin'), 'tiny');
    truncateSync(broken, 5000);
    const engine = await load(broken);
    await expect(engine.transcribe(utterance, { signal: never, languages: ['en'] })).rejects.toMatchObject({ code: 'whisper-node-failed' });
  });

  test('a stop, and the end of the time, end whisper.cpp too', async () => {
    const engine = await load(model, { timeoutMs: 1000 });
    const long = new Int16Array(40 * 16_000);
    for (let at = 0; at + utterance.length < long.length; at += utterance.length) long.set(utterance, at);
    const stop = new AbortController();
    const work = engine.transcribe(long, { signal: stop.signal, languages: ['en'] });
    await eventually('whisper.cpp works', () => working(temporary).length > 0);
    stop.abort();
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
    await eventually('it is gone', () => working(temporary).length === 0);
    await expect(engine.transcribe(long, { signal: never, languages: ['en'] })).rejects.toMatchObject({ code: 'timed-out' });
    await eventually('it is gone again', () => working(temporary).length === 0);
  });

  test('a process that is killed in the middle is told, and replaced', async () => {
    const engine = await load(model);
    const work = engine.transcribe(utterance, { signal: never, languages: ['en'] });
    await eventually('whisper.cpp works', () => working(temporary).length > 0);
    for (const id of processesWith('whisperNodeMain')) if (processesWith(temporary).includes(id)) process.kill(-id, 'SIGKILL');
    await expect(work).rejects.toMatchObject({ code: 'whisper-node-failed' });
    expect(await engine.transcribe(utterance, { signal: never, languages: ['en'] })).toEqual({ text: '', language: 'en' });
  });

  test('it ends with a device that is killed, and leaves no recording', async () => {
    const device = await deviceWith('whisperNode', model);
    const kept = recordingsIn(temporary);
    await device.kill();
    expect(kept).toHaveLength(1);
    await eventually('nothing is left', () => processesWith(temporary).length === 0 && recordingsIn(temporary).length === 0);
  });

  test('a temporary folder whose name a shell would read is refused', async () => {
    vi.stubEnv('TMPDIR', join(temporary, '$(id)'));
    await expect(load(model)).rejects.toMatchObject({ code: 'temporary-folder-unusable' });
  });
});

test('what is not built or no model is told before anything starts', async () => {
  const text = join(folder, 'text.bin');
  writeFileSync(text, 'no model');
  if (skipped === '') await expect(load(text)).rejects.toMatchObject({ code: 'whisper-model-unusable' });
  vi.stubEnv('XDG_DATA_HOME', join(tmpdir(), 'nothing-here'));
  await expect(load(model)).rejects.toMatchObject({ code: 'whisper-not-built', remedy: expect.stringContaining('scripts/build-whisper') });
  vi.unstubAllEnvs();
});

/** Folders for recordings; tsx keeps one of its own there. */
function recordingsIn(temporary: string): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('tandem-'));
}

/** whisper.cpp's processes that work on a recording there. */
function working(temporary: string): number[] {
  return processesWith(`-f ${temporary}`);
}
