import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AudioSource, FRAME_MS, FRAME_SAMPLES } from '../../src/audio/contract.js';
import type { Device } from '../../src/device/device.js';
import { openTalk } from '../../src/device/open.js';
import { RealTimePace } from '../../src/device/pace.js';
import type { HeavyEngines } from '../../src/device/rehearsal.js';
import { EventLog } from '../../src/events/eventLog.js';
import type { LoggedEvent } from '../../src/events/events.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import type { DeviceProfile } from '../../src/profile/schema.js';
import { KeptLog } from './keptLog.js';

export interface LiveParts {
  readonly change?: (profile: DeviceProfile) => DeviceProfile;
  /** Instead of those that the profile names. */
  readonly engines?: Partial<HeavyEngines>;
  /** The broker at home. */
  readonly mqtt?: string;
  /** From then on the microphone gives no more sound, and no error either. */
  readonly microphoneHangs?: (state: string) => boolean;
}

export interface Live {
  readonly device: Device;
  /** All that has happened so far. */
  readonly events: readonly LoggedEvent[];
  /** States by their names, in the order in which they came. */
  readonly states: () => readonly string[];
  /** Where the device keeps its timers. */
  readonly dataFolder: string;
}

/** A whole device of the starter profile, changed, in a quiet room and in real time: for what waits by the clock on the wall. */
export async function live(
  { change = (profile) => profile, engines = {}, mqtt, microphoneHangs }: LiveParts,
  drive: (live: Live) => Promise<void>,
) {
  const loaded = await loadDeviceProfile('starter');
  const dataFolder = mkdtempSync(join(tmpdir(), 'tandem-live-'));
  const log = new EventLog();
  const events: LoggedEvent[] = [];
  log.listen((event) => events.push(event));
  const states = () => events.flatMap((event) => (event.event === 'state' ? [event.state] : []));
  const leaving = new AbortController();
  const source = quietRoom(() => microphoneHangs?.(states().at(-1) ?? '') === true, leaving.signal);
  const rehearsal = {
    pace: new RealTimePace(),
    dataFolder,
    onPlayed: () => {},
    onWords: () => {},
    engines: { languageModel: (_, load) => load(), speechToText: (_, load) => load(), ...engines } satisfies HeavyEngines,
  };
  const options = { in: source, out: join(dataFolder, 'played.wav'), rehearsal, ...(mqtt === undefined ? {} : { mqtt }) };
  try {
    const running = await openTalk({ ...loaded, profile: change(loaded.profile) }, options, log, new KeptLog());
    const listening = running.listen(leaving.signal);
    try {
      await drive({ device: running.device, events, states, dataFolder });
    } finally {
      leaving.abort();
      await listening;
      await running.close();
    }
  } finally {
    rmSync(dataFolder, { recursive: true });
  }
}

function quietRoom(hangs: () => boolean, signal: AbortSignal): AudioSource {
  const left = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  return {
    label: 'a quiet room',
    async *frames() {
      while (!signal.aborted) {
        await (hangs() ? left : new Promise((resolve) => setTimeout(resolve, FRAME_MS)));
        yield new Int16Array(FRAME_SAMPLES);
      }
    },
    close: async () => {},
  };
}
