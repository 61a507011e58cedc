import type { Device } from '../device.js';

/** What parts want of the device. */
type Wanted = Pick<Device, 'send' | 'reportError' | 'quiet' | 'stop'>;

/** More that is told before the device is there is left out. */
const MOST_WAITING = 100;

/** The device, for parts that are opened before it: what they tell it too early waits until it is there. */
export class DeviceToCome {
  private come: Wanted | undefined;
  private readonly waiting: ((device: Wanted) => void)[] = [];

  /** Undefined while it is not there. */
  get device(): Wanted | undefined {
    return this.come;
  }

  tell(what: (device: Wanted) => void): void {
    if (this.come !== undefined) what(this.come);
    else if (this.waiting.length < MOST_WAITING) this.waiting.push(what);
  }

  /** It is there and has started. */
  arrive(device: Wanted): void {
    this.come = device;
    for (const what of this.waiting.splice(0)) what(device);
  }
}
