import type { ChildProcess } from 'node:child_process';
import { unlink } from 'node:fs/promises';
import say from 'say';
import type { EngineContext } from '../engineContext.js';
import { TandemError } from '../errors.js';
import type { SelfPlayingSpeechOutput, SpeakOptions } from './contract.js';
import { checkFestival, festivalMissing, festivalSetup, temporarySound } from './festival.js';
import type { EngineOptions } from './options.js';
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

/** What festival, or the program that plays for it, writes when there is no sound; its exit code is 0 all the same. */
const COMPLAINT = /SIOD ERROR|error|fail|refused|cannot|can't|no such/i;

/** The npm package `say`: festival on Linux, the system's voice on macOS. English. It plays by itself, a process for each sentence. */
export class Say implements SelfPlayingSpeechOutput {
  readonly kind = 'plays-itself';
  readonly label = 'say';
  readonly capabilities = { languages: ['en'] } as const;
  readonly #voice: string | null;
  readonly #speed: number | null;
  readonly #running = new Set<ChildProcess>();

  private constructor(voice: string | null, speed: number | null) {
    this.#voice = voice;
    this.#speed = speed;
  }

  /** Throws `festival-missing`, `festival-voice-missing`, `voice-unknown` or `player-missing`. */
  static async load(options: EngineOptions<'say'>, _context: EngineContext): Promise<Say> {
    if (process.platform !== 'linux') return new Say(options.voice ?? null, options.speed);
    await checkFestival(options.voice);
    // The speed is part of the set-up: the package's own way to be quick is to play at another pitch.
    return new Say(await festivalSetup(options), null);
  }

  async speak(sentence: string, { signal }: SpeakOptions): Promise<void> {
    const text = plainSpeech(sentence);
    if (text === '' || signal.aborted) return;
    const child = this.#start(text);
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
      if (how instanceof Error && (how as NodeJS.ErrnoException).code === 'ENOENT') throw festivalMissing(how);
      if (how !== 'ended' || COMPLAINT.test(complaint)) throw failed(how);
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

  #start(text: string): ChildProcess {
    const program = new SayProgram();
    try {
      program.speak(text, this.#voice, this.#speed);
    } catch (error) {
      throw failed(error);
    }
    if (program.child === null) throw failed();
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
function failed(cause?: unknown): TandemError {
  return new TandemError({
    code: 'speech-failed',
    stage: 'speech-output',
    message: 'The program that speaks, or the one that plays for it, failed.',
    remedy: 'Check that the loudspeaker works (`tandem doctor`), or set another speechOutput.engine in the profile.',
    ...(cause instanceof Error ? { cause } : {}),
  });
}
