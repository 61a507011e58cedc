import type { Device } from '../device/device.js';
import type { RunningDevice } from '../device/open.js';
import { isAborted, type TandemError, toTandemError } from '../errors.js';
import type { LoadedProfile } from '../profile/load.js';
import type { DeviceProfile } from '../profile/schema.js';
import type { Beginning, Later } from './begin.js';

/** Talking on one profile, and when another is ready and nobody is being talked to, going on with that. */

type Loaded = LoadedProfile<DeviceProfile>;

/** What of a running device matters here. */
export type Changing = Pick<RunningDevice, 'volume' | 'setVolume' | 'memory' | 'close'> & {
  readonly device: Pick<Device, 'idle' | 'muted' | 'send'>;
};

export interface Talking<D extends Changing> {
  /** `needsModel`: rejects where there is no language model; there is something better to go on with. */
  readonly open: (loaded: Loaded, needsModel: boolean) => Promise<D>;
  /** Until the person ends it, the input is over or the signal fires. */
  readonly converse: (running: D, loaded: Loaded, signal: AbortSignal) => Promise<void>;
  /** Gets everything there for the later profile; resolves with whether it can be used, soon after `signal` fires. Must not reject. */
  readonly prepare: (later: Later, signal: AbortSignal) => Promise<boolean>;
  readonly onChanged: (running: D, loaded: Loaded) => void;
  /** A profile can't be opened; another one is. */
  readonly onTrouble: (error: TandemError) => void;
  readonly stop: AbortSignal;
}

/** Resolves when the conversation is over; nothing runs in the background then. */
export async function talkOn<D extends Changing>({ loaded, later, spare }: Beginning, talking: Talking<D>): Promise<void> {
  const first = await openOr(loaded, spare, talking);
  if (later === undefined) {
    await talk(first, talking, talking.stop);
    return;
  }
  if (!(await talkUntilReady(first, later, talking))) return;
  const second = await openOr(later.loaded, loaded, talking);
  takeOver(first.running, second.running);
  if (second.loaded === later.loaded) talking.onChanged(second.running, second.loaded);
  await talk(second, talking, talking.stop);
}

interface Opened<D> {
  readonly running: D;
  readonly loaded: Loaded;
}

/** Where the first fails, says why and opens the spare one. */
async function openOr<D extends Changing>(first: Loaded, spare: Loaded | undefined, { open, onTrouble }: Talking<D>): Promise<Opened<D>> {
  try {
    return { running: await open(first, spare !== undefined), loaded: first };
  } catch (error) {
    if (spare === undefined || isAborted(error)) throw error;
    onTrouble(toTandemError(error, 'device'));
    return { running: await open(spare, false), loaded: spare };
  }
}

/** Whoever muted the device, or turned it down, finds it so, and may go on about what was just said. */
function takeOver(before: Changing, after: Changing): void {
  after.setVolume(before.volume());
  after.memory.takeOver(before.memory);
  if (before.device.muted) after.device.send({ type: 'MUTE' });
}

/** Closes the device in the end. */
async function talk<D extends Changing>({ running, loaded }: Opened<D>, { converse }: Talking<D>, until: AbortSignal): Promise<void> {
  try {
    await converse(running, loaded, until);
  } finally {
    await running.close();
  }
}

/** True where the later profile is ready and nobody was being talked to any more; false where the conversation ended before. */
async function talkUntilReady<D extends Changing>(first: Opened<D>, later: Later, talking: Talking<D>): Promise<boolean> {
  const leaving = new AbortController();
  const change = new AbortController();
  const preparing = talking.prepare(later, AbortSignal.any([talking.stop, leaving.signal])).then(async (ready) => {
    if (!ready || leaving.signal.aborted) return;
    await first.running.device.idle();
    change.abort();
  });
  try {
    await talk(first, talking, AbortSignal.any([talking.stop, change.signal]));
    return change.signal.aborted && !talking.stop.aborted;
  } finally {
    leaving.abort();
    await preparing;
  }
}
