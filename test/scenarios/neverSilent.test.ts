import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTalk } from '../../src/device/open.js';
import { EventLog } from '../../src/events/eventLog.js';
import { projectRoot } from '../../src/paths.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import type { DeviceProfile } from '../../src/profile/schema.js';
import { audible, samplesOf } from '../support/deviceInSilence.js';
import { KeptLog } from '../support/keptLog.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** A device that can't start is no scenario, as it never gets to one: `never-silent` has the others. */

const folder = temporaryFolder();
const recording = join(projectRoot, 'test', 'fixtures', 'wake-word-and-silence.wav');

it.each([
  ['its speech recognition is not there', { speechToText: { engine: 'whisperServer', model: './nowhere.bin' } }],
  ['its voice is not there', { speechOutput: { engine: 'sherpa', model: './nowhere', languages: ['en'] } }],
])(
  'a device that cannot start says why before it ends: %s',
  async (name, change) => {
    const loaded = await loadDeviceProfile('starter');
    const out = join(folder, `${name}.wav`);
    const profile = { ...loaded.profile, ...change } as unknown as DeviceProfile;
    const started = openTalk({ ...loaded, profile }, { in: recording, out }, new EventLog(), new KeptLog());
    await expect(started).rejects.toMatchObject({ code: expect.stringMatching(/missing|not-built/) });
    expect(audible(samplesOf(readFileSync(out)))).toBeGreaterThan(16_000);
  },
  60_000,
);
