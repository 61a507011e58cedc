import { randomUUID } from 'node:crypto';
import type { Log } from '../../engineContext.js';
import type { Credentials } from '../credentials.js';
import { Inbox } from '../inbox.js';
import { MqttConnection } from '../mqttConnection.js';
import type { Publication } from '../mqttLink.js';
import type { MqttOptions } from '../options.js';
import * as schemas from '../schemas.js';
import { filters, topics } from '../topics.js';
import { Departures } from './departures.js';

/**
 * Changes of load, also to a full queue and back, are told at most this often, ms: every device gets each of them, and one that asks a
 * full host is told so at once. Other changes of state are told at once.
 */
const leastApartMs = 1_000;
const loads: readonly unknown[] = ['ready', 'busy'];

/** What the host says of itself; the link adds who and when. */
export type Described = Omit<schemas.HostPresent, 'v' | 'instance' | 'link' | 'pool' | 'shared' | 'since'>;

export interface HostLinkSettings {
  readonly mqtt: MqttOptions;
  readonly credentials: Credentials;
  /** This host's name in topics. */
  readonly name: string;
  readonly pool: string;
  readonly instance: string;
  readonly heartbeatMs: number;
  readonly log: Log;
  readonly describe: () => Described;
  readonly onRequest: (device: string, request: schemas.Request) => void;
  readonly onCancel: (device: string, request: string) => void;
  readonly onResend: (device: string, request: string, from: number) => void;
  /** Nobody waits for what this device had asked. */
  readonly onDeviceGone: (device: string) => void;
  /** A device came, left, or said what it does. */
  readonly onDevices?: () => void;
  readonly onConnected?: () => void;
  readonly onLost?: () => void;
  readonly graceMs?: number;
}

/** The host's side of the topics: takes requests, sends replies, says what state the host is in. */
export class HostLink {
  readonly #settings: HostLinkSettings;
  readonly #connection: MqttConnection;
  readonly #inbox: Inbox;
  readonly #departures: Departures;
  readonly #since = Date.now();
  #link = randomUUID();
  #shared = false;
  #state: Described['state'] | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #later: NodeJS.Timeout | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** Starts to connect. */
  constructor(settings: HostLinkSettings) {
    this.#settings = settings;
    this.#departures = new Departures(settings.onDeviceGone, settings.graceMs);
    this.#inbox = this.#openInbox();
    this.#connection = this.#connect();
  }

  /** As of `MqttConnection.whenConnected`. */
  whenConnected(timeoutMs: number): Promise<void> {
    return this.#connection.whenConnected(timeoutMs);
  }

  get connected(): boolean {
    return this.#connection.connected;
  }

  get protocol(): '5' | '3.1.1' {
    return this.#connection.protocol;
  }

  /** Devices that are there. */
  get devices(): number {
    return this.#departures.present;
  }

  /** What was dropped because it was not a message of ours, by reason. */
  get dropped(): Readonly<Record<string, number>> {
    return this.#inbox.dropped;
  }

  /** What can't be sent is lost here; the device asks for it again. */
  send(device: string, request: string, reply: schemas.Reply): void {
    this.#connection.post({ topic: topics.reply(device, request), payload: schemas.formatMessage(reply) });
  }

  /** State or load have changed: tells everybody, soon. */
  changed(): void {
    const { state } = this.#settings.describe();
    const onlyLoad = state === this.#state || (loads.includes(state) && loads.includes(this.#state));
    const wait = onlyLoad ? this.#toldAt + leastApartMs - performance.now() : 0;
    if (wait <= 0) this.#tell();
    else this.#later ??= setTimeout(() => this.#tell(), wait);
  }

  /** Says goodbye. */
  async close(): Promise<void> {
    this.#quiet();
    this.#departures.close();
    await this.#connection.close(this.#offline);
  }

  /** Breaks the connection without a goodbye; it comes back by itself. For tests. */
  cut(): void {
    this.#connection.cut();
  }

  #openInbox(): Inbox {
    const { log, onRequest, onCancel, onResend } = this.#settings;
    return new Inbox(log)
      .on({ kind: 'poolRequest', schema: schemas.request, take: ({ device }, request) => onRequest(device, request) })
      .on({ kind: 'hostRequest', schema: schemas.request, take: ({ device }, request) => onRequest(device, request) })
      .on({ kind: 'cancel', schema: schemas.cancel, take: ({ device, request }) => onCancel(device, request) })
      .on({ kind: 'resend', schema: schemas.resend, take: ({ device, request }, { from }) => onResend(device, request, from) })
      .on({
        kind: 'deviceStatus',
        schema: schemas.deviceStatus,
        take: ({ device }, status, retained) => {
          this.#departures.status(device, status, !retained);
          this.#settings.onDevices?.();
        },
      })
      .on({ kind: 'ping', schema: schemas.ping, take: ({ device }, { request }) => this.#pong(device, request) })
      .on({ kind: 'probe', schema: schemas.probe, take: (_, { probe }) => this.#probed(probe) });
  }

  #connect(): MqttConnection {
    const { mqtt, credentials, name, pool, log, onConnected, onLost } = this.#settings;
    return new MqttConnection({
      options: mqtt,
      credentials,
      clientId: `tandem-host-${name}`,
      will: this.#offline,
      filters: [
        filters.poolRequests(pool),
        filters.hostRequests(name),
        filters.cancels(),
        filters.resends(),
        filters.deviceStatuses(),
        filters.pings(name),
        filters.probe(name),
      ],
      log,
      onMessage: (topic, payload, retained) => this.#inbox.receive(topic, payload, retained),
      onConnected: () => {
        this.#link = randomUUID();
        this.#shared = false;
        this.#tell();
        this.#heartbeat = setInterval(() => this.#tell(), this.#settings.heartbeatMs);
        this.#connection.post({ topic: topics.probe(name), payload: schemas.formatMessage({ v: 1, probe: this.#link }), expirySeconds: 2 });
        onConnected?.();
      },
      // Before the first connection whoever waits for it gets the error.
      onFailed: ({ code, message, remedy }) => (this.#toldAt > 0 ? log.warn({ code, remedy }, message) : undefined),
      onLost: () => {
        this.#quiet();
        onLost?.();
      },
    });
  }

  /** The host's word to itself came back through a shared subscription: the broker honours them. */
  #probed(probe: string): void {
    if (probe !== this.#link || this.#shared) return;
    this.#shared = true;
    this.#tell();
  }

  #pong(device: string, request: string): void {
    this.send(device, request, { v: 1, seq: 0, host: this.#settings.name, kind: 'pong' });
  }

  #tell(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    if (!this.#connection.connected) return;
    const { describe, instance, pool } = this.#settings;
    const described = describe();
    this.#state = described.state;
    this.#toldAt = performance.now();
    const status = { v: 1 as const, instance, link: this.#link, pool, shared: this.#shared, since: this.#since, ...described };
    this.#connection.post(this.#retained(status));
  }

  #quiet(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#later);
    this.#later = undefined;
  }

  get #offline(): Publication {
    return this.#retained({ v: 1, instance: this.#settings.instance, state: 'offline' });
  }

  #retained(status: schemas.HostStatus): Publication {
    return { topic: topics.hostStatus(this.#settings.name), payload: schemas.formatMessage(status), retain: true };
  }
}
