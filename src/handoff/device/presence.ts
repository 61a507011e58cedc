import { randomUUID } from 'node:crypto';
import type { Publication } from '../mqttLink.js';
import type { HandoffOptions } from '../options.js';
import { type Claim, type DeviceStatus, formatMessage } from '../schemas.js';
import { topics } from '../topics.js';
import { ClaimOrder } from './wakeClaim.js';

/** Most other devices kept in mind. */
const mostDevices = 1_000;

export interface PresenceSettings {
  readonly device: string;
  readonly profile: string;
  readonly version: string;
  readonly handoff: Pick<HandoffOptions, 'pool' | 'claimWindowMs' | 'claimTimeoutMs'>;
  /** Rejects where there is no connection. */
  readonly publish: (publication: Publication) => Promise<void>;
}

/** This device among the others: says that it is there and what it does, knows who else is, and settles who answers. */
export class Presence {
  readonly #settings: PresenceSettings;
  readonly #instance = randomUUID();
  /** The other devices of the pool that are there. */
  readonly #others = new Set<string>();
  readonly #order: ClaimOrder;
  readonly #claims = new Map<string, (won: boolean) => void>();
  #state = 'asleep';

  constructor(settings: PresenceSettings) {
    this.#settings = settings;
    this.#order = new ClaimOrder(settings.handoff.claimWindowMs);
  }

  /** The last will, and the goodbye. */
  get offline(): Publication {
    return this.#retained({ v: 1, instance: this.#instance, state: 'offline' });
  }

  connected(): void {
    this.#say();
  }

  lost(): void {
    this.#others.clear();
  }

  /** `state`: any short text; what may not stand in a status is replaced. */
  publishState(state: string): void {
    const shown =
      state
        .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/^[._-]+/, '')
        .slice(0, 64) || 'unknown';
    if (shown === this.#state) return;
    this.#state = shown;
    this.#say();
  }

  otherStatus(device: string, status: DeviceStatus): void {
    if (device === this.#settings.device) return;
    if (status.state === 'offline' || !('pool' in status) || status.pool !== this.#settings.handoff.pool) this.#others.delete(device);
    else if (this.#others.has(device) || this.#others.size < mostDevices) this.#others.add(device);
  }

  /** No other device of the pool is there. */
  get isAlone(): boolean {
    return this.#others.size === 0;
  }

  async claim({ word, score }: { readonly word: string; readonly score: number }): Promise<boolean> {
    const { device, handoff, publish } = this.#settings;
    if (this.#order.isTaken(word, device, performance.now())) return false;
    const claim: Claim = { v: 1, claim: randomUUID(), device, word: word.slice(0, 200), score: Math.min(1, Math.max(0, score)) };
    const sent = publish({ topic: topics.claims(handoff.pool), payload: formatMessage(claim), expirySeconds: 1 });
    if (this.isAlone) {
      sent.catch(() => {});
      return true;
    }
    return new Promise((resolve) => {
      const settle = (won: boolean) => {
        clearTimeout(timer);
        this.#claims.delete(claim.claim);
        resolve(won);
      };
      // Where the broker says nothing, two answers are better than none.
      const timer = setTimeout(() => settle(true), handoff.claimTimeoutMs);
      this.#claims.set(claim.claim, settle);
      sent.catch(() => settle(true));
    });
  }

  /** A claim came from the broker, perhaps this device's own. */
  claimed(claim: Claim): void {
    const result = this.#order.decide(claim, performance.now());
    this.#claims.get(claim.claim)?.(result === 'won');
  }

  close(): void {
    for (const settle of [...this.#claims.values()]) settle(true);
  }

  #say(): void {
    const { profile, version, handoff, publish } = this.#settings;
    const status: DeviceStatus = { v: 1, instance: this.#instance, state: this.#state, profile, version, pool: handoff.pool };
    publish(this.#retained(status)).catch(() => {});
  }

  #retained(status: DeviceStatus): Publication {
    return { topic: topics.deviceStatus(this.#settings.device), payload: formatMessage(status), retain: true };
  }
}
