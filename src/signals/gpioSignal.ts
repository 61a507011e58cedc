import type { Libgpiod } from '../gpio/libgpiod.js';
import { Newest } from '../newest.js';
import { type HelperProgram, startHelper } from '../programs/helperProgram.js';
import type { SignalOptions, SignalState } from './options.js';
import type { OnFailure, Signal } from './signal.js';

type GpioOptions = Extract<SignalOptions, { readonly gpio: unknown }>;

/** From asking a program to end to ending it, ms. */
const GRACE_MS = 500;
/** Switching a line off takes a moment; longer than this it hangs, ms. */
const CLEAR_LIMIT_MS = 2_000;

/** A lamp on a pin: a program of libgpiod holds the line while it is lit. */
export class GpioSignal implements Signal {
  private readonly options: GpioOptions;
  private readonly libgpiod: Libgpiod;
  private readonly onFailure: OnFailure;
  private readonly lit = new Newest<boolean>((lit) => (lit ? this.light() : this.darken()));
  private wanted: boolean | undefined;
  private holder: HelperProgram | undefined;

  constructor(options: GpioOptions, libgpiod: Libgpiod, onFailure: OnFailure) {
    this.options = options;
    this.libgpiod = libgpiod;
    this.onFailure = onFailure;
  }

  show(state: SignalState): void {
    this.want(this.options.on.includes(state));
  }

  async close(): Promise<void> {
    this.want(false);
    await this.lit.idle();
  }

  private want(lit: boolean): void {
    if (lit === this.wanted) return;
    this.wanted = lit;
    this.lit.set(lit);
  }

  private async light(): Promise<void> {
    if (this.holder !== undefined) return;
    const holder = startHelper(this.libgpiod.hold(this.options.gpio));
    this.holder = holder;
    holder.output.resume();
    void holder.ended.then((why) => {
      if (this.holder !== holder) return;
      this.holder = undefined;
      this.onFailure(why ?? 'gpioset let go of the line');
    });
  }

  private async darken(): Promise<void> {
    const { holder } = this;
    this.holder = undefined;
    await holder?.stop(GRACE_MS);
    const clearing = startHelper(this.libgpiod.clear(this.options.gpio));
    clearing.output.resume();
    const limit = setTimeout(() => void clearing.stop(0), CLEAR_LIMIT_MS);
    const why = await clearing.ended;
    clearTimeout(limit);
    await clearing.stop(0);
    if (why !== undefined) this.onFailure(why);
  }
}
