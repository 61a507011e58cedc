import type { Log } from '../../engineContext.js';
import { nameInTopics } from '../names.js';
import type { HandoffOptions } from '../options.js';
import { type ReachSettings, reachBroker } from '../reach.js';
import type { DeviceCommand } from '../schemas.js';
import { HostClient } from './hostClient.js';

export interface HostClientParts extends ReachSettings {
  readonly handoff: HandoffOptions;
  /** The profile's name and the program's version, for the status that others see. */
  readonly profile: string;
  readonly version: string;
  readonly log: Log;
  readonly onCommand?: (command: DeviceCommand) => void;
}

/** A device's place at the broker, already connecting. Does not wait for it: a device works without. */
export async function createHostClient(parts: HostClientParts): Promise<HostClient> {
  const { handoff, profile, version, log, onCommand } = parts;
  const reach = await reachBroker(parts);
  const device = nameInTopics(handoff.device, reach.mqtt.username);
  return new HostClient({ ...reach, device, handoff, profile, version, log, ...(onCommand === undefined ? {} : { onCommand }) });
}
