import type { DeviceStatus } from '../schemas.js';

/** A device whose connection broke is waited for this long, ms: most come back at once and want the rest of their answer. */
const graceMs = 3_000;
/** Most devices kept in mind. */
const mostDevices = 2_000;

interface Known {
  readonly instance: string;
  /** Runs while the device is away. */
  readonly timer: NodeJS.Timeout | undefined;
}

/** Notices devices that nobody answers for any more: gone for good, or started anew and without memory of what they had asked. */
export class Departures {
  readonly #onGone: (device: string) => void;
  readonly #graceMs: number;
  readonly #known = new Map<string, Known>();

  constructor(onGone: (device: string) => void, grace = graceMs) {
    this.#onGone = onGone;
    this.#graceMs = grace;
  }

  /** Devices that are there. */
  get present(): number {
    return [...this.#known.values()].filter(({ timer }) => timer === undefined).length;
  }

  /** `live`: not from the broker's memory, where an old will may lie. */
  status(device: string, status: DeviceStatus, live: boolean): void {
    const before = this.#known.get(device);
    if (status.state === 'offline') {
      if (live && before !== undefined && before.timer === undefined) this.#away(device, before.instance);
      return;
    }
    clearTimeout(before?.timer);
    this.#known.delete(device);
    this.#known.set(device, { instance: status.instance, timer: undefined });
    this.#bound();
    if (before !== undefined && before.instance !== status.instance) this.#onGone(device);
  }

  close(): void {
    for (const { timer } of this.#known.values()) clearTimeout(timer);
    this.#known.clear();
  }

  #away(device: string, instance: string): void {
    const timer = setTimeout(() => {
      this.#known.delete(device);
      this.#onGone(device);
    }, this.#graceMs);
    this.#known.set(device, { instance, timer });
  }

  #bound(): void {
    if (this.#known.size <= mostDevices) return;
    const [oldest] = this.#known;
    if (oldest === undefined) return;
    clearTimeout(oldest[1].timer);
    this.#known.delete(oldest[0]);
  }
}
