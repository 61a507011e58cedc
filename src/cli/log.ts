import { pino } from 'pino';
import type { Log } from '../engineContext.js';

/** Warnings of engines to standard error, a JSON object a line; all of it with `--verbose`. `write`: what else takes the lines. */
export function logToStderr(write?: (line: string) => void): Log {
  const level = process.argv.includes('--verbose') ? 'debug' : 'warn';
  return pino({ level, base: null }, write === undefined ? pino.destination({ dest: 2, sync: true }) : { write });
}
