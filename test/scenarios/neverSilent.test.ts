import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Device } from '../../src/device/device.js';
import { openTalk } from '../../src/device/open.js';
import { EventLog } from '../../src/events/eventLog.js';
import type { LoggedEvent } from '../../src/events/events.js';
import { projectRoot } from '../../src/paths.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import type { DeviceProfile } from '../../src/profile/schema.js';
import type { Language } from '../../src/speech-to-text/contract.js';
import { audible, inSilence, samplesOf } from '../support/deviceInSilence.js';
import { KeptLog } from '../support/keptLog.js';

const QUIET = join(projectRoot, 'test', 'fixtures', 'wake-word-and-silence.wav');

/** Real engines in a silent room: whatever is missing, the device says so. */

async function ask(device: Device, text: string, language: Language): Promise<void> {
  device.send({ type: 'ASK', question: { text, language } });
  await device.idle();
}

function sentencesOf(events: readonly LoggedEvent[]): readonly string[] {
  return events.flatMap((event) => (event.event === 'sentence' ? [event.text] : []));
}

function errorsOf(events: readonly LoggedEvent[]): readonly string[] {
  return events.flatMap((event) => (event.event === 'error' ? [event.code] : []));
}

function withoutModel(profile: DeviceProfile): DeviceProfile {
  const languageModel = { ...profile.languageModel, model: './nowhere.gguf' } as DeviceProfile['languageModel'];
  return { ...profile, languages: ['en', 'ko'], languageModel };
}

it('a device without its language model says so, does what skills do, and says what is missing for the rest', async () => {
  const { events, sound } = await inSilence(withoutModel, async (device) => {
    await ask(device, 'what is twelve times twelve', 'en');
    await ask(device, 'what is the capital of France', 'en');
  });
  expect(sentencesOf(events)).toEqual(["That's 144."]);
  expect(errorsOf(events)).toEqual(['model-missing', 'no-language-model']);
  // Five seconds and more: three sentences.
  expect(audible(sound)).toBeGreaterThan(5 * 16_000);
}, 180_000);

describe('a device that cannot start', () => {
  it.each([
    ['its speech recognition is not there', { speechToText: { engine: 'whisperServer', model: './nowhere.bin' } }],
    ['its voice is not there', { speechOutput: { engine: 'sherpa', model: './nowhere', languages: ['en'] } }],
  ])(
    'says why before it ends: %s',
    async (_, change) => {
      const loaded = await loadDeviceProfile('starter');
      const folder = mkdtempSync(join(tmpdir(), 'tandem-silent-'));
      const out = join(folder, 'words.wav');
      try {
        const profile = { ...loaded.profile, ...change } as unknown as DeviceProfile;
        const started = openTalk({ ...loaded, profile }, { in: QUIET, out }, new EventLog(), new KeptLog());
        await expect(started).rejects.toMatchObject({ code: expect.stringMatching(/missing|not-built/) });
        expect(audible(samplesOf(readFileSync(out)))).toBeGreaterThan(16_000);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    60_000,
  );
});

it('a bigger model that was asked for and is not there: the device says so and answers itself', async () => {
  const both = (profile: DeviceProfile): DeviceProfile => ({ ...profile, languages: ['en', 'ko'] });
  const { events } = await inSilence(both, async (device) => {
    await ask(device, 'ask the big model what is the capital of France', 'en');
    await ask(device, '큰 모델한테 물어봐 줘', 'ko');
    await ask(device, 'what is the capital of Spain', 'en');
  });
  const turns = [1, 2, 3].map((turn) => sentencesOf(events.filter((event) => event.turn === turn)));
  expect(turns[0]?.[0]).toMatch(/^I can't reach the bigger model/);
  expect(turns[1]?.[0]).toMatch(/^더 큰 모델에 연결할 수 없어서/);
  expect(turns.map((sentences) => sentences.length > 1)).toEqual([true, true, false]);
  expect(errorsOf(events)).toEqual([]);
}, 180_000);
