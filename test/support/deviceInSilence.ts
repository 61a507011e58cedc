import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AudioSource, FRAME_SAMPLES } from '../../src/audio/contract.js';
import type { Device } from '../../src/device/device.js';
import { openTalk } from '../../src/device/open.js';
import { EventLog } from '../../src/events/eventLog.js';
import type { LoggedEvent } from '../../src/events/events.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import type { DeviceProfile } from '../../src/profile/schema.js';
import { KeptLog } from './keptLog.js';

export interface SilentRun {
  readonly events: readonly LoggedEvent[];
  /** What the loudspeaker played, 16 kHz. */
  readonly sound: Int16Array;
}

/**
 * A whole device of the starter profile, changed, with its real engines, in a room without a sound, where nobody says a wake word: `drive` sends it events and waits
 * with `device.idle()`.
 */
export async function inSilence(
  change: (profile: DeviceProfile) => DeviceProfile,
  drive: (device: Device) => Promise<void>,
): Promise<SilentRun> {
  const loaded = await loadDeviceProfile('starter');
  const folder = mkdtempSync(join(tmpdir(), 'tandem-silence-'));
  const out = join(folder, 'answer.wav');
  const log = new EventLog();
  const events: LoggedEvent[] = [];
  log.listen((event) => events.push(event));
  const leaving = new AbortController();
  try {
    const { device, listen, close } = await openTalk(
      { ...loaded, profile: change({ ...loaded.profile, wakeWord: { engine: 'none' } }) },
      { in: silence(leaving.signal), out, fast: true },
      log,
      new KeptLog(),
    );
    const heard = listen(leaving.signal);
    try {
      await device.idle();
      await drive(device);
    } finally {
      leaving.abort();
      await heard;
      await close();
    }
    return { events, sound: samplesOf(readFileSync(out)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function silence(signal: AbortSignal): AudioSource {
  return {
    label: 'silence',
    async *frames() {
      while (!signal.aborted) {
        await new Promise((resolve) => setImmediate(resolve));
        yield new Int16Array(FRAME_SAMPLES);
      }
    },
    close: async () => {},
  };
}

/** Of a WAV file as the device writes it. */
export function samplesOf(file: Buffer): Int16Array {
  return new Int16Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + file.length - (file.length % 2)));
}

/** Samples that are no silence. */
export function audible(sound: Int16Array): number {
  return sound.filter((sample) => Math.abs(sample) > 200).length;
}
