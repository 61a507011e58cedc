import type { QuietHoursOptions } from '../../profile/sections.js';
import type { SkillClock } from '../../skills/contract.js';

/** The clock jumps (summer time, a machine that slept): looked at this often, ms. */
const LOOK_AGAIN_MS = 20_000;

/** The hours in which a profile wants little to be heard, by the local time of day; they may reach over midnight. */
export class QuietHours {
  private readonly options: QuietHoursOptions | undefined;
  private readonly clock: SkillClock;

  /** Without options there are none. */
  constructor(options: QuietHoursOptions | undefined, clock: SkillClock) {
    this.options = options;
    this.clock = clock;
  }

  /** The first minute belongs to them, the last one does not. */
  get active(): boolean {
    if (this.options === undefined) return false;
    const now = this.clock.now();
    const minute = now.getHours() * 60 + now.getMinutes();
    const from = minuteOfDay(this.options.from);
    const to = minuteOfDay(this.options.to);
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
  }

  /** Volume that is never gone above now, 0 to 100. */
  get loudest(): number {
    return this.options !== undefined && this.active ? this.options.volume : 100;
  }

  /** Calls `onChange` at once, and whenever they begin or end, until the function that it returns is called. */
  watch(onChange: (active: boolean) => void): () => void {
    let was = this.active;
    onChange(was);
    if (this.options === undefined) return () => {};
    const look = (): void => {
      cancel = this.clock.after(LOOK_AGAIN_MS, look);
      if (this.active === was) return;
      was = !was;
      onChange(was);
    };
    let cancel = this.clock.after(LOOK_AGAIN_MS, look);
    return () => cancel();
  }
}

/** "22:30" */
function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
