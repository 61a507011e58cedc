import type { Closers } from '../../closers.js';
import type { EngineContext } from '../../engineContext.js';
import type { EventLog } from '../../events/eventLog.js';
import type { LoadedProfile } from '../../profile/load.js';
import type { DeviceProfile } from '../../profile/schema.js';
import type { Pace } from '../pace.js';
import type { TalkOptions } from '../talkOptions.js';
import type { DeviceToCome } from './deviceToCome.js';

/** What each part of a device is opened with. What a part has to undo it adds to `closers`. */
export interface Opening {
  readonly loaded: LoadedProfile<DeviceProfile>;
  readonly options: TalkOptions;
  /** Where the device keeps timers, alarms and its conversation. */
  readonly dataFolder: string;
  readonly pace: Pace;
  readonly events: EventLog;
  readonly context: EngineContext;
  readonly closers: Closers;
  readonly toCome: DeviceToCome;
}
