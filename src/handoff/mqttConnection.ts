import type { Log } from '../engineContext.js';
import { AbortedError, TandemError, toTandemError } from '../errors.js';
import { pause } from '../waiting.js';
import { isHopeless, speaksAnotherVersion } from './brokerErrors.js';
import type { Credentials } from './credentials.js';
import { type Filter, type LinkSettings, MqttLink, type Publication } from './mqttLink.js';
import type { MqttOptions } from './options.js';

/** The broker has this long to take the last words, ms. */
const lastWordsMs = 500;

/**
 * Stays connected: MQTT 5 first, 3.1.1 where the broker knows only that; connects again with growing, jittered waits; subscribes
 * again before it calls itself connected. Keeps nothing for later: what is published while the broker is away is refused, because
 * everything in this protocol that must not get lost is asked for again by whoever misses it.
 */
export interface ConnectionSettings {
  readonly options: MqttOptions;
  readonly credentials: Credentials;
  /** The same at every start, so that the broker ends what a crashed run left behind before this one says that it is there. */
  readonly clientId: string;
  readonly will?: Publication;
  readonly filters: readonly Filter[];
  readonly log: Log;
  readonly onMessage: (topic: string, payload: Buffer, retained: boolean) => void;
  /** Subscribed, and ready to publish; at every connection. */
  readonly onConnected?: () => void;
  readonly onLost?: (error: TandemError) => void;
  /** An attempt failed, for another reason than the one before. */
  readonly onFailed?: (error: TandemError) => void;
  /** 0 to 1, for the jitter. */
  readonly random?: () => number;
}

export class MqttConnection {
  readonly #settings: ConnectionSettings;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  readonly #waiting = new Set<{ resolve: () => void; reject: (error: TandemError) => void }>();
  #link: MqttLink | undefined;
  #version: 5 | 4;
  #versionWorks = false;
  #lastError: TandemError | undefined;

  /** Starts at once and goes on until `close()`, whether the broker is there or not. */
  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
    this.#version = settings.options.protocol === '3.1.1' ? 4 : 5;
    this.#running = this.#run();
  }

  get connected(): boolean {
    return this.#link !== undefined;
  }

  /** `5` or `3.1.1`, as of the last connection. */
  get protocol(): '5' | '3.1.1' {
    return this.#version === 5 ? '5' : '3.1.1';
  }

  /** Why it is not connected, where it is not. */
  get lastError(): TandemError | undefined {
    return this.#lastError;
  }

  /**
   * Resolves when connected. Rejects with the last `broker-…` error when `timeoutMs` is over, or at once where trying again can't
   * help (account, certificate), and with `AbortedError` when the connection is closed.
   */
  whenConnected(timeoutMs: number): Promise<void> {
    if (this.connected) return Promise.resolve();
    if (this.#closing.signal.aborted) return Promise.reject(new AbortedError('handoff'));
    if (this.#lastError !== undefined && isHopeless(this.#lastError)) return Promise.reject(this.#lastError);
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
      };
      const waiter = {
        resolve: () => {
          done();
          resolve();
        },
        reject: (error: TandemError) => {
          done();
          reject(error);
        },
      };
      const timer = setTimeout(() => waiter.reject(this.#lastError ?? away()), timeoutMs);
      this.#waiting.add(waiter);
    });
  }

  /** Resolves when the broker has it; rejects with `broker-away` at once where there is no connection. */
  publish(publication: Publication): Promise<void> {
    return this.#link === undefined ? Promise.reject(away()) : this.#link.publish(publication);
  }

  /** As `publish`, for what may get lost: failures are logged, without the payload. */
  post(publication: Publication): void {
    this.publish(publication).catch((error: unknown) => {
      const { code, message, remedy } = toTandemError(error, 'handoff');
      if (code === 'broker-forbidden') this.#settings.log.warn({ code, remedy }, message);
      else this.#settings.log.debug({ code, topic: publication.topic }, 'not published');
    });
  }

  /** `lastWords`: published before it says goodbye. */
  async close(lastWords?: Publication): Promise<void> {
    if (lastWords !== undefined && this.#link !== undefined) {
      await Promise.race([this.publish(lastWords).catch(() => {}), pause(lastWordsMs, this.#closing.signal)]);
    }
    this.#closing.abort();
    const closed = new AbortedError('handoff');
    for (const waiter of [...this.#waiting]) waiter.reject(closed);
    await this.#link?.close();
    this.#link = undefined;
    await this.#running;
  }

  /** Breaks the connection without a goodbye; it comes back by itself. For tests. */
  cut(): void {
    this.#link?.cut();
  }

  async #run(): Promise<void> {
    const { options, random = Math.random } = this.#settings;
    const closing = this.#closing.signal;
    let wait = options.reconnectMinMs;
    while (!closing.aborted) {
      try {
        await this.#untilLost(() => {
          wait = options.reconnectMinMs;
        });
      } catch (error) {
        if (this.#takesOtherVersion(toTandemError(error, 'handoff'))) continue;
        this.#failed(toTandemError(error, 'handoff'));
      }
      // Two of the same name would throw each other out for ever.
      if (this.#lastError?.code === 'broker-name-taken') wait = options.reconnectMaxMs;
      await pause(wait * (0.5 + random() / 2), closing);
      wait = Math.min(wait * 2, options.reconnectMaxMs);
    }
  }

  /** True where the next attempt, at once, is with 3.1.1. A version that has worked is kept. */
  #takesOtherVersion(error: TandemError): boolean {
    if (this.#settings.options.protocol !== 'auto' || this.#versionWorks || !speaksAnotherVersion(error)) return false;
    this.#version = this.#version === 5 ? 4 : 5;
    return this.#version === 4;
  }

  #failed(error: TandemError): void {
    if (this.#closing.signal.aborted) return;
    if (error.code !== this.#lastError?.code) this.#settings.onFailed?.(error);
    this.#lastError = error;
    if (!isHopeless(error)) return;
    for (const waiter of [...this.#waiting]) waiter.reject(error);
  }

  /** One connection: connects, subscribes, and waits for its end. */
  async #untilLost(onConnected: () => void): Promise<void> {
    const { onLost, log } = this.#settings;
    let ended: (error: TandemError) => void = () => {};
    const end = new Promise<TandemError>((resolve) => {
      ended = resolve;
    });
    const link = await MqttLink.connect(this.#linkSettings(ended), this.#closing.signal);
    try {
      await Promise.race([link.subscribe(this.#settings.filters), end.then((error) => Promise.reject(error))]);
    } catch (error) {
      await link.close();
      throw error;
    }
    if (this.#closing.signal.aborted) return link.close();
    this.#link = link;
    this.#versionWorks = true;
    this.#lastError = undefined;
    onConnected();
    log.info({ protocol: this.protocol }, 'connected to the broker');
    for (const waiter of [...this.#waiting]) waiter.resolve();
    this.#settings.onConnected?.();
    const error = await end;
    this.#link = undefined;
    if (this.#closing.signal.aborted) return;
    log.warn({ code: error.code, remedy: error.code === 'broker-name-taken' ? error.remedy : undefined }, 'lost the broker');
    this.#lastError = error;
    onLost?.(error);
  }

  #linkSettings(onClosed: (error: TandemError) => void): LinkSettings {
    const { options, credentials, clientId, will, onMessage } = this.#settings;
    return {
      url: options.url,
      version: this.#version,
      credentials,
      clientId,
      keepAliveSeconds: options.keepAliveSeconds,
      connectTimeoutMs: options.connectTimeoutMs,
      outgoingLimit: options.outgoingLimit,
      will,
      onMessage,
      onClosed,
    };
  }
}

function away(): TandemError {
  return new TandemError({
    code: 'broker-away',
    stage: 'handoff',
    message: 'There is no connection to the broker.',
    remedy: 'It is tried again and again; check that the broker runs.',
  });
}
