/** A contact bounces for a few milliseconds when it is pressed and when it is let go, ms. */
const BOUNCE_MS = 50;

/** Presses out of the edges of a contact: one that closes counts where it was at rest before. */
export class PressFilter {
  private readonly onPress: () => void;
  private readonly now: () => number;
  private lastEdge = Number.NEGATIVE_INFINITY;

  /** `now`: milliseconds, monotonic. */
  constructor(onPress: () => void, now: () => number = () => performance.now()) {
    this.onPress = onPress;
    this.now = now;
  }

  edge(active: boolean): void {
    const now = this.now();
    const rested = now - this.lastEdge > BOUNCE_MS;
    this.lastEdge = now;
    if (active && rested) this.onPress();
  }
}
