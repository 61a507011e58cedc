import type { EventLog } from '../events/eventLog.js';
import { isActiveEdge, Libgpiod } from '../gpio/libgpiod.js';
import type { InputLine } from '../gpio/options.js';
import { KeptProgram } from '../programs/keptProgram.js';
import type { MuteSwitchOptions } from './options.js';

/** A switch bounces: the microphone goes off at the first contact, and on when the line has been at rest for this long, ms. */
const SETTLE_MS = 50;
/** The start waits this long for the switch to be read, ms. */
const FIRST_READING_MS = 2_000;

/**
 * The switch of the microphone. Whoever can't read it takes it as off: a microphone that listens although its switch is off is worse
 * than one that does not.
 */
export class MuteSwitch {
  private readonly name: string;
  private readonly events: EventLog;
  private program: KeptProgram | undefined;
  private off = true;
  private settling: NodeJS.Timeout | undefined;
  private warned = false;
  private onRead: () => void = () => {};
  private readonly listeners = new Set<(off: boolean) => void>();

  private constructor(name: string, events: EventLog) {
    this.name = name;
    this.events = events;
  }

  /** `folder`: of the profile. Resolves when the switch was read, or after two seconds without. */
  static async open(options: MuteSwitchOptions, folder: string, events: EventLog): Promise<MuteSwitch> {
    const muteSwitch = new MuteSwitch(
      'watch' in options ? (options.watch[0] ?? '') : `${options.gpio.chip} line ${options.gpio.line}`,
      events,
    );
    const read = new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, FIRST_READING_MS);
      muteSwitch.onRead = () => {
        clearTimeout(limit);
        resolve();
      };
    });
    if ('watch' in options) muteSwitch.watchProgram(options.watch, folder);
    else await muteSwitch.watchLine(options.gpio);
    await read;
    return muteSwitch;
  }

  /** The microphone is to give nothing but silence. */
  get isOff(): boolean {
    return this.off;
  }

  /** Calls `listener` at once, and at each change until the function that it returns is called. */
  watch(listener: (off: boolean) => void): () => void {
    this.listeners.add(listener);
    listener(this.off);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearTimeout(this.settling);
    this.listeners.clear();
    await this.program?.close();
  }

  private watchProgram(command: readonly string[], folder: string): void {
    this.program = new KeptProgram(command, {
      folder,
      onLine: (line) => {
        if (line === 'muted' || line === 'unmuted') this.set(line === 'muted');
      },
      onEnd: (why) => this.fail(why),
    });
  }

  private async watchLine(line: InputLine): Promise<void> {
    const libgpiod = await Libgpiod.find();
    if (libgpiod === undefined) return this.fail('gpiomon is not installed: sudo apt install gpiod');
    this.program = new KeptProgram(libgpiod.watch(line), {
      before: async () => this.set((await libgpiod.isActive(line)) ?? true),
      onLine: (edge) => {
        clearTimeout(this.settling);
        if (isActiveEdge(edge)) this.set(true);
        else this.settling = setTimeout(() => this.set(false), SETTLE_MS);
      },
      onEnd: (why) => this.fail(why),
    });
  }

  private set(off: boolean): void {
    this.onRead();
    if (off === this.off) return;
    this.off = off;
    for (const listener of this.listeners) listener(off);
  }

  private fail(why: string): void {
    clearTimeout(this.settling);
    this.set(true);
    if (this.warned) return;
    this.warned = true;
    const message = `The microphone's switch ${this.name} can not be read (${why}): the microphone stays off.`;
    this.events.emit({ event: 'notice', code: 'mute-switch-failed', message });
  }
}
