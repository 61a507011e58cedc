import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { projectRoot } from '../../src/paths.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import { tandem } from '../support/commandLine.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const folder = temporaryFolder();
const question = join(projectRoot, 'test', 'fixtures', 'capital-france-breath.wav');
/** In the question, and in its answer. */
const WORDS = /capital|france|paris/i;

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  ['nothing', false, []],
  ['the conversation and nothing else', true, ['conversation.json']],
])('%s of what was said is on the disk', { timeout: 300_000 }, async (_, keepConversation, wanted) => {
  const home = mkdtempSync(join(folder, 'home-'));
  for (const name of ['HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'TMPDIR']) vi.stubEnv(name, home);
  const { profile } = await loadDeviceProfile('starter');
  const file = join(home, 'device.yaml');
  const phrases = join(projectRoot, 'device-profiles', 'starter', 'phrases.yaml');
  const model = join(projectRoot, 'device-profiles', 'starter', 'tandem-starter.gguf');
  const { speechToText, languageModel, ...others } = profile;
  const changed = {
    ...others,
    speechToText: { ...speechToText, phrases },
    languageModel: { ...languageModel, model },
    privacy: { keepConversation },
  };
  writeFileSync(file, stringify(changed));
  const { code, err } = await tandem('talk', '--profile', file, '--in', question, '--out', join(home, 'played.wav'), '--fast');
  expect({ code, err: WORDS.test(err) }).toEqual({ code: 0, err: false });
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => !/\.(?:wav|yaml)$/.test(name));
  const written = files.filter((name) => statSync(join(home, name)).isFile() && WORDS.test(readFileSync(join(home, name), 'latin1')));
  expect(written.map((name) => name.split('/').at(-1))).toEqual(wanted);
});
