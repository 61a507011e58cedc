import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../engineContext.js';
import type { TandemError } from '../errors.js';
import type { Credentials } from './credentials.js';
import { Inbox } from './inbox.js';
import { MqttConnection } from './mqttConnection.js';
import type { MqttOptions } from './options.js';
import * as schemas from './schemas.js';
import { filters, isId, topics } from './topics.js';

/** The broker sends what it has kept in one go: when nothing more has come for this long, ms, that was all. */
const quietMs = 250;
const longestMs = 2_000;
const lookEveryMs = 20;
const pingTimeoutMs = 1_000;
/** Most hosts and devices that are listed. */
const most = 1_000;

export interface HostSeen {
  readonly host: string;
  readonly status: schemas.HostStatus;
  /** To the host and back, ms; undefined where it did not answer. */
  readonly roundTripMs: number | undefined;
}

export interface Surroundings {
  /** MQTT version of this connection. */
  readonly protocol: '5' | '3.1.1';
  readonly hosts: readonly HostSeen[];
  readonly devices: readonly { readonly device: string; readonly status: schemas.DeviceStatus }[];
}

export interface LookAroundSettings {
  readonly mqtt: MqttOptions;
  readonly credentials: Credentials;
  readonly log: Log;
}

/** Who is there: every host and device that the broker knows of, and how long the way to each host is. Rejects with a `broker-…` error. */
export async function lookAround({ mqtt, credentials, log }: LookAroundSettings): Promise<Surroundings> {
  // With an access list, replies can only be read under the account's own name.
  const self = mqtt.username !== undefined && isId(mqtt.username) ? mqtt.username : `viewer-${randomUUID().slice(0, 8)}`;
  const found = new Found(log);
  let fail: (error: TandemError) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const connection = new MqttConnection({
    options: mqtt,
    credentials,
    clientId: `tandem-viewer-${randomUUID().slice(0, 8)}`,
    filters: [filters.hostStatuses(), filters.deviceStatuses(), filters.replies(self)],
    log,
    onMessage: (topic, payload, retained) => found.inbox.receive(topic, payload, retained),
    // Whoever asks who is there does not want to wait for a broker that is not.
    onFailed: (error) => fail(error),
  });
  try {
    await Promise.race([connection.whenConnected(2 * mqtt.connectTimeoutMs), failed]);
    await found.everything();
    const hosts = await Promise.all(
      [...found.hosts].map(async ([host, status]) => {
        const roundTripMs = status.state === 'offline' ? undefined : await roundTrip(connection, found.pongs, host, self);
        return { host, status, roundTripMs };
      }),
    );
    return {
      protocol: connection.protocol,
      hosts: hosts.sort((a, b) => a.host.localeCompare(b.host)),
      devices: [...found.devices].map(([device, status]) => ({ device, status })).sort((a, b) => a.device.localeCompare(b.device)),
    };
  } finally {
    await connection.close();
  }
}

/** What comes from the broker while one looks around. */
class Found {
  readonly hosts = new Map<string, schemas.HostStatus>();
  readonly devices = new Map<string, schemas.DeviceStatus>();
  /** By request, who waits for the answer to a ping. */
  readonly pongs = new Map<string, () => void>();
  readonly inbox: Inbox;
  #lastAt = performance.now();

  constructor(log: Log) {
    this.inbox = new Inbox(log)
      .on({ kind: 'hostStatus', schema: schemas.hostStatus, take: ({ host }, status) => this.#keep(this.hosts, host, status) })
      .on({ kind: 'deviceStatus', schema: schemas.deviceStatus, take: ({ device }, status) => this.#keep(this.devices, device, status) })
      .on({ kind: 'reply', schema: schemas.reply, take: ({ request }) => this.pongs.get(request)?.() });
  }

  /** Resolves when all that the broker has kept is there. */
  async everything(): Promise<void> {
    const begin = performance.now();
    this.#lastAt = begin;
    while (performance.now() < Math.min(this.#lastAt + quietMs, begin + longestMs)) await pause(lookEveryMs);
  }

  #keep<Status>(known: Map<string, Status>, name: string, status: Status): void {
    this.#lastAt = performance.now();
    if (known.has(name) || known.size < most) known.set(name, status);
  }
}

async function roundTrip(
  connection: MqttConnection,
  pongs: Map<string, () => void>,
  host: string,
  self: string,
): Promise<number | undefined> {
  const request = randomUUID();
  const begin = performance.now();
  return new Promise((resolve) => {
    const finish = (result: number | undefined) => {
      clearTimeout(timer);
      pongs.delete(request);
      resolve(result);
    };
    const timer = setTimeout(() => finish(undefined), pingTimeoutMs);
    pongs.set(request, () => finish(performance.now() - begin));
    connection.post({ topic: topics.ping(host, self), payload: schemas.formatMessage({ v: 1, request }), expirySeconds: 1 });
  });
}
