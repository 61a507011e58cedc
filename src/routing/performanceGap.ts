/**
 * How well scores order prompts for handing off. Measure: the average performance gap recovered (APGR) of RouteLLM, arXiv:2406.18665,
 * section 3: PGR = (accuracy of the router − weak) / (strong − weak), averaged over the share of prompts that go to the strong model.
 */

export interface Judged {
  /** Higher goes to the strong model sooner. */
  readonly score: number;
  readonly weakRight: boolean;
  readonly strongRight: boolean;
}

export interface CurvePoint {
  /** Of the prompts handed off, 0 to 1: those with the highest scores. */
  readonly share: number;
  /** Of all prompts answered rightly, 0 to 1. */
  readonly accuracy: number;
}

export interface GapRecovered {
  /** From share 0 to share 1 in steps of 5 %. */
  readonly points: readonly CurvePoint[];
  /** APGR less the 0.5 that a router by chance has; undefined where both models are right equally often. */
  readonly areaAboveRandom: number | undefined;
}

const STEPS = 20;

/** Prompts with the same score count as in random order: a straight line over them. Throws a RangeError without prompts. */
export function gapRecovered(judged: readonly Judged[]): GapRecovered {
  if (judged.length === 0) throw new RangeError('No prompts to measure.');
  const curve = wholeCurve(judged);
  const [first, last] = [curve[0]?.accuracy ?? 0, curve.at(-1)?.accuracy ?? 0];
  let area = 0;
  for (const [index, point] of curve.entries()) {
    const before = curve[index - 1];
    if (before !== undefined) area += ((point.share - before.share) * (point.accuracy + before.accuracy)) / 2;
  }
  const points = Array.from({ length: STEPS + 1 }, (_, step) => at(curve, step / STEPS));
  return { points, areaAboveRandom: last === first ? undefined : (area - first) / (last - first) - 0.5 };
}

/** The curve's corners: one where the score changes. */
function wholeCurve(judged: readonly Judged[]): readonly CurvePoint[] {
  const sorted = judged.toSorted((a, b) => b.score - a.score);
  let right = judged.filter(({ weakRight }) => weakRight).length;
  const curve: CurvePoint[] = [{ share: 0, accuracy: right / judged.length }];
  for (const [index, { score, weakRight, strongRight }] of sorted.entries()) {
    right += Number(strongRight) - Number(weakRight);
    if (sorted[index + 1]?.score !== score) curve.push({ share: (index + 1) / judged.length, accuracy: right / judged.length });
  }
  return curve;
}

function at(curve: readonly CurvePoint[], share: number): CurvePoint {
  const index = curve.findIndex((point) => point.share >= share);
  const [before, after] = [curve[index - 1], curve[index]];
  if (after === undefined || before === undefined) return { share, accuracy: (index < 0 ? curve.at(-1) : after)?.accuracy ?? 0 };
  const part = (share - before.share) / (after.share - before.share);
  return { share, accuracy: before.accuracy + part * (after.accuracy - before.accuracy) };
}
