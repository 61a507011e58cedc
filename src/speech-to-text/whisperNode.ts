import { mkdtemp, open, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeWav } from '../audio/wav/writer.js';
import type { EngineContext } from '../engineContext.js';
import { AbortedError, TandemError, throwIfAborted } from '../errors.js';
import { SerialQueue } from '../language-model/serialQueue.js';
import type { Language, SpeechToText, TranscribeOptions, Transcript } from './contract.js';
import { isHallucination, withoutSoundNotes } from './hallucinations.js';
import type { WhisperNodeOptions } from './options.js';
import { requireBuilt, whisperNodeBuild } from './whisper/builds.js';
import { languagesOf } from './whisper/modelFile.js';
import { NodeProcess, nodeFailed } from './whisper/nodeProcess.js';
import { padded, requireLength, voiceIn } from './whisper/utterance.js';
import { withinLimit } from './whisper/withinLimit.js';

const LONGEST_TEXT_BYTES = 100_000;
const PLAIN_PATH = /^[\w./-]+$/;

/** The package whisper-node in a process of its own. It loads the model for every utterance and always encodes 30 s. */
export class WhisperNode implements SpeechToText {
  readonly label = 'Whisper (whisper-node)';
  readonly capabilities: { readonly languages: readonly Language[] };
  readonly #options: WhisperNodeOptions;
  readonly #packageFolder: string;
  /** Of this engine alone: its recordings, and the model by a plain name. */
  readonly #folder: string;
  readonly #queue = new SerialQueue();
  #process: NodeProcess;
  #recordings = 0;
  #closed = false;

  private constructor(options: WhisperNodeOptions, languages: readonly Language[], packageFolder: string, folder: string) {
    this.#options = options;
    this.capabilities = { languages };
    this.#packageFolder = packageFolder;
    this.#folder = folder;
    this.#process = new NodeProcess(packageFolder, folder);
  }

  /**
   * `packageFolder`: the package with its program built. Throws `whisper-not-built`, `model-missing`, `whisper-model-unusable`,
   * `temporary-folder-unusable` or `whisper-node-failed`.
   */
  static async load(options: WhisperNodeOptions, context: EngineContext, packageFolder?: string): Promise<WhisperNode> {
    const build = whisperNodeBuild();
    if (packageFolder === undefined) requireBuilt(build);
    const model = resolve(await context.modelFile(options.model));
    const languages = await languagesOf(model);
    const folder = await plainFolder();
    await symlink(model, join(folder, 'model.bin'));
    const engine = new WhisperNode(options, languages, packageFolder ?? build.folder, folder);
    try {
      await engine.#process.ready;
    } catch (error) {
      await engine.close();
      throw error;
    }
    return engine;
  }

  /** Throws `AbortedError`, `TimeoutError`, `utterance-too-long` or `whisper-node-failed`. */
  async transcribe(samples: Int16Array, { signal, languages }: TranscribeOptions): Promise<Transcript> {
    throwIfAborted(signal, 'speech-to-text');
    requireLength(samples);
    const known = languages.filter((language) => this.capabilities.languages.includes(language));
    const [first = 'en'] = known;
    const voice = voiceIn(samples);
    if (voice.none) return { text: '', language: first };
    const wanted = known.length > 1 ? 'auto' : first;
    const text = withoutSoundNotes(
      await withinLimit(signal, this.#options.timeoutMs, (within) => this.#recognise(samples, wanted, within)),
    );
    const language = wanted === 'auto' ? languageOf(text, first) : wanted;
    return { text: isHallucination(text, voice.little) ? '' : text, language };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#process.stop();
    await this.#queue.idle();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** One at a time. */
  #recognise(samples: Int16Array, language: Language | 'auto', signal: AbortSignal): Promise<string> {
    return this.#queue.add(async () => {
      signal.throwIfAborted();
      if (this.#closed) throw new AbortedError('speech-to-text');
      if (!this.#process.alive) this.#renew();
      this.#recordings += 1;
      const recording = join(this.#folder, `${this.#recordings}.wav`);
      const text = `${recording}.txt`;
      const end = () => void this.#process.stop();
      signal.addEventListener('abort', end, { once: true });
      try {
        await writeWav(recording, padded(samples));
        await this.#process.transcribe({ recording, model: join(this.#folder, 'model.bin'), language });
        return await readText(text);
      } catch (error) {
        throw this.#closed ? new AbortedError('speech-to-text', error) : error;
      } finally {
        signal.removeEventListener('abort', end);
        await Promise.all([recording, text].map((file) => rm(file, { force: true })));
        // The next utterance should not have to wait for it.
        if (!this.#process.alive && !this.#closed) this.#renew();
      }
    });
  }

  #renew(): void {
    this.#process = new NodeProcess(this.#packageFolder, this.#folder);
  }
}

/** The text file is there only where whisper.cpp succeeded; it is empty where nothing was said. */
async function readText(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(LONGEST_TEXT_BYTES), 0, LONGEST_TEXT_BYTES, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw nodeFailed('whisper.cpp reported an error', cause);
  }
}

/** whisper-node doesn't tell which language it found. */
function languageOf(text: string, otherwise: Language): Language {
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  return /\p{Script=Latin}/u.test(text) ? 'en' : otherwise;
}

/** A new folder for this process's user alone. Throws `temporary-folder-unusable` where a shell would read more than a name in its path. */
async function plainFolder(): Promise<string> {
  const parent = tmpdir();
  if (PLAIN_PATH.test(parent)) return await mkdtemp(join(parent, 'tandem-whisper-node-'));
  throw new TandemError({
    code: 'temporary-folder-unusable',
    stage: 'speech-to-text',
    message: 'whisper-node takes only recordings below a path of letters, digits, dots and dashes, and the temporary folder has others.',
    remedy: 'Set TMPDIR to another folder, or speechToText.engine to whisperServer.',
    recoverable: false,
  });
}
