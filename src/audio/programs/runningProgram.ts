import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** A few lines of what a program complains about are enough. */
const LONGEST_LINE = 300;
/** What ALSA's programs say when all is well. */
const GREETING = /^(Recording|Playing) raw data/;
/** ALSA's programs go on with another rate than they were told where the hardware has only that: everything would sound wrong. */
const WRONG_RATE = /rate is not accurate/;

interface Running {
  readonly name: string;
  /** Resolves once, with the exit code; undefined where a signal ended it or it never started. */
  readonly ended: Promise<number | undefined>;
  hasEnded(): boolean;
  /** The last line that it wrote to standard error. */
  lastWords(): string;
  /** True where it said that it uses another sample rate than it was told. */
  hasWrongRate(): boolean;
  /** Asks it to end, and ends it for sure after `graceMs`. Resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

export interface Recorder extends Running {
  readonly output: Readable;
}

export interface PlayerProgram extends Running {
  readonly input: Writable;
}

export function startRecorder(path: string, args: readonly string[]): Recorder {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment() });
  return { ...watch(child, path), output: child.stdout };
}

export function startPlayer(path: string, args: readonly string[]): PlayerProgram {
  const child: ChildProcessByStdio<Writable, null, Readable> = spawn(path, args, { stdio: ['pipe', 'ignore', 'pipe'], env: environment() });
  // A program that is gone breaks the pipe; how it ended says more.
  child.stdin.on('error', () => {});
  return { ...watch(child, path), input: child.stdin };
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C' };
}

function watch(child: ChildProcess, path: string): Running {
  let complaint = '';
  let ended = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2 * LONGEST_LINE);
  });
  const gone = new Promise<number | undefined>((resolve) => {
    const end = (code: number | undefined) => {
      ended = true;
      resolve(code);
    };
    // "close" and not "exit": its last words and its last samples have then arrived.
    child.once('close', (code) => end(code ?? undefined));
    child.once('error', (error) => {
      complaint = error.message;
      if (child.pid === undefined) end(undefined);
    });
  });
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    ended: gone,
    hasEnded: () => ended,
    lastWords: () => lastLine(complaint),
    hasWrongRate: () => WRONG_RATE.test(complaint),
    stop: async (graceMs) => {
      if (ended) return;
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await gone;
      clearTimeout(kill);
    },
  };
}

function lastLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '' && !GREETING.test(line))?.slice(0, LONGEST_LINE) ?? '';
}
