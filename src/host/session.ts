import { createActor, fromCallback } from 'xstate';
import { type HostSessionEvent, hostSessionMachine } from '../../statecharts/hostSession.js';
import { codeOf } from '../errors.js';
import { type Request, textLimit } from '../handoff/schemas.js';
import type { Generation, LanguageModel } from '../language-model/contract.js';
import type { ReplyBody } from './replyLog.js';
import { TextBatcher } from './textBatcher.js';

export interface SessionParts {
  readonly request: Request;
  readonly device: string;
  readonly deadlineMs: number;
  readonly maxTokens: number;
  /** Says something to the device. */
  readonly say: (body: ReplyBody) => void;
  readonly onGenerated: (generation: Generation, tookMs: number) => void;
  readonly onError: (error: unknown) => void;
  /** It is over; called once. */
  readonly onEnd: (session: Session) => void;
}

/** One request while it is open: runs its chart with a model. */
export class Session {
  readonly device: string;
  readonly request: string;
  readonly #parts: SessionParts;
  readonly #actor;
  readonly #openedAt = performance.now();
  #startedAt: number | undefined;
  #model: LanguageModel | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.device = parts.device;
    this.request = parts.request.request;
    this.#actor = createActor(
      hostSessionMachine.provide({
        actors: { generate: fromCallback<HostSessionEvent>(({ sendBack }) => this.#generate(sendBack)) },
        actions: {
          publishText: (_, { text }) => this.#sayText(text),
          publishDone: (_, { generation }) => this.#sayDone(generation),
          publishFailed: (_, { code }) => parts.say({ kind: 'failed', code }),
        },
      }),
      { input: { deadlineMs: parts.deadlineMs } },
    );
    this.#actor.subscribe({
      complete: () => parts.onEnd(this),
      error: (error) => {
        parts.onError(error);
        parts.say({ kind: 'failed', code: 'generation-failed' });
        parts.onEnd(this);
      },
    });
    this.#actor.start();
  }

  /** The model that it runs on; undefined while it waits. */
  get model(): LanguageModel | undefined {
    return this.#model;
  }

  /** How much longer the device waits for the first text, ms. */
  get patienceMs(): number {
    return this.#parts.request.firstTextMs - (performance.now() - this.#openedAt);
  }

  start(model: LanguageModel): void {
    this.#model = model;
    this.#startedAt = performance.now();
    this.send({ type: 'START' });
  }

  send(event: HostSessionEvent): void {
    if (this.#actor.getSnapshot().status === 'active') this.#actor.send(event);
  }

  #generate(sendBack: (event: HostSessionEvent) => void): () => void {
    const { request, maxTokens, onGenerated, onError } = this.#parts;
    const model = this.#model;
    if (model === undefined) throw new Error('a session is started with a model');
    const stop = new AbortController();
    const batcher = new TextBatcher((text) => sendBack({ type: 'TEXT', text }));
    const begin = performance.now();
    const generating = model.generate({
      messages: request.messages,
      maxTokens: Math.min(maxTokens, request.maxTokens),
      signal: stop.signal,
      onText: (text) => batcher.push(text),
    });
    generating.then(
      (generation) => {
        onGenerated(generation, performance.now() - begin);
        batcher.flush();
        sendBack({ type: 'GENERATED', generation });
      },
      (error: unknown) => {
        batcher.close();
        if (!stop.signal.aborted) onError(error);
        sendBack({ type: 'MODEL_FAILED', code: replyCode(error) });
      },
    );
    return () => {
      batcher.close();
      stop.abort();
    };
  }

  #sayText(text: string): void {
    for (let from = 0; from < text.length; ) {
      const to = endOfPiece(text, from);
      this.#parts.say({ kind: 'text', text: text.slice(from, to) });
      from = to;
    }
  }

  #sayDone(generation: Generation | undefined): void {
    if (generation === undefined) return;
    const queuedMs = Math.round((this.#startedAt ?? this.#openedAt) - this.#openedAt);
    this.#parts.say({ kind: 'done', ...figuresOf(generation), queuedMs });
  }
}

/** All but the text; a figure that an engine could not make out is left out, because JSON has no word for it. */
function figuresOf({ stopReason, promptTokens, cachedTokens, generatedTokens, ...measured }: Generation) {
  const { timeToFirstTokenMs, tokensPerSecond, meanProbability } = measured;
  const optional = { timeToFirstTokenMs, tokensPerSecond, meanProbability };
  const finite = Object.entries(optional).filter(([, figure]) => Number.isFinite(figure));
  return { stopReason, promptTokens, cachedTokens, generatedTokens, ...(Object.fromEntries(finite) as Partial<typeof optional>) };
}

/** Not between the two halves of a character. */
function endOfPiece(text: string, from: number): number {
  const to = Math.min(text.length, from + textLimit);
  const last = text.charCodeAt(to - 1);
  return to < text.length && last >= 0xd800 && last <= 0xdbff ? to - 1 : to;
}

/** What the device is told of it. */
function replyCode(error: unknown): string {
  return codeOf(error) === 'question-too-long' ? 'conversation-too-long' : 'generation-failed';
}
