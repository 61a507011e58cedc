/** Single characters that are fractions: numerator and denominator. */
const fractions: Readonly<Record<string, readonly [number, number]>> = {
  '½': [1, 2],
  '⅓': [1, 3],
  '⅔': [2, 3],
  '¼': [1, 4],
  '¾': [3, 4],
  '⅕': [1, 5],
  '⅖': [2, 5],
  '⅗': [3, 5],
  '⅘': [4, 5],
  '⅙': [1, 6],
  '⅚': [5, 6],
  '⅛': [1, 8],
  '⅜': [3, 8],
  '⅝': [5, 8],
  '⅞': [7, 8],
};

/** The single character of a fraction, where there is one: 3, 4 → ¾. */
export function vulgarFraction(numerator: number, denominator: number): string | undefined {
  return Object.entries(fractions).find(([, [top, bottom]]) => top === numerator && bottom === denominator)?.[0];
}

export interface Fraction {
  /** The number before the fraction, '' where there is none: the 1 of 1 1/2. */
  readonly whole: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** Reads `3/4`, `1 1/2`, `¾`, `2½`; undefined where it is a plain number. */
export function readFraction(text: string): Fraction | undefined {
  const slashed = /^(?:(\d+) )?(\d+)\/(\d+)$/.exec(text);
  if (slashed !== null) return { whole: slashed[1] ?? '', numerator: Number(slashed[2]), denominator: Number(slashed[3]) };
  const pair = fractions[text.slice(-1)];
  return pair === undefined ? undefined : { whole: text.slice(0, -1).trim(), numerator: pair[0], denominator: pair[1] };
}
