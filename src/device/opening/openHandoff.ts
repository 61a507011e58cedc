import { createHostClient } from '../../handoff/device/create.js';
import type { HostClient } from '../../handoff/device/hostClient.js';
import type { DeviceCommand } from '../../handoff/schemas.js';
import { programVersion } from '../../version.js';
import type { Opening } from './opening.js';

/** How long the start waits for the broker, and then for a host's word, ms; afterwards both may still come at any time. */
const BROKER_WAIT_MS = 2_000;
const HOST_WAIT_MS = 500;
const LOOK_EVERY_MS = 20;

/** The device at its broker; undefined where the profile names none. A broker that is not there is no reason not to start. */
export async function openHandoff(
  { loaded, options, events, context: { log, secret }, closers }: Opening,
  onCommand: (command: DeviceCommand) => void,
): Promise<HostClient | undefined> {
  const { profile, folder } = loaded;
  if (options.mqtt === undefined && profile.mqtt === undefined) return undefined;
  const client = closers.add(
    await createHostClient({
      mqtt: profile.mqtt,
      url: options.mqtt,
      folder,
      secret,
      handoff: profile.handoff,
      profile: profile.name,
      version: programVersion(),
      log,
      onCommand,
    }),
  );
  try {
    await client.whenConnected(BROKER_WAIT_MS);
    for (let waited = 0; waited < HOST_WAIT_MS && client.hostsAvailable().count === 0; waited += LOOK_EVERY_MS) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    events.emit({ event: 'notice', code: 'broker-unreachable', message: `${message} The device answers by itself until it is there.` });
  }
  return client;
}
