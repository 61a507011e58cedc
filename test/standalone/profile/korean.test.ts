import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkFile, loadDeviceProfile, profilesFolder } from '../../../src/profile/load.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const folder = temporaryFolder();

it.each(['pi-5', 'pi-4', 'desktop'].flatMap((name) => ['[ko]', '[en, ko]', '[ko, en]'].map((languages) => [name, languages] as const)))(
  'the profile %s speaks Korean by one word: languages: %s',
  async (name, languages) => {
    const text = readFileSync(join(profilesFolder(), `${name}.yaml`), 'utf8');
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, text.replace(/^languages: .*$/m, `languages: ${languages}`));
    expect(await checkFile(file)).toMatchObject({ mistakes: [], warnings: [] });
  },
);

it('one that is Korean first is among them', async () => {
  const { profile } = await loadDeviceProfile('pi-5-ko');
  expect(profile.languages).toEqual(['ko', 'en']);
  expect(profile.speechToText).toMatchObject({ engine: 'whisperServer', model: expect.not.stringMatching(/\.en\b/) });
});

it('ears that understand English only are a mistake, which says what to write instead', async () => {
  const file = join(folder, 'ears.yaml');
  writeFileSync(
    file,
    readFileSync(join(profilesFolder(), 'pi-5.yaml'), 'utf8').replace('[en]', '[en, ko]').replace('whisper-base', 'whisper-base.en'),
  );
  const { mistakes } = await checkFile(file);
  expect(mistakes.map(({ message }) => message).join()).toMatch(/English only/);
});
