import type { CatalogueModel } from '../../models/catalogue.js';
import type { Machine } from './machine.js';

/** How quickly a machine will generate, from what was measured and what is known of processors. */

/** Of the measured bandwidth, what is left when the model computes as well. */
const SHARE_OF_BANDWIDTH = 0.8;

/**
 * Bytes of Q4_K weights a second that one core gets through, by the best feature it has. AVX2: 5.7e9, measured (2 cores of a Xeon, 7.6
 * tokens/s of a 1.5 GB model). ARM with dot product: 3e9 (6 tokens/s of a 2 GB model on the 4 cores of a Pi 5); without: about a third.
 */
const PER_CORE: readonly (readonly [feature: string, bytesPerSecond: number])[] = [
  ['avx512_vnni', 7.5e9],
  ['avx512f', 6.5e9],
  ['avx2', 5.7e9],
  ['i8mm', 5e9],
  ['asimddp', 3e9],
  ['asimd', 0.9e9],
  ['avx', 2e9],
];
const WITHOUT = 0.6e9;

/** Tokens a second; roughly, `scripts/bench/expectedSpeed.ts` compares it with what is measured. A GPU's memory can't be measured from here, so this is the processor's part alone. */
export function expectedSpeed(machine: Pick<Machine, 'bandwidth' | 'cores' | 'features'>, model: Pick<CatalogueModel, 'bytes'>): number {
  const perCore = PER_CORE.find(([feature]) => machine.features.includes(feature))?.[1] ?? WITHOUT;
  return Math.min(machine.bandwidth * SHARE_OF_BANDWIDTH, machine.cores * perCore) / model.bytes;
}
