import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelsFolder } from '../../../src/paths.js';
import { Sherpa } from '../../../src/speech-output/sherpa.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { conformsToPcmSpeechOutput } from './conformance.js';
import { context, optionsOf } from './subjects.js';
import { espeakData, piperMetadata, writeTinyVoice } from './tinyVoice.js';

const folder = temporaryFolder();
const tiny = join(folder, 'tiny');
writeTinyVoice(tiny);
const never = new AbortController().signal;

function load(voice: string, more: Record<string, unknown> = {}): Promise<Sherpa> {
  return Sherpa.load(optionsOf({ engine: 'sherpa', model: 'voice', threads: 1, ...more }), context({ voice }));
}

conformsToPcmSpeechOutput('sherpa-onnx with a voice that hums', {
  load: () => load(tiny),
  sentences: { en: 'The weather is very fine today, is it not?' },
});

describe('sherpa-onnx', () => {
  let output: Sherpa;
  beforeAll(async () => {
    output = await load(tiny);
  });
  afterAll(() => output.close());

  test('long sentences come clause by clause', async () => {
    const sentence =
      'The first part of the sentence is this one here, the second part of the same sentence is this one, and this is the end.';
    let chunks = 0;
    for await (const chunk of output.synthesize(sentence, { language: 'en', signal: never })) chunks += chunk.samples.length > 0 ? 1 : 0;
    expect(chunks).toBe(3);
  });

  test('a process that has died is an error once, and another one takes its place', async () => {
    const child = childProcesses().find(({ name }) => /node|MainThread/.test(name));
    const sound = output.synthesize('One two three, four five six, seven eight nine, ten eleven twelve, and so on.', {
      language: 'en',
      signal: never,
    });
    expect((await sound.next()).done).toBe(false);
    process.kill(child?.id ?? 0, 'SIGKILL');
    await expect(sound.next()).rejects.toMatchObject({ code: 'speech-failed' });
    expect((await output.synthesize('Again.', { language: 'en', signal: never }).next()).done).toBe(false);
  });

  test.each([
    ['is not there', async () => {}, /not there/],
    ['has no model', async (voice: string) => rm(join(voice, 'tiny.onnx')), /no \.onnx file/],
    ['has no tokens', async (voice: string) => rm(join(voice, 'tokens.txt')), /tokens\.txt is missing/],
    ['has no espeak-ng data', async (voice: string) => rm(join(voice, 'espeak-ng-data')), /espeak-ng-data is missing/],
  ])('a voice that %s is named', async (name, spoil, reason) => {
    const voice = join(folder, name);
    if (name !== 'is not there') writeTinyVoice(voice);
    await spoil(voice);
    await expect(load(voice)).rejects.toMatchObject({ code: 'voice-incomplete', message: expect.stringMatching(reason) });
  });

  const { sample_rate: _, ...rateless } = piperMetadata;
  async function respoken(voice: string): Promise<void> {
    await rm(voice, { recursive: true });
    writeTinyVoice(voice, rateless);
  }

  test.each([
    ['is cut off', async (voice: string) => writeFile(join(voice, 'tiny.onnx'), 'no model at all'), /failed/i],
    ['is no voice', async (voice: string) => respoken(voice), /sample_rate/],
  ])('a model that %s ends its own process and not the device', async (name, spoil, reason) => {
    const voice = join(folder, name);
    writeTinyVoice(voice);
    await spoil(voice);
    await expect(load(voice)).rejects.toMatchObject({ code: 'voice-unusable', message: expect.stringMatching(reason) });
  });

  test('a speaker that the voice lacks is named', async () => {
    await expect(load(tiny, { speaker: 3 })).rejects.toMatchObject({
      code: 'speaker-unknown',
      message: expect.stringContaining('one speaker'),
    });
  });

  test('a voice that is not in the models folder is said by the models', async () => {
    await expect(Sherpa.load(optionsOf({ engine: 'sherpa', model: 'nobody' }), context())).rejects.toMatchObject({ code: 'model-missing' });
  });

  const voices = ['vits-piper-en_US-ljspeech-medium', 'kokoro-en-v0_19'].map((name) => join(modelsFolder(), name));
  for (const voice of voices) {
    const missing = existsSync(voice) ? '' : ` (skipped: ${voice} is not there; tandem models pull gets it)`;
    test.skipIf(missing !== '')(`a real voice speaks${missing}`, async () => {
      const real = await load(voice);
      let ms = 0;
      for await (const { samples, sampleRate } of real.synthesize('The weather is fine today.', { language: 'en', signal: never })) {
        ms += (samples.length * 1000) / sampleRate;
      }
      await real.close();
      expect(ms).toBeGreaterThan(900);
      expect(ms).toBeLessThan(4_000);
    });
  }

  test('closing ends its process', async () => {
    const before = childProcesses().length;
    const closing = await load(tiny);
    expect(childProcesses().length).toBeGreaterThan(before);
    await closing.close();
    await eventually('the process is gone', () => childProcesses().length === before);
  });

  test('the data that turns letters into sounds is here', () => {
    expect(existsSync(espeakData)).toBe(true);
  });
});
