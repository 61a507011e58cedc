import { z } from 'zod';
import type { EngineContext } from '../engineContext.js';
import { AbortedError, TandemError, TimeoutError, toTandemError } from '../errors.js';
import { withSystemMessage } from './chatTemplate.js';
import type { GenerateRequest, Generation, LanguageModel, Message } from './contract.js';
import { fitMessages } from './fitMessages.js';
import { GenerationProgress } from './generationProgress.js';
import type { OpenAiCompatibleOptions } from './options.js';
import { SerialQueue } from './serialQueue.js';
import { EventTooLarge, eventData } from './serverSentEvents.js';
import { untilAborted } from './untilAborted.js';

/** A server with OpenAI's chat completions, streamed. Source: OpenAI's API reference, "Chat completions, streaming"; vLLM and llama-server do the same. */

const chunkSchema = z.object({
  choices: z
    .array(z.object({ delta: z.object({ content: z.string().nullish() }).optional(), finish_reason: z.string().nullish() }))
    .default([]),
  usage: z.object({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0) }).nullish(),
  error: z.unknown().optional(),
});

const LAST_EVENT = '[DONE]';
const MOST_EVENT_BYTES = 64 * 1024;
/** No token of any vocabulary is longer, in UTF-16 units; an answer past that many times its tokens is not one. */
const LONGEST_TOKEN = 256;

export class OpenAiCompatible implements LanguageModel {
  readonly label: string;
  readonly capabilities: { readonly contextTokens: number; readonly prefill: boolean };
  readonly #options: OpenAiCompatibleOptions;
  readonly #apiKey: string | undefined;
  readonly #queue = new SerialQueue();
  readonly #closing = new AbortController();

  private constructor(options: OpenAiCompatibleOptions, apiKey: string | undefined) {
    this.label = `openAiCompatible (${options.model})`;
    this.capabilities = { contextTokens: options.contextTokens, prefill: false };
    this.#options = options;
    this.#apiKey = apiKey;
  }

  /** Rejects with `server-unreachable` or `server-refused` where the server does not list its models within the first-text timeout. */
  static async load(options: OpenAiCompatibleOptions, context: EngineContext): Promise<OpenAiCompatible> {
    const engine = new OpenAiCompatible(options, await context.secret('TANDEM_API_KEY'));
    const watch = new Watch(options.firstTextTimeoutMs);
    try {
      const response = await engine.#fetch('models', { method: 'GET', signal: watch.signal });
      await response.body?.cancel();
    } catch (error) {
      throw watch.reasonOr(error);
    } finally {
      watch.end();
    }
    return engine;
  }

  generate(request: GenerateRequest): Promise<Generation> {
    const progress = new GenerationProgress();
    const work = this.#queue.add(() => this.#answer(request, progress));
    return untilAborted(work, request.signal, () => progress.result('aborted'));
  }

  /** The server keeps what it evaluated as it sees fit. */
  prefill(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#queue.idle();
  }

  async #answer(request: GenerateRequest, progress: GenerationProgress): Promise<Generation> {
    const watch = new Watch(this.#options.firstTextTimeoutMs, [request.signal, this.#closing.signal]);
    try {
      if (watch.stopped) return progress.result('aborted');
      const body = JSON.stringify(this.#body(request));
      const response = await this.#fetch('chat/completions', { method: 'POST', body, signal: watch.signal });
      const stopReason = await this.#read(response, request, progress, watch);
      return progress.result(stopReason);
    } catch (error) {
      if (watch.stopped) return progress.result('aborted');
      throw watch.reasonOr(error);
    } finally {
      watch.end();
    }
  }

  /** Reads until the server says that the answer is whole; a stream that ends before is `answer-cut-off`. */
  async #read(
    response: Response,
    request: GenerateRequest,
    progress: GenerationProgress,
    watch: Watch,
  ): Promise<'end' | 'length' | 'aborted'> {
    let finish: string | undefined;
    let length = 0;
    for await (const data of eventData(bytesOf(response, watch.signal), MOST_EVENT_BYTES)) {
      if (watch.stopped) return 'aborted';
      if (data === LAST_EVENT) break;
      const { choices, usage, error } = parseChunk(data);
      if (error !== undefined)
        throw serverError('server-failed', 'The language model server reported a failure in the middle of the answer.');
      if (usage) progress.counted(usage.prompt_tokens, usage.completion_tokens);
      const text = choices[0]?.delta?.content ?? '';
      finish = choices[0]?.finish_reason ?? finish;
      if (text === '') continue;
      watch.restart(this.#options.idleTimeoutMs);
      length += text.length;
      if (length > request.maxTokens * LONGEST_TOKEN) throw nonsense('more text than was asked for');
      progress.sampled(undefined);
      progress.add(text);
      request.onText?.(text);
    }
    if (finish === undefined) throw cutOff();
    return finish === 'length' ? 'length' : 'end';
  }

  #body({ messages, maxTokens }: GenerateRequest) {
    const { model, temperature, topP, seed, contextTokens, systemMessage } = this.#options;
    const sized = withSystemMessage(messages, systemMessage.en).map((message) => ({ ...message, tokens: estimateTokens(message) }));
    const fitted = fitMessages(sized, { contextTokens, answerTokens: maxTokens, generationStartTokens: 1 });
    return {
      model,
      messages: fitted.messages.map(({ role, content }) => ({ role, content })),
      max_tokens: fitted.answerTokens,
      temperature,
      top_p: topP,
      seed,
      stream: true,
      stream_options: { include_usage: true },
    };
  }

  async #fetch(path: string, init: { method: string; body?: string; signal: AbortSignal }): Promise<Response> {
    const url = `${this.#options.url.replace(/\/+$/, '')}/${path}`;
    const headers = {
      'content-type': 'application/json',
      ...(this.#apiKey === undefined ? {} : { authorization: `Bearer ${this.#apiKey}` }),
    };
    const response = await fetch(url, { ...init, headers, redirect: 'error' });
    if (response.ok) return response;
    await response.body?.cancel();
    throw refused(response.status);
  }
}

/** Cuts a request off: on a person's wish, or when nothing has come for too long. One timer, started again with each piece. */
class Watch {
  readonly #cut = new AbortController();
  readonly #wishes: readonly AbortSignal[];
  readonly #onWish = () => this.#cut.abort(new AbortedError('language-model'));
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number, wishes: readonly AbortSignal[] = []) {
    this.#wishes = wishes;
    for (const wish of wishes) wish.addEventListener('abort', this.#onWish, { once: true });
    this.restart(limitMs);
  }

  get signal(): AbortSignal {
    return this.#cut.signal;
  }

  get stopped(): boolean {
    return this.#wishes.some((wish) => wish.aborted);
  }

  restart(limitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#cut.abort(new TimeoutError('language-model', limitMs)), limitMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    for (const wish of this.#wishes) wish.removeEventListener('abort', this.#onWish);
    // Ends what is still being sent.
    this.#cut.abort(new AbortedError('language-model'));
  }

  /** Why it was cut off, if it was; else what the failure means. */
  reasonOr(error: unknown): TandemError {
    if (this.#cut.signal.reason instanceof TandemError) return this.#cut.signal.reason;
    if (error instanceof TandemError) return error;
    if (error instanceof EventTooLarge) return nonsense('an event of more than 64 KiB');
    if (error instanceof TypeError) return unreachable(error);
    return toTandemError(error, 'language-model', 'server-failed');
  }
}

/** Ends when `signal` fires. `fetch` alone forgets its signal as soon as the request has been garbage-collected, and then waits on. */
async function* bytesOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } catch (cause) {
    throw cutOff(cause);
  } finally {
    signal.removeEventListener('abort', stop);
    await reader.cancel().catch(() => {});
  }
}

function parseChunk(data: string): z.infer<typeof chunkSchema> {
  try {
    return chunkSchema.parse(JSON.parse(data));
  } catch {
    throw nonsense('an event that is not a piece of a chat completion');
  }
}

/** There is no tokenizer here. Three bytes a token are fewer than real text has, so that what is estimated to fit does. */
function estimateTokens(message: Message): number {
  return Math.ceil(Buffer.byteLength(message.content) / 3) + 8;
}

function refused(status: number): TandemError {
  if (status === 401 || status === 403) {
    return serverError(
      'server-refused',
      `The language model server did not accept the key (HTTP ${status}).`,
      'Set TANDEM_API_KEY, or the secret in the profile.',
    );
  }
  if (status === 404) {
    return serverError(
      'server-refused',
      'The language model server has no such model or address (HTTP 404).',
      'Check url and model in the profile.',
    );
  }
  if (status === 429 || status === 503)
    return serverError('server-busy', `The language model server is busy (HTTP ${status}).`, 'Try again later.');
  return serverError('server-failed', `The language model server failed (HTTP ${status}).`, "Look at the server's own log.");
}

function cutOff(cause?: unknown): TandemError {
  return serverError('answer-cut-off', 'The language model server ended the answer in the middle.', undefined, cause);
}

function unreachable(cause: unknown): TandemError {
  return serverError(
    'server-unreachable',
    'The language model server could not be reached.',
    'Start it, and check url in the profile.',
    cause,
  );
}

function nonsense(what: string): TandemError {
  return serverError(
    'server-nonsense',
    `The language model server sent ${what}.`,
    'Check that url in the profile is an OpenAI-compatible server.',
  );
}

function serverError(code: string, message: string, remedy?: string, cause?: unknown): TandemError {
  return new TandemError({ code, stage: 'language-model', message, ...(remedy === undefined ? {} : { remedy }), cause });
}
