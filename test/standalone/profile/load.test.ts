import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadProfile } from '../../../src/profile/load.js';
import { isOpenToOthers, readSecret } from '../../../src/profile/secrets.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-profile-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function put(name: string, content: string | Uint8Array, mode = 0o600): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content, { mode });
  await chmod(file, mode);
  return file;
}

describe('loading a profile', () => {
  test('by its file', async () => {
    const file = await put('kitchen.yaml', 'name: Kitchen\n');
    expect(await loadProfile(file)).toMatchObject({ file, folder, profile: { name: 'Kitchen' }, warnings: [] });
  });

  test('that is not there names the known ones and the one that was meant', async () => {
    await expect(loadProfile('stater')).rejects.toMatchObject({
      code: 'profile-missing',
      remedy: expect.stringMatching(/^Did you mean starter\? Known: .*starter/),
    });
    await expect(loadProfile(join(folder, 'no.yaml'))).rejects.toMatchObject({ code: 'profile-missing' });
  });

  test('with mistakes rejects with all of them', async () => {
    const file = await put('kitchen.yaml', 'name: 1\nlanguages: [fr]\n');
    await expect(loadProfile(file)).rejects.toMatchObject({
      code: 'profile-invalid',
      mistakes: [{ path: 'name' }, { path: 'languages[0]' }],
      message: expect.stringContaining('kitchen.yaml:2:13: languages[0]'),
    });
  });

  test.each([
    ['a file that is too large', () => put('large.yaml', `# ${'x'.repeat(300 * 1024)}`)],
    ['a file that is not text', () => put('photo.yaml', new Uint8Array([0xff, 0xfe, 0x00, 0x80]))],
    ['a folder', async () => `${folder}/`],
  ])('%s is one clear sentence', async (_what, make) => {
    const file = await make();
    await expect(loadProfile(file)).rejects.toMatchObject({ code: 'profile-unreadable', remedy: expect.any(String) });
  });
});

describe('secrets', () => {
  test('come from the environment first', async () => {
    const file = await put('secrets.yaml', 'TANDEM_MQTT_PASSWORD: from-file\n');
    expect(await readSecret('TANDEM_MQTT_PASSWORD', file, folder)).toBe('from-file');
    vi.stubEnv('TANDEM_MQTT_PASSWORD', 'from-environment');
    expect(await readSecret('TANDEM_MQTT_PASSWORD', file, folder)).toBe('from-environment');
  });

  test.each([
    ['YAML, where digits stay as they are written', 'TANDEM_API_KEY: 0123\n', '0123'],
    ['quoted YAML', 'TANDEM_API_KEY: "a: b"\n', 'a: b'],
    ['an ENV file', "# key\nexport PICOVOICE_ACCESS_KEY=abc==\nTANDEM_API_KEY='with = and # in it'\n", 'with = and # in it'],
    ['an empty file', '', undefined],
  ])('are read from %s', async (_what, text, value) => {
    await put('secrets', text);
    expect(await readSecret('TANDEM_API_KEY', 'secrets', folder)).toBe(value);
  });

  test('an error says nothing of what is in the file', async () => {
    await put('secrets', 'TANDEM_API_KEY: [hunter2]\n');
    const error: unknown = await readSecret('TANDEM_API_KEY', 'secrets', folder).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'secrets-unreadable' });
    expect(String(error)).not.toContain('hunter2');
    await expect(readSecret('TANDEM_API_KEY', 'gone', folder)).rejects.toMatchObject({ code: 'secrets-unreadable' });
  });

  test('a file that others may read is noticed', async () => {
    expect(await isOpenToOthers(await put('closed', '', 0o600))).toBe(false);
    const open = await put('open', '', 0o644);
    expect(await isOpenToOthers(open)).toBe(true);
    const { warnings } = await loadProfile(await put('kitchen.yaml', 'name: Kitchen\nsecretsFile: open\n'));
    expect(warnings).toMatchObject([{ path: 'secretsFile', remedy: `Run: chmod 600 ${open}` }]);
  });
});
