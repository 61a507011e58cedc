import type { Language } from '../../speech-to-text/contract.js';

/** A number as people say it: `exact` is false where digits were left off. */
export interface SaidNumber {
  readonly text: string;
  readonly exact: boolean;
}

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 });
const SIGNIFICANT = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
/** From here on, as a power of ten. */
const HUGE = 1e15;
const TINY = 1e-6;

/** "1,035", "29.8", "0.333": whole where it is, with up to three decimals where they are all, else with two, one or none by its size (three digits below one). */
export function sayNumber(value: number, language: Language = 'en'): SaidNumber {
  const clean = Number(value.toPrecision(12));
  const size = Math.abs(clean);
  if (size !== 0 && (size >= HUGE || size < TINY)) {
    const [digits = '', power = '0'] = clean.toExponential(2).split('e');
    const text =
      language === 'ko'
        ? `${Number(digits)} 곱하기 10의 ${Number(power)}제곱`
        : `${Number(digits)} times 10 to the power of ${Number(power)}`;
    return { text, exact: false };
  }
  const short = Number(clean.toFixed(3));
  if (short === clean) return { text: GROUPED.format(clean), exact: true };
  const decimals = size >= 1000 ? 0 : size >= 100 ? 1 : 2;
  return { text: size < 1 ? SIGNIFICANT.format(clean) : GROUPED.format(Number(clean.toFixed(decimals))), exact: false };
}
