import { randomUUID } from 'node:crypto';
import type { DoneReply } from '../../../statecharts/hostRequest.js';
import type { Log } from '../../engineContext.js';
import { AbortedError, isAborted, throwIfAborted } from '../../errors.js';
import type { Generation, Message } from '../../language-model/contract.js';
import type { Language } from '../../speech-to-text/contract.js';
import type { Credentials } from '../credentials.js';
import { Inbox } from '../inbox.js';
import { MqttConnection } from '../mqttConnection.js';
import type { Publication } from '../mqttLink.js';
import type { HandoffOptions, MqttOptions } from '../options.js';
import * as schemas from '../schemas.js';
import { filters, topics } from '../topics.js';
import { fitConversation } from './fitConversation.js';
import { HostBeliefs } from './hostBeliefs.js';
import type { HostsAvailable, HostView } from './hostChoice.js';
import { hostError, isWorthAnotherHost } from './hostErrors.js';
import { Presence } from './presence.js';
import { limitsOf } from './requestLimits.js';
import { Requests } from './requests.js';

/** Most hosts whose connections are told apart. */
const mostLinks = 256;

export interface AskRequest {
  readonly messages: readonly Message[];
  readonly language: Language;
  /** Default: the profile's `handoff.maxTokens`. */
  readonly maxTokens?: number;
  readonly signal: AbortSignal;
  /** Called for each piece of text as it comes, in order, each once. */
  readonly onText: (text: string) => void;
  /** `asking`, `accepted`, `streaming`, `done`, `failed` (with a code): for the event log. */
  readonly onState?: (state: string, host?: string, code?: string) => void;
}

export type HostAnswer = Generation & { readonly host: string };

export interface HostClientSettings {
  readonly mqtt: MqttOptions;
  readonly handoff: HandoffOptions;
  readonly credentials: Credentials;
  /** This device's name in topics; see `nameInTopics`. */
  readonly device: string;
  /** For the status that others see. */
  readonly profile: string;
  readonly version: string;
  readonly log: Log;
  /** What somebody sent to this device. */
  readonly onCommand?: (command: schemas.DeviceCommand) => void;
  /** 0 to 1. */
  readonly random?: () => number;
}

/**
 * The device's side of the hand-off. Connects by itself and stays connected; a broker or host that is not there costs nothing but an
 * `ask` that rejects at once.
 */
export class HostClient {
  readonly #settings: HostClientSettings;
  readonly #connection: MqttConnection;
  readonly #presence: Presence;
  readonly #beliefs: HostBeliefs;
  readonly #inbox: Inbox;
  readonly #requests: Requests;
  /** The connection that each host last spoke of. */
  readonly #links = new Map<string, string>();
  readonly #pings = new Map<string, () => void>();
  readonly #connectedListeners = new Set<() => void>();
  readonly #asked = { asked: 0, answered: 0, failed: 0 };

  constructor(settings: HostClientSettings) {
    const { device, handoff, log } = settings;
    this.#settings = settings;
    this.#beliefs = new HostBeliefs(handoff);
    this.#presence = new Presence({ ...settings, publish: (publication) => this.#connection.publish(publication) });
    this.#requests = new Requests({ device, pool: handoff.pool, post: (publication) => this.#connection.post(publication) });
    this.#inbox = this.#openInbox(log);
    this.#connection = this.#connect();
  }

  get connected(): boolean {
    return this.#connection.connected;
  }

  /** As of `MqttConnection.whenConnected`. */
  whenConnected(timeoutMs: number): Promise<void> {
    return this.#connection.whenConnected(timeoutMs);
  }

  /** The hosts of all pools, as this device believes them to be. */
  hosts(): readonly HostView[] {
    return this.#beliefs.views();
  }

  /** What routing wants to know. */
  hostsAvailable(): HostsAvailable {
    return this.connected ? this.#beliefs.available() : { count: 0, queue: 0, tokensPerSecond: undefined };
  }

  /** How often what happened, since the start; `dropped`: messages that were none of ours, by reason. */
  get counters() {
    return { ...this.#asked, ...this.#requests.counters, dropped: this.#inbox.dropped };
  }

  /** Says to everybody what this device does; `state`: a state of the conversation chart. */
  publishState(state: string): void {
    this.#presence.publishState(state);
  }

  /** Publishes beside the protocol, for a signal of the device; forgotten where there is no connection. */
  post(publication: Publication): void {
    this.#connection.post(publication);
  }

  /** Calls `listener` at every connection from now on; returns what takes it off again. */
  onConnected(listener: () => void): () => void {
    this.#connectedListeners.add(listener);
    return () => this.#connectedListeners.delete(listener);
  }

  /** True where this device is to answer: no other heard the same wake word before. No wait where it is alone. */
  claim(wake: { readonly word: string; readonly score: number }): Promise<boolean> {
    return this.#presence.claim(wake);
  }

  /**
   * Asks the hosts, one after the other. Rejects with a `TandemError` whose code says why nobody answered (`host-…`, or the host's own
   * word such as `queue-full`), and with `AbortedError` as soon as the signal fires. What was handed on by `onText` stays said.
   */
  async ask(request: AskRequest): Promise<HostAnswer> {
    throwIfAborted(request.signal, 'handoff');
    this.#asked.asked += 1;
    try {
      const answer = await this.#askAround(request);
      this.#asked.answered += 1;
      return answer;
    } catch (error) {
      if (!isAborted(error)) this.#asked.failed += 1;
      throw error;
    }
  }

  async #askAround(request: AskRequest): Promise<HostAnswer> {
    const { handoff, random = Math.random } = this.#settings;
    const messages = fitConversation(request.messages);
    const end = performance.now() + handoff.deadlineMs;
    const tried = new Set<string>();
    let last = hostError('host-none');
    for (let attempt = 1; attempt <= handoff.attempts; attempt += 1) {
      const target = this.connected ? this.#beliefs.choose(tried, attempt, random) : undefined;
      const left = end - performance.now();
      if (target === undefined || left <= 0) break;
      const {
        code,
        end: done,
        host,
        begun,
        text,
      } = await this.#requests.run({
        messages,
        language: request.language,
        maxTokens: request.maxTokens ?? handoff.maxTokens,
        target,
        limits: limitsOf(handoff, left),
        signal: request.signal,
        onText: request.onText,
        onState: request.onState ?? (() => {}),
      });
      if (done !== undefined) return { ...generationOf(done, text), host: done.host };
      if (code === undefined) throw new AbortedError('handoff', request.signal.reason);
      last = hostError(code, host);
      const name = host ?? (target.to === 'host' ? target.host : undefined);
      if (name !== undefined) this.#learn(name, code, tried);
      if (begun || !isWorthAnotherHost(code)) break;
    }
    throw last;
  }

  #learn(host: string, code: string, tried: Set<string>): void {
    tried.add(host);
    if (code === 'host-not-accepted') this.#beliefs.unanswered(host);
    else if (!code.startsWith('host-')) this.#beliefs.refused(host);
  }

  /** Milliseconds to the host and back; rejects with `host-none` where it does not answer. */
  async ping(host: string, timeoutMs: number): Promise<number> {
    const request = randomUUID();
    const begin = performance.now();
    const answered = new Promise<number>((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.#pings.delete(request);
        settle();
      };
      const timer = setTimeout(() => finish(() => reject(hostError('host-none', host))), timeoutMs);
      this.#pings.set(request, () => finish(() => resolve(performance.now() - begin)));
    });
    const payload = schemas.formatMessage({ v: 1, request });
    this.#connection.post({ topic: topics.ping(host, this.#settings.device), payload, expirySeconds: timeoutMs / 1_000 });
    return answered;
  }

  /** Cancels what runs, and says goodbye. */
  async close(): Promise<void> {
    this.#requests.cancelAll();
    this.#presence.close();
    await this.#connection.close(this.#presence.offline);
    this.#beliefs.close();
  }

  /** Breaks the connection without a goodbye; it comes back by itself. For tests. */
  cut(): void {
    this.#connection.cut();
  }

  #openInbox(log: Log): Inbox {
    const { onCommand } = this.#settings;
    return new Inbox(log)
      .on({ kind: 'hostStatus', schema: schemas.hostStatus, take: ({ host }, status, retained) => this.#heard(host, status, !retained) })
      .on({ kind: 'reply', schema: schemas.reply, take: ({ request }, reply) => this.#reply(request, reply) })
      .on({ kind: 'deviceStatus', schema: schemas.deviceStatus, take: ({ device }, status) => this.#presence.otherStatus(device, status) })
      .on({ kind: 'claims', schema: schemas.claim, take: (_, claim) => this.#presence.claimed(claim) })
      .on({
        kind: 'deviceCommand',
        schema: schemas.deviceCommand,
        // A command that the broker has kept would be obeyed again at every connection.
        take: (_, command, retained) => (retained ? undefined : onCommand?.(command)),
      });
  }

  #connect(): MqttConnection {
    const { device, handoff, mqtt, credentials, log, random } = this.#settings;
    return new MqttConnection({
      options: mqtt,
      credentials,
      clientId: `tandem-device-${device}`,
      will: this.#presence.offline,
      filters: [
        filters.replies(device),
        // Everybody hears everybody's status, and hears it again: not worth confirming each.
        { filter: filters.hostStatuses(), qos: 0 },
        { filter: filters.deviceStatuses(), qos: 0 },
        topics.deviceCommand(device),
        topics.claims(handoff.pool),
      ],
      log,
      onMessage: (topic, payload, retained) => this.#inbox.receive(topic, payload, retained),
      onConnected: () => {
        this.#presence.connected();
        this.#requests.linkRenewed();
        for (const listener of this.#connectedListeners) listener();
      },
      onFailed: ({ code, message, remedy }) => log.warn({ code, remedy }, message),
      onLost: () => {
        this.#beliefs.linkLost();
        this.#requests.linkLost();
        this.#presence.lost();
      },
      ...(random === undefined ? {} : { random }),
    });
  }

  #reply(request: string, reply: schemas.Reply): void {
    if (reply.kind === 'pong') this.#pings.get(request)?.();
    else this.#requests.reply(request, reply);
  }

  #heard(host: string, status: schemas.HostStatus, live: boolean): void {
    this.#beliefs.status(host, status, live);
    this.#requests.hostStatus(host, status, live);
    if (status.state === 'offline') return;
    const before = this.#links.get(host);
    this.#links.set(host, status.link);
    if (this.#links.size > mostLinks) this.#links.clear();
    if (before !== undefined && before !== status.link) this.#requests.linkRenewed(host);
  }
}

function generationOf(done: DoneReply, text: string): Generation {
  const { stopReason, promptTokens, cachedTokens, generatedTokens, timeToFirstTokenMs, tokensPerSecond, meanProbability } = done;
  return {
    text,
    stopReason,
    promptTokens,
    cachedTokens,
    generatedTokens,
    ...(timeToFirstTokenMs === undefined ? {} : { timeToFirstTokenMs }),
    ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
    ...(meanProbability === undefined ? {} : { meanProbability }),
  };
}
