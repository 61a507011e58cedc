import { vi } from 'vitest';

/** What this process prints while it is kept. */
export interface KeptOutput {
  out: string;
  err: string;
  /** Prints again from now on. */
  restore(): void;
}

export function keepOutput(): KeptOutput {
  const kept: KeptOutput = { out: '', err: '', restore: () => {} };
  const keep = (where: 'out' | 'err') => (text: string | Uint8Array) => {
    kept[where] += String(text);
    return true;
  };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(keep('out'));
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(keep('err'));
  kept.restore = () => {
    out.mockRestore();
    err.mockRestore();
  };
  return kept;
}
