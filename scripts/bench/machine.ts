import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

/** What every table begins with: where and when it was measured. */
export function machineLine(): string {
  const model = cpus()[0]?.model.trim() ?? process.arch;
  const board = boardName();
  return `${board ?? model}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
}

/** A Raspberry Pi says what it is. */
function boardName(): string | undefined {
  try {
    return readFileSync('/proc/device-tree/model', 'utf8').replaceAll('\0', '').trim();
  } catch {
    return undefined;
  }
}

/** Undefined where there are no values. */
export function quantile(values: readonly number[], q: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

/** Median, 95 % and the most of these values, for a table. */
export function spread(values: readonly number[], digits: number): string[] {
  return [0.5, 0.95, 1].map((q) => quantile(values, q)?.toFixed(digits) ?? '');
}

/** The first argument of the command line, a whole number from 1 on; `standard` where there is none. Anything else ends with 2. */
export function countArgument(standard: number): number {
  const count = Number(process.argv[2] ?? standard);
  if (Number.isSafeInteger(count) && count > 0) return count;
  process.stderr.write(`${process.argv[2]} is not a whole number from 1 on.\n`);
  process.exit(2);
}

/** Lines as wide as their widest cell. */
export function printTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  for (const row of all)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
}
