import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type AudioSource, FRAME_MS, FRAME_SAMPLES } from '../../src/audio/contract.js';
import type { Device } from '../../src/device/device.js';
import { openTalk } from '../../src/device/open.js';
import { EventLog } from '../../src/events/eventLog.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import { KeptLog } from '../support/keptLog.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-timer-'));
  vi.stubEnv('XDG_DATA_HOME', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Silence, up to a limit; `onFrame` is told how many milliseconds were heard before each frame, and says whether there is one more. */
function silence(onFrame: (ms: number) => boolean): AudioSource {
  return {
    label: 'silence',
    async *frames() {
      for (let ms = 0; ms < 60_000 && onFrame(ms); ms += FRAME_MS) yield new Int16Array(FRAME_SAMPLES);
    },
    close: async () => {},
  };
}

it('a timer that is set in a replay rings in the time of its input, and not by the wall clock', async () => {
  const loaded = await loadDeviceProfile('starter');
  const log = new EventLog();
  const states: string[] = [];
  log.listen((event) => {
    if (event.event === 'state') states.push(event.state);
  });
  let device: Device | undefined;
  let setAt = -1;
  let rangAt = -1;
  const source = silence((ms) => {
    if (ms === 1_600) {
      setAt = ms;
      device?.send({ type: 'ASK', question: { text: 'set a timer for five seconds', language: 'en' } });
    }
    if (rangAt < 0 && states.at(-1) === 'ringing') rangAt = ms;
    if (rangAt >= 0 && ms === rangAt + 4_000) device?.send({ type: 'STOP' });
    return rangAt < 0 || ms < rangAt + 5_000;
  });
  const running = await openTalk(loaded, { in: source, out: join(folder, 'answer.wav'), fast: true }, log, new KeptLog());
  device = running.device;
  try {
    await running.listen(new AbortController().signal);
    expect(device.asleep).toBe(true);
  } finally {
    await running.close();
  }
  // What the engines took to answer counts as time too: a little less of it is left for the input.
  expect(rangAt - setAt).toBeGreaterThan(1_000);
  expect(rangAt - setAt).toBeLessThan(5_400);
  expect(states.slice(-2)).toEqual(['ringing', 'asleep']);
}, 60_000);
