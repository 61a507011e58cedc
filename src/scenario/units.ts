import { z } from 'zod';

/** Times and loudness as people write them. */

const MS = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 } as const;
type Unit = keyof typeof MS;

const lengthPattern = /^(\d+(?:\.\d+)?) ?(ms|s|min|h)$/;

/** `500 ms`, `3 s`, `2 min`: becomes milliseconds. */
export const duration = z
  .string('must be a length of time such as 3 s or 500 ms')
  .regex(lengthPattern, 'must be a length of time such as 3 s or 500 ms')
  .transform((text) => {
    const [, count, unit] = lengthPattern.exec(text) ?? [];
    return Number(count) * MS[unit as Unit];
  });

const levelPattern = /^([+-]?\d+(?:\.\d+)?) ?dB$/;

/** `-20 dB`: becomes the number that samples are multiplied by. */
export const level = z
  .string('must be a loudness such as -20 dB')
  .regex(levelPattern, 'must be a loudness such as -20 dB')
  .transform((text) => 10 ** (Number(levelPattern.exec(text)?.[1]) / 20));

/** `3.2 s`, `180 ms`. */
export function lengthText(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
