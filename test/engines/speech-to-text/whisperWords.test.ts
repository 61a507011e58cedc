import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readWav } from '../../../src/audio/wav/reader.js';
import { known, placeOf } from '../../../src/models/resolve.js';
import { projectRoot } from '../../../src/paths.js';
import { whisperNodeOptions, whisperServerOptions } from '../../../src/speech-to-text/options.js';
import { spokenWords } from '../../../src/speech-to-text/spokenWords.js';
import { serverBuild, whisperNodeBuild } from '../../../src/speech-to-text/whisper/builds.js';
import { WhisperNode } from '../../../src/speech-to-text/whisperNode.js';
import { WhisperServer } from '../../../src/speech-to-text/whisperServer.js';
import { testRecordings } from './testData.js';
import { contextWith, whyNot } from './whisperSupport.js';

/** What both engines hear with real weights, in the project's fixtures and in Debian's recordings of people. */
const fixtures: readonly (readonly [string, string])[] = [
  ['no-wake-word.wav', 'what is the capital of france'],
  ['capital-spain-noise.wav', 'capital of spain'],
  ['largest-planet-8k.wav', 'largest planet'],
];
const names = ['whisper-base.en', 'whisper-base', 'whisper-tiny.en', 'whisper-tiny'];
const model = names.map((name) => placeOf(known(name))).find((file) => existsSync(file));
const skipped =
  whyNot(serverBuild()) ||
  whyNot(whisperNodeBuild()) ||
  (model === undefined ? ` (skipped: none of ${names.join(', ')} is in the models folder)` : '');
const never = { signal: new AbortController().signal, languages: ['en'] } as const;
/** Words of ten that the two may differ in: they are versions of whisper.cpp years apart, and one hears 30 s always. */
const ALLOWED_DIFFERENCE = 0.1;

describe.skipIf(skipped !== '')(`words with real weights${skipped}`, () => {
  let server: WhisperServer;
  let node: WhisperNode;
  beforeAll(async () => {
    server = await WhisperServer.load(whisperServerOptions.parse({ engine: 'whisperServer', model }), contextWith());
    node = await WhisperNode.load(whisperNodeOptions.parse({ engine: 'whisperNode', model }), contextWith());
  });
  afterAll(() => Promise.all([server.close(), node.close()]));

  test.each(fixtures)('%s: both hear "%s"', async (file, words) => {
    const samples = await readWav(join(projectRoot, 'test/fixtures', file));
    for (const engine of [server, node]) expect(spokenWords((await engine.transcribe(samples, never)).text).join(' ')).toContain(words);
  });

  test('the same words in recordings of people', { timeout: 300_000 }, async () => {
    let [words, different] = [0, 0];
    for (const { file } of testRecordings()) {
      const samples = await readWav(file);
      const [one = [], other = []] = await Promise.all(
        [server, node].map(async (engine) => spokenWords((await engine.transcribe(samples, never)).text)),
      );
      words += one.length;
      different += one.filter((word) => !other.includes(word)).length + other.filter((word) => !one.includes(word)).length;
    }
    expect(words).toBeGreaterThan(50);
    expect(different).toBeLessThanOrEqual(words * ALLOWED_DIFFERENCE);
  });

  test('nothing in silence, in a fan and in a click', async () => {
    const click = new Int16Array(32_000);
    click.fill(20_000, 16_000, 16_020);
    const fan = Int16Array.from({ length: 32_000 }, (_, at) => 400 * Math.sin(at) * Math.sin(at * 0.37));
    for (const engine of [server, node]) {
      for (const samples of [new Int16Array(32_000), fan, click]) expect((await engine.transcribe(samples, never)).text).toBe('');
    }
  });
});
