import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What the device holds at one moment, after everything that can go has gone. */
export interface Footprint {
  /** Simulated hours since the start. */
  readonly hour: number;
  readonly rssMb: number;
  /** Of that, pages of files: programs, libraries, the language model; the machine takes them back where it needs them. */
  readonly filesMb: number;
  readonly heapMb: number;
  /** What JavaScript's heap has taken from the machine, used or not. */
  readonly heapTakenMb: number;
  /** Memory of JavaScript's buffers. */
  readonly buffersMb: number;
  /** Processes that this one has started, and theirs. */
  readonly children: number;
  readonly childrenMb: number;
  /** Open sockets, pipes, timers and running requests, by Node's count. */
  readonly handles: number;
}

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

export function footprint(hour: number): Footprint {
  if (typeof collect === 'function') collect();
  const { rss, heapUsed, heapTotal, arrayBuffers } = process.memoryUsage();
  const children = descendants();
  return {
    hour,
    rssMb: rss / 2 ** 20,
    filesMb: statusMb('self', 'RssFile'),
    heapMb: heapUsed / 2 ** 20,
    heapTakenMb: heapTotal / 2 ** 20,
    buffersMb: arrayBuffers / 2 ** 20,
    children: children.length,
    childrenMb: children.reduce((sum, id) => sum + statusMb(id, 'VmRSS'), 0),
    handles: process.getActiveResourcesInfo().length,
  };
}

/** By least squares, a simulated hour; undefined where there are too few to say. */
export function slope<Point extends Pick<Footprint, 'hour'>>(
  points: readonly Point[],
  value: (point: Point) => number,
): number | undefined {
  if (points.length < 4) return undefined;
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const hours = points.map(({ hour }) => hour);
  const values = points.map(value);
  const [middle, level] = [mean(hours), mean(values)];
  const across = hours.reduce((sum, hour, index) => sum + (hour - middle) * ((values[index] ?? level) - level), 0);
  return across / hours.reduce((sum, hour) => sum + (hour - middle) ** 2, 0);
}

function descendants(): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // pid (name) state parent …; the name may hold spaces and brackets.
    const found = /^\d+ \(.*\) (\S) (\d+) /s.exec(read(`/proc/${name}/stat`));
    if (found !== null && found[1] !== 'Z') parents.set(Number(name), Number(found[2]));
  }
  const isOurs = (id: number): boolean => {
    const parent = parents.get(id);
    return parent !== undefined && (parent === process.pid || isOurs(parent));
  };
  return [...parents.keys()].filter(isOurs);
}

function statusMb(process: number | 'self', field: 'VmRSS' | 'RssFile'): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(read(`/proc/${process}/status`))?.[1] ?? 0) / 1024;
}

/** Processes come and go. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
