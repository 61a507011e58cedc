import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ErrorWithReasonCode, type IStream, MqttClient } from 'mqtt';
import { TandemError } from '../errors.js';
import { closedError, explainBrokerError, silentError } from './brokerErrors.js';
import type { Credentials } from './credentials.js';
import { payloadLimit } from './schemas.js';

/** One connection to the broker, from its first packet to its end; `MqttConnection` makes a new one when it breaks. */

export interface Publication {
  readonly topic: string;
  readonly payload: Buffer;
  readonly retain?: boolean;
  /** The broker may throw it away after this long, s; only MQTT 5 brokers do. */
  readonly expirySeconds?: number;
}

/** A topic filter; `qos` 1 unless it says otherwise. */
export type Filter = string | { readonly filter: string; readonly qos: 0 };

export interface LinkSettings {
  /** mqtt://HOST:PORT or mqtts://HOST:PORT. */
  readonly url: string;
  readonly version: 5 | 4;
  readonly credentials: Credentials;
  readonly clientId: string;
  readonly keepAliveSeconds: number;
  readonly connectTimeoutMs: number;
  /** Most publications that the broker has not yet confirmed. */
  readonly outgoingLimit: number;
  readonly will: Publication | undefined;
  readonly onMessage: (topic: string, payload: Buffer, retained: boolean) => void;
  /** The end, by either side; called once, and only after `connect` resolved. */
  readonly onClosed: (error: TandemError) => void;
}

/** Room for the topic and the packet's own fields beside the largest payload. */
const packetLimit = payloadLimit + 4 * 1024;

/** A broker that does not hang up by then is hung up on, ms. */
const goodbyeMs = 500;

export class MqttLink {
  readonly #client: MqttClient;
  readonly #settings: LinkSettings;
  readonly #unconfirmed = new Set<(error: TandemError) => void>();
  #lastError: unknown;

  private constructor(settings: LinkSettings) {
    this.#settings = settings;
    this.#client = new MqttClient(() => openSocket(settings), {
      protocolVersion: settings.version,
      clientId: settings.clientId,
      clean: true,
      keepalive: settings.keepAliveSeconds,
      // Pings go out on time even while publishing: only an answer shows that the other side is there.
      reschedulePings: false,
      reconnectPeriod: 0,
      connectTimeout: settings.connectTimeoutMs,
      ...(settings.credentials.username === undefined ? {} : { username: settings.credentials.username }),
      ...(settings.credentials.password === undefined ? {} : { password: settings.credentials.password }),
      ...(settings.version === 5 ? { properties: { maximumPacketSize: packetLimit } } : {}),
      ...(settings.will === undefined
        ? {}
        : { will: { topic: settings.will.topic, payload: settings.will.payload, qos: 1, retain: settings.will.retain ?? false } }),
    });
    this.#client.on('error', (error) => {
      this.#lastError ??= error;
    });
    this.#client.on('disconnect', (packet) => {
      this.#lastError ??= new ErrorWithReasonCode('disconnected by the broker', packet.reasonCode ?? 0);
    });
    this.#client.on('message', (topic, payload, packet) => settings.onMessage(topic, payload, packet.retain));
  }

  /** Resolves when the broker has taken the account; rejects with a `broker-…` error. */
  static connect(settings: LinkSettings, signal: AbortSignal): Promise<MqttLink> {
    const link = new MqttLink(settings);
    const client = link.#client;
    return new Promise((resolve, reject) => {
      const fail = (error: TandemError) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abandon);
        client.removeListener('close', closed);
        client.end(true);
        reject(error);
      };
      const closed = () => fail(link.#explain());
      const abandon = () => fail(closedError(settings.url));
      const timer = setTimeout(() => fail(silentError(settings.url, settings.connectTimeoutMs)), settings.connectTimeoutMs);
      signal.addEventListener('abort', abandon, { once: true });
      client.once('close', closed);
      client.once('connect', () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abandon);
        client.removeListener('close', closed);
        client.once('close', () => link.#ended());
        resolve(link);
      });
      if (signal.aborted) abandon();
    });
  }

  /**
   * Rejects with `broker-unauthorised` where the broker refuses one of them. A shared subscription may be refused: not every broker
   * knows them, and some hang up on who asks.
   */
  async subscribe(filters: readonly Filter[]): Promise<void> {
    const isShared = (one: Filter) => typeof one === 'string' && one.startsWith('$share/');
    await this.#subscribe(filters.filter((one) => !isShared(one))).catch((error: unknown) => {
      throw new TandemError({
        code: 'broker-unauthorised',
        stage: 'handoff',
        message: `The broker at ${this.#settings.url} refuses a subscription of this account.`,
        remedy: 'Check the access list of the broker: scripts/mosquitto/setup writes one that fits.',
        cause: error,
      });
    });
    if (this.#client.serverProperties?.sharedSubscriptionAvailable === false) return;
    await this.#subscribe(filters.filter(isShared)).catch(() => {});
  }

  async #subscribe(filters: readonly Filter[]): Promise<void> {
    if (filters.length === 0) return;
    const wanted = filters.map((one) => (typeof one === 'string' ? [one, { qos: 1 as const }] : [one.filter, { qos: one.qos }]));
    await this.#client.subscribeAsync(Object.fromEntries(wanted));
  }

  /** Resolves when the broker has confirmed it. */
  publish(publication: Publication): Promise<void> {
    if (this.#unconfirmed.size >= this.#settings.outgoingLimit) {
      return Promise.reject(
        new TandemError({ code: 'broker-overloaded', stage: 'handoff', message: 'The broker does not keep up; a message was dropped.' }),
      );
    }
    return new Promise((resolve, reject) => {
      const fail = (error: TandemError) => {
        this.#unconfirmed.delete(fail);
        reject(error);
      };
      this.#unconfirmed.add(fail);
      const expiry =
        this.#settings.version === 5 && publication.expirySeconds !== undefined
          ? { properties: { messageExpiryInterval: Math.max(1, Math.ceil(publication.expirySeconds)) } }
          : {};
      this.#client.publish(publication.topic, publication.payload, { qos: 1, retain: publication.retain ?? false, ...expiry }, (error) => {
        if (!this.#unconfirmed.delete(fail)) return;
        if (error === undefined || error === null) resolve();
        else reject(refused(error, publication.topic));
      });
    });
  }

  /** Says goodbye (the will is not sent), for `goodbyeMs` at most. */
  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#client.once('close', () => resolve());
    });
    const timer = setTimeout(() => this.#client.end(true), goodbyeMs);
    this.#client.end(false);
    if (this.#client.connected) await ended;
    clearTimeout(timer);
  }

  /** Cuts it, as a broken network would: the broker sends the will. */
  cut(): void {
    this.#client.stream.destroy();
  }

  #ended(): void {
    const error = this.#explain();
    for (const fail of [...this.#unconfirmed]) fail(error);
    this.#client.end(true);
    this.#settings.onClosed(error);
  }

  #explain(): TandemError {
    return this.#lastError === undefined ? closedError(this.#settings.url) : explainBrokerError(this.#lastError, this.#settings.url);
  }
}

function refused(error: unknown, topic: string): TandemError {
  const forbidden = error instanceof ErrorWithReasonCode && error.code === 0x87;
  return new TandemError({
    code: forbidden ? 'broker-forbidden' : 'broker-closed',
    stage: 'handoff',
    message: forbidden ? `The account may not write to ${topic}.` : 'The connection closed before the broker had confirmed a message.',
    remedy: forbidden ? 'Check the access list of the broker: scripts/mosquitto/setup writes one that fits.' : undefined,
    cause: error,
  });
}

/** Small packets go out at once (no Nagle), on every connection, plain or TLS. */
function openSocket({ url, credentials }: LinkSettings): IStream {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol === 'mqtt:') return connectTcp({ host, port: Number(port || 1883), noDelay: true });
  const socket = connectTls({
    host,
    port: Number(port || 8883),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(credentials.ca === undefined ? {} : { ca: credentials.ca }),
    ...(credentials.cert === undefined ? {} : { cert: credentials.cert }),
    ...(credentials.key === undefined ? {} : { key: credentials.key }),
    minVersion: 'TLSv1.2',
  });
  socket.setNoDelay(true);
  return socket;
}
