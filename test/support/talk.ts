import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTalk } from '../../src/device/open.js';
import { EventLog } from '../../src/events/eventLog.js';
import type { LoggedEvent } from '../../src/events/events.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import type { DeviceProfile } from '../../src/profile/schema.js';
import { KeptLog } from './keptLog.js';

export interface TalkRun {
  readonly events: readonly LoggedEvent[];
  /** The bytes of what the loudspeaker would have played, a WAV file. */
  readonly answer: Buffer;
}

/** On a busy machine engines take long; how long is a question for benchmarks. */
const PATIENCE_MS = 120_000;

/** A whole device of the starter profile, with its real engines, hears a recording as fast as it can. */
export async function hearRecording(
  file: string,
  change: (profile: DeviceProfile) => DeviceProfile = (profile) => profile,
): Promise<TalkRun> {
  const loaded = await loadDeviceProfile('starter');
  const folder = mkdtempSync(join(tmpdir(), 'tandem-talk-'));
  const out = join(folder, 'answer.wav');
  const log = new EventLog();
  const events: LoggedEvent[] = [];
  log.listen((event) => events.push(event));
  try {
    const running = await openTalk(
      { ...loaded, profile: change(patient(loaded.profile)) },
      { in: file, out, fast: true },
      log,
      new KeptLog(),
    );
    try {
      await running.listen(new AbortController().signal);
    } finally {
      await running.close();
    }
    return { events, answer: readFileSync(out) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function patient(profile: DeviceProfile): DeviceProfile {
  const { conversation } = profile;
  const limits = { ...conversation.limits, transcribingMs: PATIENCE_MS, firstTextMs: PATIENCE_MS, answeringMs: PATIENCE_MS };
  return { ...profile, conversation: { ...conversation, thinkingSoundAfterMs: 60_000, limits } };
}
