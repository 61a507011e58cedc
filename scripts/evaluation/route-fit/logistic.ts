import { lusolve } from 'mathjs';

export interface Example {
  readonly features: ReadonlyMap<string, number>;
  /** What the model should say, 0 to 1. */
  readonly target: number;
  readonly weight: number;
}

export interface LinearModel {
  readonly bias: number;
  readonly weights: ReadonlyMap<string, number>;
}

const STEPS = 8;

/**
 * Logistic regression with targets from 0 to 1 by Newton's method. `ridge` holds the weights small, each measured in its feature's
 * standard deviation, so that rare features stay near 0; the bias is free.
 */
export function fitLogistic(examples: readonly Example[], ridge: number): LinearModel {
  const names = [...new Set(examples.flatMap(({ features }) => [...features.keys()]))].sort();
  const spread = new Map(names.map((name) => [name, deviation(examples.map(({ features }) => features.get(name) ?? 0))]));
  const rows = examples.map(({ features }) => [1, ...names.map((name) => (features.get(name) ?? 0) / (spread.get(name) ?? 1))]);
  let solution = new Float64Array(names.length + 1);
  for (let step = 0; step < STEPS; step++) {
    const { gradient, curvature } = slopes(examples, rows, solution, ridge);
    const move = lusolve(curvature, gradient).flat() as readonly number[];
    solution = solution.map((value, index) => value + (move[index] ?? 0));
  }
  const weights = new Map(names.map((name, index) => [name, (solution[index + 1] ?? 0) / (spread.get(name) ?? 1)]));
  return { bias: solution[0] ?? 0, weights };
}

/** The weighted sum, before it is made a probability. */
export function sumOf({ bias, weights }: LinearModel, features: ReadonlyMap<string, number>): number {
  let sum = bias;
  for (const [name, value] of features) sum += value * (weights.get(name) ?? 0);
  return sum;
}

function slopes(examples: readonly Example[], rows: readonly (readonly number[])[], at: Float64Array, ridge: number) {
  const size = at.length;
  const gradient = Array.from(at, (value, index) => (index === 0 ? 0 : -ridge * value));
  const curvature = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_unused, column) => (row === column && row > 0 ? ridge : 0)),
  );
  for (const [index, { target, weight }] of examples.entries()) {
    const present = (rows[index] ?? []).map((value, column) => ({ value, column })).filter(({ value }) => value !== 0);
    const sum = present.reduce((total, { value, column }) => total + value * (at[column] ?? 0), 0);
    const said = 1 / (1 + Math.exp(-sum));
    for (const { value, column } of present) {
      gradient[column] = (gradient[column] ?? 0) + weight * (target - said) * value;
      const line = curvature[column];
      if (line === undefined) continue;
      const steep = weight * said * (1 - said) * value;
      for (const other of present) line[other.column] = (line[other.column] ?? 0) + steep * other.value;
    }
  }
  return { gradient, curvature };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
}
