import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { PcmChunk } from '../audio/contract.js';
import { fromBytes } from '../audio/pcm.js';
import { ByteReader } from '../audio/wav/byteReader.js';
import { readHeader } from '../audio/wav/header.js';
import type { EngineContext } from '../engineContext.js';
import { codeOf, TandemError } from '../errors.js';
import type { PcmSpeechOutput, SpeakOptions } from './contract.js';
import { checkVoice, espeakMissing, listVoices } from './espeakVoices.js';
import type { EngineOptions } from './options.js';

const BLOCK_BYTES = 65_536;

/** espeak-ng as a program: one process a sentence (it starts in about 10 ms), text on its standard input, WAV from its standard output. */
export class EspeakNg implements PcmSpeechOutput {
  readonly kind = 'pcm';
  readonly label = 'espeak-ng';
  readonly capabilities = { languages: ['en', 'ko'] } as const;
  readonly #options: EngineOptions<'espeakNg'>;
  readonly #running = new Set<ChildProcess>();
  #state: 'open' | 'closed' = 'open';

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
    const stopped = () => signal.aborted || this.#state === 'closed';
    if (text === '' || stopped()) return;
    const { voice, speed, pitch } = this.#options;
    const args = ['-v', voice[language], '-s', String(speed), '-p', String(pitch), '-b', '1', '--stdin', '--stdout'];
    const child = spawn('espeak-ng', args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const kill = () => child.kill('SIGKILL');
    const ended = endOf(child);
    this.#running.add(child);
    signal.addEventListener('abort', kill, { once: true });
    // A process that ends early closes its input; its exit code tells the story.
    child.stdin.on('error', () => {});
    child.stdin.end(text);
    let finished = false;
    try {
      for await (const chunk of soundOf(child.stdout)) {
        if (stopped()) return;
        yield chunk;
      }
      const error = await ended;
      finished = true;
      if (error !== undefined) throw error;
    } catch (error) {
      if (!stopped()) throw await reasonOf(error, child, ended);
    } finally {
      signal.removeEventListener('abort', kill);
      if (!finished) kill();
      child.stdout.destroy();
      await ended;
      this.#running.delete(child);
    }
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    await Promise.all([...this.#running].map(end));
  }
}

/** 16-bit mono WAV, piece by piece as it comes. */
async function* soundOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<PcmChunk, void, undefined> {
  const reader = new ByteReader(stream);
  const { format } = await readHeader(reader, 'The sound of espeak-ng');
  for (;;) {
    const bytes = await reader.some(BLOCK_BYTES);
    if (bytes.length === 0) return;
    const whole = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, await reader.take(1)]);
    yield { sampleRate: format.sampleRate, samples: fromBytes(whole) };
  }
}

/** Resolves when the process is gone: with what went wrong, or with nothing. */
function endOf(child: ChildProcess): Promise<TandemError | undefined> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(codeOf(error) === 'ENOENT' ? espeakMissing(error) : failed(error)));
    child.once('close', (code) => resolve(code === 0 ? undefined : failed()));
  });
}

/** Why there is no (more) sound: that the program is not there or has failed says more than that its sound was cut off. */
async function reasonOf(error: unknown, child: ChildProcess, ended: Promise<TandemError | undefined>): Promise<TandemError> {
  child.kill('SIGKILL');
  return (await ended) ?? failed(error);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
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
