import type { EngineContext } from '../engineContext.js';
import { UsageError } from '../errors.js';
import { type Credentials, loadCredentials } from './credentials.js';
import { type MqttOptions, mqttOptions } from './options.js';

/** The broker of a profile, ready to connect to. */
export interface Reach {
  readonly mqtt: MqttOptions;
  readonly credentials: Credentials;
}

export interface ReachSettings {
  /** The profile's section; undefined: all defaults. */
  readonly mqtt: MqttOptions | undefined;
  /** From `--mqtt`, goes before the profile's. */
  readonly url?: string | undefined;
  /** The profile's folder: what paths in it are relative to. */
  readonly folder: string;
  readonly secret: EngineContext['secret'];
}

/** Rejects with `UsageError` where `url` is not the address of a broker, and with `broker-file` where a file can't be read. */
export async function reachBroker({ mqtt, url, folder, secret }: ReachSettings): Promise<Reach> {
  const given = mqttOptions.safeParse({ ...mqtt, ...(url === undefined ? {} : { url }) });
  if (!given.success) throw new UsageError(`--mqtt ${given.error.issues[0]?.message ?? 'is not the address of a broker'}.`);
  return { mqtt: given.data, credentials: await loadCredentials(given.data, await secret('TANDEM_MQTT_PASSWORD'), folder) };
}
