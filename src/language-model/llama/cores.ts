import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

/** Physical cores that this process may use: what the processor has, less what its affinity (a container's limit) keeps away. */
export function usableCores(): number {
  return Math.max(1, Math.min(physicalCores(cpuInfo(), cpus().length), availableParallelism()));
}

/** `cpuInfo`: the text of /proc/cpuinfo. Processors that share a `core id` are threads of one core; where there are none (ARM), each is a core. */
export function physicalCores(cpuInfo: string, logicalProcessors: number): number {
  const cores = new Set<string>();
  for (const processor of cpuInfo.split(/\n\s*\n/)) {
    const core = /^core id\s*:\s*(\d+)/m.exec(processor)?.[1];
    const socket = /^physical id\s*:\s*(\d+)/m.exec(processor)?.[1] ?? '0';
    if (core !== undefined) cores.add(`${socket}:${core}`);
  }
  return cores.size > 0 ? cores.size : Math.max(1, logicalProcessors);
}

/** What the processor is called; a measurement made on one does not hold on another. */
export function processorName(): string {
  return cpus()[0]?.model ?? 'unknown';
}

function cpuInfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}
