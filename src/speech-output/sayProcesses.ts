import type { ChildProcess } from 'node:child_process';
import { unlink } from 'node:fs/promises';
import say from 'say';
import { codeOf, TandemError } from '../errors.js';
import { festivalMissing, temporarySound } from './festivalVoices.js';
import { plainSpeech } from './plainSpeech.js';
import { endTree } from './processTree.js';

/** The part of `say` that is used. Its `stop()` ends whatever process has the number after next, and is never called. */
interface SayProgram {
  /** The process that speaks, from `speak` until it has ended. */
  child: ChildProcess | null;
  /** On Linux `voice` is written into festival's Scheme program as it is, and `text` between quotes there. */
  speak(text: string, voice: string | null, speed: number | null): void;
}

const { Say: SayProgram } = say as unknown as { readonly Say: new () => SayProgram };

/** What festival writes when there is no sound; its exit code is 0 all the same. */
const COMPLAINT = /SIOD ERROR|error|fail|refused|cannot|can't|no such/i;

/** Runs the npm package `say`, a process for each sentence, and ends what it started. */
export class SayProcesses {
  readonly #running = new Set<ChildProcess>();

  /**
   * Resolves when the process has ended, or right after `signal` fires. `voice`: on Linux a Scheme expression of our own. Throws
   * `festival-missing` or `speech-failed`.
   */
  async speak(sentence: string, voice: string | null, speed: number | null, signal: AbortSignal): Promise<void> {
    const text = plainSpeech(sentence);
    if (text === '' || signal.aborted) return;
    const child = this.#start(text, voice, speed);
    let complaint = '';
    child.stderr?.on('data', (words: string) => {
      complaint = (complaint + words).slice(0, 1_000);
    });
    const stop = () => end(child);
    const ended = new Promise<Error | 'ended' | 'stopped'>((resolve) => {
      child.once('error', resolve);
      child.once('close', (code) => resolve(code === 0 ? 'ended' : 'stopped'));
    });
    this.#running.add(child);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const how = await ended;
      if (signal.aborted || !this.#running.has(child)) return await removeSound(child);
      if (codeOf(how) === 'ENOENT') throw festivalMissing(how);
      if (how !== 'ended' || COMPLAINT.test(complaint)) throw speechFailed(how);
    } finally {
      signal.removeEventListener('abort', stop);
      this.#running.delete(child);
    }
  }

  async close(): Promise<void> {
    const running = [...this.#running];
    this.#running.clear();
    await Promise.all(
      running.map(async (child) => {
        const gone = new Promise((resolve) => child.once('close', resolve));
        if (end(child)) await gone;
      }),
    );
  }

  #start(text: string, voice: string | null, speed: number | null): ChildProcess {
    const program = new SayProgram();
    try {
      program.speak(text, voice, speed);
    } catch (error) {
      throw speechFailed(error);
    }
    if (program.child === null) throw speechFailed();
    // The package listens to neither; what went wrong is seen from how the process ended.
    program.child.stdin?.on('error', () => {});
    return program.child;
  }
}

/** Ends the process and what it has started; false where it had ended by itself. */
function end(child: ChildProcess): boolean {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
  endTree(child.pid);
  return true;
}

/** A festival that was ended while it played could not remove it. */
async function removeSound(child: ChildProcess): Promise<void> {
  if (process.platform === 'linux' && child.pid !== undefined) await unlink(temporarySound(child.pid)).catch(() => {});
}

/** Without festival's own words: they may repeat what was to be said. */
export function speechFailed(cause?: unknown): TandemError {
  return new TandemError({
    code: 'speech-failed',
    stage: 'speech-output',
    message: 'The program that speaks failed.',
    remedy: 'Run `tandem doctor`, or set another speechOutput.engine in the profile.',
    ...(cause instanceof Error ? { cause } : {}),
  });
}
