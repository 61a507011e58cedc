import type { Log } from '../engineContext.js';
import { TandemError, throwIfAborted } from '../errors.js';
import { type AudioSource, SAMPLE_RATE } from './contract.js';
import { FrameQueue } from './frameQueue.js';
import { Framer } from './framer.js';
import type { AudioOptions } from './options.js';
import { fromBytes } from './pcm.js';
import { type ChosenProgram, chooseProgram } from './programs/choose.js';
import { type Recorder, startRecorder } from './programs/runningProgram.js';
import { allowed, deviceOf, recorders } from './programs/soundPrograms.js';

export type MicrophoneOptions = Pick<AudioOptions, 'input' | 'inputDevice' | 'echoCancel'>;

/** A microphone gives sound all the time, zeros where it is muted; one that gives nothing for so long is gone. */
const SILENCE_LIMIT_MS = 3_000;
const STOP_GRACE_MS = 500;

/** The live microphone, through a program of the sound system: `pw-record`, `parec` or `arecord`. */
export class Microphone implements AudioSource {
  readonly label: string;
  readonly #chosen: ChosenProgram;
  readonly #log: Log | undefined;
  readonly #running = new Set<{ readonly queue: FrameQueue; end(): void; readonly done: Promise<void> }>();
  #droppedBefore = 0;

  private constructor(chosen: ChosenProgram, log: Log | undefined) {
    this.label = chosen.program.name;
    this.#chosen = chosen;
    this.#log = log;
  }

  /** Finds a program that gives sound. Throws `TandemError` `microphone-missing`, and `AbortedError` soon after `signal` fires. */
  static async load(options: MicrophoneOptions, log?: Log, signal?: AbortSignal): Promise<Microphone> {
    const device = deviceOf(options).input;
    const programs = allowed(recorders, { system: options.input, device, echoCancel: options.echoCancel });
    const chosen = await chooseProgram({ what: 'microphone', programs, device, trial: (program) => trial(program, signal) });
    return new Microphone(chosen, log);
  }

  /** Samples that were lost because the device did not fetch them within two seconds, since `load`. */
  get droppedSamples(): number {
    return [...this.#running].reduce((sum, { queue }) => sum + queue.droppedSamples, this.#droppedBefore);
  }

  /** Starts the program and ends it. After a `microphone-lost` it may be called again. */
  async *frames(signal: AbortSignal): AsyncGenerator<Int16Array, void, undefined> {
    if (signal.aborted) return;
    const queue = new FrameQueue();
    const recorder = startRecorder(this.#chosen.path, this.#chosen.argumentsFor(SAMPLE_RATE));
    const unwatch = this.#fill(queue, recorder);
    let finished = () => {};
    const done = new Promise<void>((resolve) => {
      finished = resolve;
    });
    const end = () => {
      queue.end();
      void recorder.stop(STOP_GRACE_MS).then(finished);
    };
    const running = { queue, end, done };
    this.#running.add(running);
    signal.addEventListener('abort', end, { once: true });
    try {
      yield* queue.frames();
    } finally {
      signal.removeEventListener('abort', end);
      unwatch();
      end();
      await done;
      this.#running.delete(running);
      this.#droppedBefore += queue.droppedSamples;
      if (queue.droppedSamples > 0) this.#log?.warn({ droppedSamples: queue.droppedSamples }, 'the microphone was heard too late');
    }
  }

  async close(): Promise<void> {
    const running = [...this.#running];
    for (const each of running) each.end();
    await Promise.all(running.map((each) => each.done));
  }

  /** Puts what the program gives into the queue; returns what ends the watch over it. */
  #fill(queue: FrameQueue, recorder: Recorder): () => void {
    const framer = new Framer();
    const lost = (reason: string) => queue.end(microphoneLost(recorder.name, reason));
    const watch = new SilenceWatch(SILENCE_LIMIT_MS, () => lost('it gives no sound any more'));
    let odd: Buffer = Buffer.alloc(0);
    recorder.output.on('data', (bytes: Buffer) => {
      watch.heard();
      const all = odd.length === 0 ? bytes : Buffer.concat([odd, bytes]);
      odd = all.length % 2 === 0 ? Buffer.alloc(0) : all.subarray(all.length - 1);
      for (const frame of framer.push(fromBytes(all))) queue.push(frame);
    });
    void recorder.ended.then(() => lost(recorder.lastWords() || 'it ended'));
    return () => watch.end();
  }
}

/** Tells when nothing has come for too long. */
class SilenceWatch {
  readonly #timer: NodeJS.Timeout;
  #heard: boolean = false;
  #over: boolean = false;

  constructor(limitMs: number, onSilence: () => void) {
    this.#timer = setTimeout(() => {
      this.#heard = false;
      // Where it was our own process that did nothing for so long, what has arrived meanwhile is read before this runs.
      setImmediate(() => {
        if (this.#heard || this.#over) return;
        onSilence();
      });
    }, limitMs);
  }

  heard(): void {
    this.#heard = true;
    if (!this.#over) this.#timer.refresh();
  }

  end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }
}

/** Undefined where the program gives sound. */
async function trial(chosen: ChosenProgram, signal?: AbortSignal): Promise<string | undefined> {
  throwIfAborted(signal, 'audio');
  const recorder = startRecorder(chosen.path, chosen.argumentsFor(SAMPLE_RATE));
  const heard = await new Promise<boolean>((resolve) => {
    const limit = setTimeout(() => resolve(false), SILENCE_LIMIT_MS);
    const decide = (sound: boolean) => {
      clearTimeout(limit);
      resolve(sound);
    };
    recorder.output.once('data', () => decide(true));
    void recorder.ended.then(() => decide(false));
    signal?.addEventListener('abort', () => decide(false), { once: true });
  });
  const ended = recorder.hasEnded();
  await recorder.stop(STOP_GRACE_MS);
  throwIfAborted(signal, 'audio');
  if (recorder.hasWrongRate()) return 'it has no 16 kHz; name the device with plughw: instead of hw:';
  if (heard) return undefined;
  return ended ? recorder.lastWords() || 'it ended at once' : 'it gives no sound';
}

function microphoneLost(program: string, reason: string): TandemError {
  return new TandemError({
    code: 'microphone-lost',
    stage: 'audio',
    message: `The microphone is gone (${program}: ${reason}).`,
    remedy: 'Check that it is plugged in and that the sound server runs.',
  });
}
