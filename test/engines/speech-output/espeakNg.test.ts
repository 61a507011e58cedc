import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { EspeakNg } from '../../../src/speech-output/espeakNg.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { conformsToPcmSpeechOutput } from './conformance.js';
import { context, optionsOf } from './subjects.js';

conformsToPcmSpeechOutput('espeak-ng', {
  load: () => EspeakNg.load(optionsOf({ engine: 'espeakNg' }), context()),
  sentences: { en: 'The weather is fine today.', ko: '오늘은 날씨가 아주 좋습니다.' },
});

describe('espeak-ng', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const programs = temporaryFolder();
  const speakOptions = { language: 'en', signal: new AbortController().signal } as const;

  test('says what to install where it is not installed, also when it goes away later', async () => {
    const output = await EspeakNg.load(optionsOf({ engine: 'espeakNg' }), context());
    vi.stubEnv('PATH', '/nowhere');
    await expect(EspeakNg.load(optionsOf({ engine: 'espeakNg' }), context())).rejects.toMatchObject({
      code: 'espeak-ng-missing',
      remedy: expect.stringContaining('apt-get install espeak-ng'),
    });
    await expect(output.synthesize('Hello.', speakOptions).next()).rejects.toMatchObject({ code: 'espeak-ng-missing' });
  });

  test.each([
    [{ en: 'en-uk' }, /en-us/],
    [{ ko: 'kor' }, /ko/],
    [{ en: 'en-us+nobody' }, /--voices=variant/],
  ])('names voices that come close to %j', async (voice, close) => {
    const loading = EspeakNg.load(optionsOf({ engine: 'espeakNg', voice }), context());
    await expect(loading).rejects.toMatchObject({ code: 'voice-unknown', remedy: expect.stringMatching(close) });
  });

  test('speed and variant change the sound', async () => {
    const slow = await EspeakNg.load(optionsOf({ engine: 'espeakNg', speed: 100 }), context());
    const fast = await EspeakNg.load(optionsOf({ engine: 'espeakNg', speed: 300, voice: { en: 'en-gb+f3' } }), context());
    const length = async (output: EspeakNg) => {
      let samples = 0;
      for await (const chunk of output.synthesize('The weather is fine today.', speakOptions)) samples += chunk.samples.length;
      return samples;
    };
    expect(await length(slow)).toBeGreaterThan(1.5 * (await length(fast)));
  });

  test.each([
    ['dies', '#!/bin/sh\nexit 3\n'],
    ['answers with something else', '#!/bin/sh\necho this is no sound at all, and goes on for a while\nexec sleep 60\n'],
    ['is cut off in its header', "#!/bin/sh\nprintf 'RIFF1234WAVEfmt '\n"],
  ])('a program that %s is a clear error', async (_, script) => {
    const output = await EspeakNg.load(optionsOf({ engine: 'espeakNg' }), context());
    const folder = await mkdtemp(join(programs, 'bin-'));
    await writeFile(join(folder, 'espeak-ng'), script);
    await chmod(join(folder, 'espeak-ng'), 0o755);
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    await expect(output.synthesize('Hello.', speakOptions).next()).rejects.toMatchObject({ code: 'speech-failed' });
  });
});
