import { randomUUID } from 'node:crypto';
import type { HostPresent, Reply, Request } from '../../src/handoff/schemas.js';
import { parseTopic, topics } from '../../src/handoff/topics.js';
import { eventually } from './eventually.js';
import { hostPresent } from './hostPresent.js';
import { RawClient } from './rawClient.js';

/** A host that says what the test tells it to, and nothing by itself but that it is ready. */
export class ScriptedHost {
  readonly name: string;
  readonly instance = randomUUID();
  readonly #raw: RawClient;
  #taken = 0;

  private constructor(name: string, raw: RawClient) {
    this.name = name;
    this.#raw = raw;
  }

  static async start(url: string, name = 'scripted'): Promise<ScriptedHost> {
    const filters = [`tandem/v1/hosts/${name}/requests/+`, 'tandem/v1/cancels/+/+', 'tandem/v1/resends/+/+'];
    const host = new ScriptedHost(name, await RawClient.connect(url, filters));
    await host.status('ready');
    return host;
  }

  /** How many requests have come. */
  get asked(): number {
    return this.#requests().length;
  }

  async status(state: HostPresent['state']): Promise<void> {
    const { instance } = this;
    const status = hostPresent({ instance, link: instance, state, model: 'script', contextTokens: 4_096, shared: false });
    await this.#raw.publish(topics.hostStatus(this.name), status, true);
  }

  /** The next request, with what can be said to it. */
  async request() {
    const found = await eventually('a request comes', () => this.#requests()[this.#taken]);
    this.#taken += 1;
    return this.#parts(found.device, found.request.request);
  }

  /** Speaks to a request that was never made. */
  answering(device: string, id: string) {
    return this.#parts(device, id);
  }

  /** From which `seq` on the device asked for it again. */
  resends(id: string): number[] {
    return this.#about('resend', id).map((message) => (message as { from: number }).from);
  }

  cancels(id: string): string[] {
    return this.#about('cancel', id).map((message) => (message as { reason: string }).reason);
  }

  async close(): Promise<void> {
    await this.#raw.publish(topics.hostStatus(this.name), { v: 1, instance: this.instance, state: 'offline' }, true);
    await this.#raw.close();
  }

  #parts(device: string, id: string) {
    const from = { v: 1 as const, host: this.name };
    return {
      id,
      accepted: (): Reply => ({ ...from, seq: 0, kind: 'accepted', instance: this.instance, ahead: 0 }),
      text: (seq: number, text: string): Reply => ({ ...from, seq, kind: 'text', text }),
      failed: (seq: number, code = 'generation-failed'): Reply => ({ ...from, seq, kind: 'failed', code }),
      done: (seq: number): Reply => ({
        ...from,
        seq,
        kind: 'done',
        stopReason: 'end',
        promptTokens: 1,
        cachedTokens: 0,
        generatedTokens: 1,
        queuedMs: 0,
      }),
      send: (reply: Reply) => this.#raw.publish(topics.reply(device, id), reply),
    };
  }

  #requests(): { device: string; request: Request }[] {
    return this.#raw.heard.flatMap(({ topic, payload }) => {
      const address = parseTopic(topic);
      if (address?.kind !== 'hostRequest') return [];
      return [{ device: address.device, request: JSON.parse(payload.toString()) as Request }];
    });
  }

  #about(kind: 'resend' | 'cancel', id: string): unknown[] {
    return this.#raw.heard.flatMap(({ topic, payload }) => {
      const address = parseTopic(topic);
      return address?.kind === kind && address.request === id ? [JSON.parse(payload.toString())] : [];
    });
  }
}
