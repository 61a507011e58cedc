import { type ChildProcess, spawn } from 'node:child_process';
import type { PcmChunk } from '../audio/contract.js';
import type { EngineContext } from '../engineContext.js';
import { TandemError } from '../errors.js';
import type { PcmSpeechOutput, SpeakOptions } from './contract.js';
import { checkVoice, espeakMissing, listVoices } from './espeakVoices.js';
import type { EngineOptions } from './options.js';
import { WavStream } from './wavStream.js';

/** espeak-ng as a program: one process a sentence (it starts in about 10 ms), text on its standard input, WAV from its standard output. */
export class EspeakNg implements PcmSpeechOutput {
  readonly kind = 'pcm';
  readonly label = 'espeak-ng';
  readonly capabilities = { languages: ['en', 'ko'] } as const;
  readonly #options: EngineOptions<'espeakNg'>;
  readonly #running = new Set<ChildProcess>();

  private constructor(options: EngineOptions<'espeakNg'>) {
    this.#options = options;
  }

  /** Throws `espeak-ng-missing` or `voice-unknown`. */
  static async load(options: EngineOptions<'espeakNg'>, _context: EngineContext): Promise<EspeakNg> {
    const known = await listVoices();
    for (const voice of [options.voice.en, options.voice.ko]) checkVoice(voice, known);
    return new EspeakNg(options);
  }

  async *synthesize(sentence: string, { language, signal }: SpeakOptions): AsyncGenerator<PcmChunk, void, undefined> {
    const text = plainText(sentence);
    if (text === '' || signal.aborted) return;
    const { voice, speed, pitch } = this.#options;
    const args = ['-v', voice[language], '-s', String(speed), '-p', String(pitch), '-b', '1', '--stdin', '--stdout'];
    const child = spawn('espeak-ng', args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const kill = () => child.kill('SIGKILL');
    const ended = new Promise<Error | undefined>((resolve) => {
      child.once('error', (error) => resolve((error as NodeJS.ErrnoException).code === 'ENOENT' ? espeakMissing(error) : failed(error)));
      child.once('close', (code) => resolve(code === 0 ? undefined : failed()));
    });
    this.#running.add(child);
    signal.addEventListener('abort', kill, { once: true });
    // A process that ends early closes its input; its exit code tells the story.
    child.stdin.on('error', () => {});
    child.stdin.end(text);
    let finished = false;
    try {
      const wav = new WavStream();
      for await (const bytes of child.stdout) {
        const chunk = wav.push(bytes as Buffer);
        if (chunk !== undefined && !signal.aborted) yield chunk;
        if (signal.aborted) break;
      }
      const error = await ended;
      finished = true;
      if (error !== undefined && !signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', kill);
      if (!finished) kill();
      await ended;
      this.#running.delete(child);
    }
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#running].map(
        (child) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
            child.once('exit', () => resolve());
            child.kill('SIGKILL');
          }),
      ),
    );
  }
}

/** Without what espeak-ng takes for commands of its own: control characters, and phonemes in double brackets. */
function plainText(sentence: string): string {
  return sentence
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\[{2,}|\]{2,}/g, ' ')
    .trim();
}

function failed(cause?: unknown): TandemError {
  return new TandemError({
    code: 'speech-failed',
    stage: 'speech-output',
    message: 'espeak-ng ended before it had spoken the sentence.',
    remedy: 'Run `tandem doctor`, or install espeak-ng again.',
    ...(cause === undefined ? {} : { cause }),
  });
}
