import { randomUUID } from 'node:crypto';
import type { Log } from '../engineContext.js';
import type { RequestEvent } from '../events/events.js';
import type { Credentials } from '../handoff/credentials.js';
import { type Described, HostLink } from '../handoff/host/hostLink.js';
import type { HostOptions, MqttOptions } from '../handoff/options.js';
import type { Reply, Request } from '../handoff/schemas.js';
import type { LanguageModel } from '../language-model/contract.js';
import { type HostFigures, HostService } from './hostService.js';

export interface HostSettings {
  /** In topics; see `nameInTopics`. */
  readonly name: string;
  readonly options: HostOptions;
  readonly mqtt: MqttOptions;
  readonly credentials: Credentials;
  readonly log: Log;
  readonly onEvent?: (event: RequestEvent) => void;
  /** Load, state or connection have changed. */
  readonly onChange?: () => void;
  /** How long a device whose connection broke is waited for, ms. For tests. */
  readonly graceMs?: number;
}

/** One host: its place at the broker from the beginning, and its service as soon as the models are there. */
export class Host {
  readonly #settings: HostSettings;
  readonly #instance = randomUUID();
  readonly #link: HostLink;
  #service: HostService | undefined;
  #models: readonly LanguageModel[] = [];

  /** Connects at once and says `loading`. */
  constructor(settings: HostSettings) {
    const { name, options, mqtt, credentials, log, onChange, graceMs } = settings;
    this.#settings = settings;
    this.#link = new HostLink({
      mqtt,
      credentials,
      name,
      pool: options.pool,
      instance: this.#instance,
      heartbeatMs: options.heartbeatMs,
      log,
      describe: () => this.#describe(),
      onRequest: (device, request) => this.#request(device, request),
      onCancel: (device, request) => this.#service?.cancel(device, request),
      onResend: (device, request, from) => this.#service?.resend(device, request, from),
      onDeviceGone: (device) => this.#service?.cancelAllOf(device),
      ...(onChange === undefined ? {} : { onDevices: onChange, onConnected: onChange, onLost: onChange }),
      ...(graceMs === undefined ? {} : { graceMs }),
    });
  }

  /** As of `MqttConnection.whenConnected`. */
  whenConnected(timeoutMs: number): Promise<void> {
    return this.#link.whenConnected(timeoutMs);
  }

  get connected(): boolean {
    return this.#link.connected;
  }

  get protocol(): '5' | '3.1.1' {
    return this.#link.protocol;
  }

  /** Devices that are there. */
  get devices(): number {
    return this.#link.devices;
  }

  /** Undefined while it loads. */
  get figures(): HostFigures | undefined {
    return this.#service?.figures;
  }

  /** How often what happened, since the start. */
  get counters() {
    return { ...this.#service?.counters, dropped: this.#link.dropped };
  }

  /** Begins to serve. The models stay the caller's to close. `tokensPerSecond`: from the warm-up. */
  serve(models: readonly LanguageModel[], tokensPerSecond?: number): void {
    const { name, options, log, onEvent, onChange } = this.#settings;
    this.#models = models;
    this.#service = new HostService({
      name,
      instance: this.#instance,
      options,
      models,
      send: (device, request, reply) => this.#link.send(device, request, reply),
      onChange: () => {
        this.#link.changed();
        onChange?.();
      },
      onEvent: onEvent ?? (() => {}),
      log,
    });
    this.#service.warmedUp({ ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }) });
    this.#link.changed();
    onChange?.();
  }

  /** Refuses what is new, hands the queue back, finishes what runs (at most `timeoutMs`), says goodbye. */
  async drain(timeoutMs: number = this.#settings.options.drainTimeoutMs): Promise<void> {
    await this.#service?.drain(timeoutMs);
    await this.#link.close();
  }

  /** Ends now; the devices are told. */
  async close(): Promise<void> {
    this.#service?.shutDown();
    await this.#link.close();
  }

  /** Breaks the connection without a goodbye; it comes back by itself. For tests. */
  cut(): void {
    this.#link.cut();
  }

  #request(device: string, request: Request): void {
    if (this.#service !== undefined) this.#service.request(device, request);
    else this.#link.send(device, request.request, this.#loading());
  }

  #loading(): Reply {
    return { v: 1, seq: 0, host: this.#settings.name, kind: 'failed', code: 'loading' };
  }

  #describe(): Described {
    const { options } = this.#settings;
    const figures = this.#service?.figures;
    const state = figures === undefined ? 'loading' : figures.draining ? 'draining' : figures.full ? 'busy' : 'ready';
    return {
      state,
      model: (this.#models[0]?.label ?? '').slice(0, 200),
      contextTokens: Math.max(0, ...this.#models.map(({ capabilities }) => capabilities.contextTokens)),
      queue: figures?.queue ?? 0,
      queueLimit: options.queueLimit,
      running: figures?.running ?? 0,
      ...(figures?.tokensPerSecond === undefined ? {} : { tokensPerSecond: figures.tokensPerSecond }),
      ...(figures?.waitMs === undefined ? {} : { waitMs: figures.waitMs }),
    };
  }
}
