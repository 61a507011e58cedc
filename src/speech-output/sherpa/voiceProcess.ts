import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TandemError } from '../../errors.js';
import type { FromVoice, ToVoice, VoiceSettings } from './messages.js';

/** Milliseconds. A large voice from a slow card takes its time. */
const LOAD_LIMIT_MS = 120_000;
const LONGEST_COMPLAINT = 2_000;

interface Waiting {
  resolve(samples: Int16Array): void;
  reject(error: TandemError): void;
}

/** A process that holds one voice of sherpa-onnx. */
export class VoiceProcess {
  /** Hz. */
  readonly sampleRate: number;
  readonly speakers: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  #state: 'runs' | 'has-ended' = 'runs';
  #lastId = 0;

  private constructor(child: ChildProcess, loaded: Extract<FromVoice, { kind: 'loaded' }>) {
    this.sampleRate = loaded.sampleRate;
    this.speakers = loaded.speakers;
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('exit', () => {
        this.#state = 'has-ended';
        for (const { reject } of this.#waiting.values()) reject(failed());
        this.#waiting.clear();
        resolve();
      });
    });
    child.on('message', (message: FromVoice) => this.#take(message));
  }

  /** Starts the process and waits until the voice is loaded. Throws `voice-unusable`. */
  static async start(settings: VoiceSettings): Promise<VoiceProcess> {
    const child = startChild();
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-LONGEST_COMPLAINT);
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), LOAD_LIMIT_MS);
    const answer = await new Promise<FromVoice | undefined>((resolve) => {
      child.once('message', resolve);
      child.once('close', () => resolve(undefined));
      child.once('error', () => resolve(undefined));
      send(child, { kind: 'load', settings });
    });
    clearTimeout(limit);
    if (answer?.kind === 'loaded') return new VoiceProcess(child, answer);
    child.kill('SIGKILL');
    throw unusable(settings.files.model, answer?.kind === 'not-loaded' ? answer.reason : lastLine(complaint));
  }

  hasEnded(): boolean {
    return this.#state === 'has-ended';
  }

  /** One clause, after those before it. Throws `speech-failed`. */
  speak(text: string): Promise<Int16Array> {
    if (this.hasEnded()) return Promise.reject(failed());
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(this.#child, { kind: 'speak', id, text });
    });
  }

  async close(): Promise<void> {
    if (!this.hasEnded()) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #take(message: FromVoice): void {
    if (message.kind !== 'sound' && message.kind !== 'no-sound') return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'sound') waiting?.resolve(message.samples);
    else waiting?.reject(failed());
  }
}

/** From `src` the file is TypeScript, which needs a loader; from `dist` it isn't. */
function startChild(): ChildProcess {
  const fromSource = fileURLToPath(import.meta.url).endsWith('.ts');
  const file = fileURLToPath(new URL(fromSource ? './voiceMain.ts' : './voiceMain.js', import.meta.url));
  const child = fork(file, {
    execArgv: fromSource ? ['--import', 'tsx'] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.on('error', () => {});
  return child;
}

function send(child: ChildProcess, message: ToVoice): void {
  // A process that has ended is seen by its exit.
  child.send(message, () => {});
}

function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? '';
  // Without the place in sherpa-onnx's source that comes first.
  return line.replace(/^\S+:\S+:\d+ /, '').slice(0, 300) || 'sherpa-onnx gave no reason';
}

function unusable(model: string, reason: string): TandemError {
  return new TandemError({
    code: 'voice-unusable',
    stage: 'speech-output',
    message: `The voice ${model} can't be loaded: ${reason.replace(/[.!\s]+$/, '')}.`,
    remedy: 'Use a Piper or Kokoro voice made for sherpa-onnx, or get it again with `tandem models pull`.',
    recoverable: false,
  });
}

function failed(): TandemError {
  return new TandemError({
    code: 'speech-failed',
    stage: 'speech-output',
    message: 'sherpa-onnx could not speak the sentence.',
    remedy: 'Run `tandem doctor`, or set another speechOutput.engine in the profile.',
  });
}
