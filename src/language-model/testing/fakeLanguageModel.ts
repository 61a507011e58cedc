import { AbortedError, TandemError } from '../../errors.js';
import type { GenerateRequest, Generation, LanguageModel, Message } from '../contract.js';
import { GenerationProgress } from '../generationProgress.js';
import { SerialQueue } from '../serialQueue.js';

/** A language model that answers from a script, for tests of timing and faults. */

export interface ScriptedAnswer {
  /** The pieces of text, each one token. */
  readonly pieces: readonly string[];
  /** Fails after this many pieces. */
  readonly failAfter?: number;
  readonly meanProbability?: number;
}

export interface FakeLanguageModelScript {
  /** What is answered to the last user message: a text is cut into words. Default: "You said: …". */
  readonly answer?: (question: string, messages: readonly Message[]) => string | ScriptedAnswer;
  /** Awaited before each piece, the first one included: a promise that the test resolves, or a delay. `signal` fires when it is stopped. */
  readonly beforePiece?: (index: number, signal: AbortSignal) => Promise<void>;
  readonly contextTokens?: number;
}

export class FakeLanguageModel implements LanguageModel {
  readonly label = 'fake';
  readonly capabilities: { readonly contextTokens: number; readonly prefill: boolean };
  /** Every request in the order in which it was served. */
  readonly requests: GenerateRequest[] = [];
  readonly prefilled: (readonly Message[])[] = [];
  closed = false;
  readonly #script: FakeLanguageModelScript;
  readonly #queue = new SerialQueue();
  readonly #closing = new AbortController();

  constructor(script: FakeLanguageModelScript = {}) {
    this.#script = script;
    this.capabilities = { contextTokens: script.contextTokens ?? 4096, prefill: true };
  }

  generate(request: GenerateRequest): Promise<Generation> {
    const progress = new GenerationProgress();
    return this.#queue.add(() => this.#answer(request, progress));
  }

  prefill(messages: readonly Message[]): Promise<void> {
    this.prefilled.push(messages);
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.#closing.abort();
    await this.#queue.idle();
  }

  async #answer(request: GenerateRequest, progress: GenerationProgress): Promise<Generation> {
    const signal = AbortSignal.any([request.signal, this.#closing.signal]);
    this.requests.push(request);
    const question = request.messages.findLast(({ role }) => role === 'user')?.content ?? '';
    const scripted = this.#script.answer?.(question, request.messages) ?? `You said: ${question}`;
    const { pieces, failAfter, meanProbability } = typeof scripted === 'string' ? { pieces: words(scripted) } : { ...scripted };
    for (const [index, piece] of pieces.entries()) {
      if (index === failAfter) throw scriptedFailure();
      if (index === request.maxTokens) return progress.result('length');
      if (!(await this.#mayGoOn(index, signal))) return progress.result('aborted');
      progress.sampled(meanProbability);
      progress.add(piece);
      request.onText?.(piece);
    }
    if (failAfter === pieces.length) throw scriptedFailure();
    return progress.result(signal.aborted ? 'aborted' : 'end');
  }

  /** False as soon as it was stopped, whatever the script still waits for. */
  async #mayGoOn(index: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const pace = this.#script.beforePiece?.(index, signal);
    if (pace === undefined) return true;
    return new Promise((resolve, reject) => {
      const stop = () => resolve(false);
      signal.addEventListener('abort', stop, { once: true });
      pace
        .then(
          () => resolve(!signal.aborted),
          (error: unknown) => (error instanceof AbortedError ? resolve(false) : reject(error)),
        )
        .finally(() => signal.removeEventListener('abort', stop));
    });
  }
}

function words(text: string): string[] {
  return text.match(/\s*\S+/g) ?? [];
}

function scriptedFailure(): TandemError {
  return new TandemError({ code: 'scripted-failure', stage: 'language-model', message: 'The script says that it fails here.' });
}
