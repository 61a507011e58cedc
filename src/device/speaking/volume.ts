import type { QuietHours } from './quietHours.js';

/** How loud a timer or an alarm rings where nothing at all would be heard: who set the volume to nothing still wants to be woken. */
const RINGING_ALL_THE_SAME = 20;

/** How loud the device is, 0 to 100: what the person wants, and in quiet hours never more than those allow. */
export class Volume {
  private readonly quietHours: Pick<QuietHours, 'loudest'>;
  private readonly onChange: (percent: number) => void;
  private percent: number;
  private ringing = 0;

  /** `onChange`: sets what plays. */
  constructor(percent: number, quietHours: Pick<QuietHours, 'loudest'>, onChange: (percent: number) => void) {
    this.percent = percent;
    this.quietHours = quietHours;
    this.onChange = onChange;
  }

  /** What the person wants, also where quiet hours keep it lower at present. */
  get wanted(): number {
    return this.percent;
  }

  get heard(): number {
    return Math.min(this.percent, this.quietHours.loudest);
  }

  /** In quiet hours, "louder" does not turn the day's volume down: only what they allow changes it. */
  set(percent: number): void {
    this.percent = percent > this.quietHours.loudest ? Math.max(this.percent, percent) : percent;
    this.refresh();
  }

  /** A timer or an alarm begins or ends to ring; the next one may begin while one fades away. */
  ring(ringing: boolean): void {
    this.ringing += ringing ? 1 : -1;
    this.refresh();
  }

  /** Quiet hours have begun or ended. */
  refresh(): void {
    this.onChange(this.ringing > 0 ? this.heard || RINGING_ALL_THE_SAME : this.heard);
  }
}
