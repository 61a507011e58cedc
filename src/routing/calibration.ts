/** A threshold, and what it would have handed off of the questions that it was found on. */
export interface CalibrationPoint {
  /** 0 to 1, as wanted. */
  readonly share: number;
  /** For `routing.threshold`; three decimals. */
  readonly threshold: number;
  /** How many questions it hands off; equal scores go together, so it can differ from the share. */
  readonly handedOff: number;
}

/** Shares that are worth choosing between. */
const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** For each share of questions the threshold that hands off about that many of those with these scores (0 to 1, at least one). */
export function thresholdsFor(scores: readonly number[]): readonly CalibrationPoint[] {
  const highest = [...scores].sort((a, b) => b - a);
  return SHARES.map((share) => {
    const last = highest[Math.max(0, Math.round(share * scores.length) - 1)] ?? 0;
    const threshold = Math.floor(last * 1_000) / 1_000;
    return { share, threshold, handedOff: scores.filter((score) => score >= threshold).length };
  });
}
