import type { EngineContext } from '../engineContext.js';
import { throwIfAborted } from '../errors.js';
import { usableCores } from '../language-model/llama/cores.js';
import type { Language, SpeechToText, TranscribeOptions, Transcript } from './contract.js';
import { isHallucination, withoutSoundNotes } from './hallucinations.js';
import type { WhisperServerOptions } from './options.js';
import { readAnswer, type ServerAnswer } from './whisper/answer.js';
import { requireBuilt, serverBuild } from './whisper/builds.js';
import { languagesOf } from './whisper/modelFile.js';
import { requestForm } from './whisper/requestForm.js';
import { ServerKeeper } from './whisper/serverKeeper.js';
import { badAnswer, ConnectionLost } from './whisper/serverRequest.js';
import { padded, requireLength, voiceIn } from './whisper/utterance.js';
import { orAborted, withinLimit } from './whisper/withinLimit.js';

/** Threads beyond these don't make Whisper quicker on the boards this is for. */
const MOST_THREADS = 4;
/** From here on the engine itself doubts that there was speech, or what it was. */
const DOUBTED_NO_SPEECH = 0.4;
const DOUBTED_CONFIDENCE = 0.5;

/** whisper.cpp's server, built on this machine, kept running with its model loaded. One request for an utterance, two where the language turns out to be the other one. */
export class WhisperServer implements SpeechToText {
  readonly label = 'Whisper (whisper.cpp server)';
  readonly capabilities: { readonly languages: readonly Language[] };
  readonly #options: WhisperServerOptions;
  readonly #keeper: ServerKeeper;

  private constructor(options: WhisperServerOptions, languages: readonly Language[], keeper: ServerKeeper) {
    this.#options = options;
    this.capabilities = { languages };
    this.#keeper = keeper;
  }

  /** `program`: the built server. Throws `whisper-not-built`, `model-missing`, `whisper-model-unusable` or `whisper-server-failed`. */
  static async load(options: WhisperServerOptions, context: EngineContext, program?: string): Promise<WhisperServer> {
    const build = serverBuild();
    if (program === undefined) requireBuilt(build);
    const model = await context.modelFile(options.model);
    const languages = await languagesOf(model);
    const settings = { program: program ?? build.program, model, threads: threadsFor(options.threads) };
    return new WhisperServer(options, languages, await ServerKeeper.start(settings, context.log));
  }

  /** Throws `AbortedError`, `TimeoutError`, `utterance-too-long`, `whisper-failed` or `whisper-server-failed`. */
  async transcribe(samples: Int16Array, { signal, languages }: TranscribeOptions): Promise<Transcript> {
    throwIfAborted(signal, 'speech-to-text');
    requireLength(samples);
    const known = languages.filter((language) => this.capabilities.languages.includes(language));
    const [first = 'en', second] = known;
    const voice = voiceIn(samples);
    if (voice.none) return { text: '', language: first };
    const sound = padded(samples);
    const { answer, language } = await withinLimit(signal, this.#options.timeoutMs, async (within) => {
      const begun = await this.#ask(requestForm(sound, first, second !== undefined), within);
      if (second === undefined || begun.probability(second) <= begun.probability(first)) return { answer: begun, language: first };
      return { answer: await this.#ask(requestForm(sound, second, false), within), language: second };
    });
    const text = withoutSoundNotes(answer.text);
    const doubtful = voice.little || answer.noSpeech > DOUBTED_NO_SPEECH || (answer.confidence ?? 0) < DOUBTED_CONFIDENCE;
    if (text === '' || (this.#options.hallucinationFilter && isHallucination(text, doubtful))) return { text: '', language };
    return { text, language, ...(answer.confidence === undefined ? {} : { confidence: answer.confidence }) };
  }

  async close(): Promise<void> {
    await this.#keeper.close();
  }

  /**
   * A server that dies in the middle gets a second chance with the same utterance. One whose answer nobody waits for any more is stopped: it
   * would finish its encoder's work first, seconds on a small board, while loading the model again takes less than half a second.
   */
  async #ask(form: FormData, signal: AbortSignal): Promise<ServerAnswer> {
    for (let attempt = 1; ; attempt++) {
      const server = await orAborted(this.#keeper.server(), signal);
      try {
        const answer = readAnswer(await server.transcribe(form, signal));
        this.#keeper.answered();
        return answer;
      } catch (error) {
        if (signal.aborted) await server.stop();
        if (!(error instanceof ConnectionLost)) throw error;
        await server.kill();
        if (attempt === 2) throw badAnswer('it ended twice in the middle of this utterance', error);
      }
    }
  }
}

/** Where there are more than two cores, one is left to the audio side. */
export function threadsFor(threads: WhisperServerOptions['threads']): number {
  const cores = usableCores();
  if (threads !== 'auto') return Math.min(threads, cores);
  return Math.min(MOST_THREADS, cores > 2 ? cores - 1 : cores);
}
