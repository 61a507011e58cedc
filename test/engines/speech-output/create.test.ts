import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSpeechOutput } from '../../../src/speech-output/create.js';
import { speechOutputOptions } from '../../../src/speech-output/options.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { context } from './subjects.js';
import { writeTinyVoice } from './tinyVoice.js';

const voice = join(temporaryFolder(), 'tiny');
writeTinyVoice(voice);
const models = context({ tiny: voice });

async function labelOf(section: object): Promise<string> {
  const output = await createSpeechOutput(speechOutputOptions.parse(section), models);
  await output.close();
  return output.label;
}

describe('the engine that a profile names', () => {
  test('espeakNg speaks both languages alone', async () => {
    expect(await labelOf({ engine: 'espeakNg' })).toBe('espeak-ng');
  });

  test('sherpa has espeakNg beside it for Korean, or what the profile says', async () => {
    expect(await labelOf({ engine: 'sherpa', model: 'tiny' })).toBe('sherpa-onnx tiny, espeak-ng for other languages');
    expect(await labelOf({ engine: 'sherpa', model: 'tiny', languages: ['en', 'ko'] })).toBe('sherpa-onnx tiny');
    const both = { engine: 'sherpa', model: 'tiny', otherLanguage: { engine: 'sherpa', model: 'tiny', languages: ['ko'] } };
    expect(await labelOf(both)).toBe('sherpa-onnx tiny, sherpa-onnx tiny for other languages');
  });

  test('when the other engine can not be loaded, nothing of the first one is left', async () => {
    const before = childProcesses().length;
    const section = { engine: 'sherpa', model: 'tiny', otherLanguage: { engine: 'espeakNg', voice: { ko: 'nobody' } } };
    await expect(labelOf(section)).rejects.toMatchObject({ code: 'voice-unknown' });
    await eventually('the process of the voice is gone', () => childProcesses().length === before);
  });

  test.each([
    [{ engine: 'espeakNg', voice: { en: '-w/etc/passwd' } }, /voice name/],
    [{ engine: 'espeakNg', speed: 5 }, /80/],
    [{ engine: 'say', speed: 9 }, /2/],
    [{ engine: 'sherpa' }, /model|string/],
    [{ engine: 'google' }, /espeakNg/],
    [{ engine: 'espeakNg', volume: 3 }, /volume/],
  ])('%j is refused', (section, reason) => {
    const parsed = speechOutputOptions.safeParse(section);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.message).toMatch(reason);
  });
});
