import { randomUUID } from 'node:crypto';
import { type AskRequest, HostClient, type HostClientSettings } from '../../src/handoff/device/hostClient.js';
import { handoffOptions, hostOptions, mqttOptions } from '../../src/handoff/options.js';
import { Host, type HostSettings } from '../../src/host/host.js';
import { FakeLanguageModel } from '../../src/language-model/testing/fakeLanguageModel.js';
import { pause } from '../../src/waiting.js';
import { KeptLog } from './keptLog.js';

/** Hosts and devices for tests: real ones on a real broker, with short time limits and a model that counts. */

export const nobody = { username: undefined, password: undefined, ca: undefined, cert: undefined, key: undefined };

const quick = { reconnectMinMs: 20, reconnectMaxMs: 200, connectTimeoutMs: 1_000 };

/** Answers "count 5" with " 0 1 2 3 4", a piece every `pieceMs`. */
export function countingModel(pieceMs: number): FakeLanguageModel {
  return new FakeLanguageModel({
    answer: (question) => ({ pieces: Array.from({ length: Number(/\d+/.exec(question)?.[0] ?? 3) }, (_, at) => ` ${at}`) }),
    beforePiece: (_, signal) => pause(pieceMs, signal),
  });
}

export function counted(count: number): string {
  return Array.from({ length: count }, (_, at) => ` ${at}`).join('');
}

export interface TestHostOptions {
  readonly name?: string;
  readonly host?: object;
  readonly mqtt?: object;
  readonly pieceMs?: number;
  readonly graceMs?: number;
  readonly settings?: Partial<HostSettings>;
}

export async function startHost(
  url: string,
  options: TestHostOptions = {},
): Promise<{ host: Host; model: FakeLanguageModel; log: KeptLog }> {
  const log = new KeptLog();
  const host = new Host({
    name: options.name ?? 'big',
    options: hostOptions.parse({ heartbeatMs: 300, ...options.host }),
    mqtt: mqttOptions.parse({ url, ...quick, ...options.mqtt }),
    credentials: nobody,
    log,
    ...(options.graceMs === undefined ? {} : { graceMs: options.graceMs }),
    ...options.settings,
  });
  await host.whenConnected(3_000);
  const model = countingModel(options.pieceMs ?? 1);
  host.serve([model]);
  return { host, model, log };
}

export interface TestDeviceOptions {
  readonly device?: string;
  readonly handoff?: object;
  readonly mqtt?: object;
  readonly settings?: Partial<HostClientSettings>;
}

export async function startDevice(url: string, options: TestDeviceOptions = {}): Promise<HostClient> {
  const client = newDevice(url, options);
  await client.whenConnected(3_000);
  return client;
}

/** Does not wait for the connection. */
export function newDevice(url: string, options: TestDeviceOptions = {}): HostClient {
  return new HostClient({
    device: options.device ?? `device-${randomUUID().slice(0, 8)}`,
    handoff: handoffOptions.parse({
      acceptedTimeoutMs: 1_500,
      firstTextTimeoutMs: 5_000,
      idleTimeoutMs: 4_000,
      deadlineMs: 15_000,
      gapTimeoutMs: 100,
      staleAfterMs: 2_000,
      ...options.handoff,
    }),
    mqtt: mqttOptions.parse({ url, ...quick, ...options.mqtt }),
    credentials: nobody,
    profile: 'test',
    version: '0',
    log: new KeptLog(),
    ...options.settings,
  });
}

export interface Asked {
  readonly answer: ReturnType<HostClient['ask']>;
  /** How it ended: the text, or the error's code. */
  readonly outcome: Promise<string>;
  /** What was handed on so far. */
  text(): string;
  readonly states: string[];
  stop(): void;
}

/** `question`: "count 20", say. */
export function ask(client: HostClient, question: string, changes: Partial<AskRequest> = {}): Asked {
  let text = '';
  const states: string[] = [];
  const stopping = new AbortController();
  const answer = client.ask({
    messages: [
      { role: 'system', content: 'Count.' },
      { role: 'user', content: question },
    ],
    language: 'en',
    signal: stopping.signal,
    onText: (piece) => {
      text += piece;
    },
    onState: (state, host, code) => states.push([state, host, code].filter((part) => part !== undefined).join(' ')),
    ...changes,
  });
  const outcome = answer.then(
    (given) => given.text,
    (error: { code?: string }) => error.code ?? String(error),
  );
  return { answer, outcome, text: () => text, states, stop: () => stopping.abort() };
}
