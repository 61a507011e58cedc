import { randomUUID } from 'node:crypto';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Reply } from '../../src/handoff/schemas.js';
import { topics } from '../../src/handoff/topics.js';
import { eventually } from './eventually.js';

/** Speaks the protocol by hand, rightly or wrongly, as a device or as a host. */
export class RawClient {
  /** Its name as a device. */
  readonly device: string;
  readonly heard: { readonly topic: string; readonly payload: Buffer; readonly retained: boolean }[] = [];
  readonly #client: MqttClient;
  readonly #closed: Promise<never>;

  private constructor(device: string, client: MqttClient) {
    this.device = device;
    this.#client = client;
    this.#closed = new Promise((_, reject) => client.once('close', () => reject(new Error('the broker hung up'))));
    this.#closed.catch(() => {});
    client.on('message', (topic, payload, packet) => this.heard.push({ topic, payload, retained: packet.retain }));
  }

  static async connect(url: string, filters: readonly string[] = []): Promise<RawClient> {
    const device = `raw-${randomUUID().slice(0, 8)}`;
    const client = await connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0 });
    const raw = new RawClient(device, client);
    await client.subscribeAsync([`tandem/v1/replies/${device}/+`, ...filters], { qos: 1 });
    return raw;
  }

  /** Rejects where the broker hangs up. */
  async publish(topic: string, payload: object | string | Buffer, retain = false): Promise<void> {
    const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
    await Promise.race([this.#client.publishAsync(topic, bytes, { qos: 1, retain }), this.#closed]);
  }

  /** What came on this topic, as JSON. */
  on(topic: string): unknown[] {
    return this.heard.filter((one) => one.topic === topic).map(({ payload }) => JSON.parse(payload.toString()));
  }

  /** Asks `host` as a device would. */
  async ask(host: string, question: string, changes: object = {}) {
    const id = randomUUID();
    const payload = {
      v: 1,
      request: id,
      messages: [{ role: 'user', content: question }],
      language: 'en',
      ttlMs: 5_000,
      firstTextMs: 5_000,
      maxTokens: 1_000,
      ...changes,
    };
    const topic = topics.reply(this.device, id);
    const repliesNow = () => this.on(topic) as Reply[];
    await this.publish(topics.hostRequest(host, this.device), payload);
    return {
      id,
      payload,
      get replies() {
        return repliesNow();
      },
      ended: () => eventually('it has ended', () => repliesNow().find(({ kind }) => kind === 'done' || kind === 'failed')),
    };
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true);
  }
}
