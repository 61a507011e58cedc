import { expect, test } from 'vitest';
import { catalogue } from '../../../src/models/catalogue.js';
import { checkProfile } from '../../../src/profile/check.js';
import { profileTemplate } from '../../../src/profile/template.js';

const minimal = { device: 'name: Hall\n', host: 'kind: host\nname: Hall\nlanguageModel: { engine: exaone, model: tandem-starter }\n' };

test.each(['device', 'host'] as const)('a new %s profile means the defaults, also when everything in it is switched on', async (kind) => {
  const text = profileTemplate('Hall', kind, './profile.schema.json');
  const allOn = text
    .split('\n')
    .slice(3)
    .map((line) => line.replace(/^# /, ''))
    .join('\n');
  const read = async (yaml: string) => checkProfile(yaml, 'hall.yaml', '/nowhere', catalogue());
  const expected = (await read(minimal[kind])).profile;
  expect(expected).toBeDefined();
  expect((await read(text)).profile).toEqual(expected);
  expect(await read(allOn)).toEqual({ profile: expected, mistakes: [], warnings: [] });
  expect(allOn).toContain(kind === 'host' ? 'queueLimit: 16' : 'thresholdWhileSpeaking: 0.7');
});
