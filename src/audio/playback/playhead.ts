/** How long a player program takes from its first sample to the loudspeaker, about. */
const START_MS = 100;

/**
 * Where a player program is in what it was given. It doesn't tell; it plays at the speed of real time, though, and pauses where it has
 * nothing. Times in ms by the monotonic clock.
 */
export class Playhead {
  #given = 0;
  #endsAt = 0;

  gave(ms: number, now: number): void {
    const starts = this.#given === 0 ? now + START_MS : now;
    this.#endsAt = Math.max(this.#endsAt, starts) + ms;
    this.#given += ms;
  }

  /** What was given and is still to be heard. */
  aheadMs(now: number): number {
    return Math.max(0, this.#endsAt - now);
  }

  heardMs(now: number): number {
    return Math.max(0, this.#given - this.aheadMs(now));
  }
}
