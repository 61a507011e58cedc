import type { Log } from '../engineContext.js';
import { toTandemError } from '../errors.js';
import type { RequestEvent } from '../events/events.js';
import type { HostOptions } from '../handoff/options.js';
import type { Reply, Request } from '../handoff/schemas.js';
import type { Generation, LanguageModel } from '../language-model/contract.js';
import { refusalOf } from './admission.js';
import { FairQueue } from './fairQueue.js';
import { type ReplyBody, ReplyLog } from './replyLog.js';
import { Session } from './session.js';
import { Speed } from './speed.js';

export interface HostServiceSettings {
  readonly name: string;
  /** New with every start: a device that sees another one knows that its requests are forgotten. */
  readonly instance: string;
  readonly options: HostOptions;
  /** Each runs one answer at a time. */
  readonly models: readonly LanguageModel[];
  /** Puts a reply on its way to the device; may lose it. */
  readonly send: (device: string, request: string, reply: Reply) => void;
  /** Load or state have changed. */
  readonly onChange: () => void;
  readonly onEvent: (event: RequestEvent) => void;
  readonly log: Log;
}

export interface HostFigures {
  readonly draining: boolean;
  /** Nothing more fits. */
  readonly full: boolean;
  readonly running: number;
  readonly queue: number;
  readonly tokensPerSecond: number | undefined;
  readonly waitMs: number | undefined;
  /** Requests whose answers it could repeat. */
  readonly remembered: number;
}

/** Serves requests: takes or refuses them, lets devices take turns, runs the models, and repeats what got lost. Knows nothing of MQTT. */
export class HostService {
  readonly counters = { accepted: 0, refused: 0, done: 0, failed: 0, cancelled: 0, repeated: 0, strangers: 0 };
  readonly #settings: HostServiceSettings;
  readonly #queue = new FairQueue<Session>();
  readonly #open = new Map<string, Session>();
  readonly #running = new Set<Session>();
  readonly #log: ReplyLog;
  readonly #speed = new Speed();
  readonly #whenIdle = new Set<() => void>();
  #draining = false;

  constructor(settings: HostServiceSettings) {
    const { name, options } = settings;
    this.#settings = settings;
    this.#log = new ReplyLog(name, options.rememberRequests, options.rememberMs);
  }

  get figures(): HostFigures {
    const { options, models } = this.#settings;
    const running = this.#running.size;
    const queue = this.#queue.length;
    return {
      draining: this.#draining,
      full: running >= models.length && queue >= options.queueLimit,
      running,
      queue,
      tokensPerSecond: this.#speed.tokensPerSecond,
      waitMs: this.#speed.waitMs(running, queue, models.length),
      remembered: this.#log.size,
    };
  }

  /** A request came, perhaps once more. */
  request(device: string, request: Request): void {
    const known = this.#log.find(request.request);
    if (known !== undefined) {
      if (known.device === device) this.resend(device, request.request, 0);
      else this.counters.strangers += 1;
      return;
    }
    this.#log.begin(request.request, device);
    const refusal = refusalOf(request, this.#load(device, request.answeredLately));
    if (refusal === undefined) this.#accept(device, request);
    else this.#refuse(device, request.request, refusal);
  }

  /** The device missed what was said from this `seq` on. */
  resend(device: string, request: string, from: number): void {
    const known = this.#log.find(request);
    if (known?.device !== device) return;
    this.counters.repeated += 1;
    for (const reply of known.replies.slice(from)) this.#settings.send(device, request, reply);
  }

  cancel(device: string, request: string): void {
    const session = this.#open.get(request);
    if (session?.device === device) session.send({ type: 'CANCEL' });
  }

  /** Nobody is there any more to hear the answers. */
  cancelAllOf(device: string): void {
    for (const session of [...this.#open.values()]) if (session.device === device) session.send({ type: 'CANCEL' });
  }

  /** How fast the warm-up was, so that the first status says something. */
  warmedUp({ tokensPerSecond }: Pick<Generation, 'tokensPerSecond'>): void {
    this.#speed.warmedUp(tokensPerSecond);
  }

  /** Refuses what is new, hands back what waits, and resolves when what runs has ended; after `timeoutMs` it is ended. */
  async drain(timeoutMs: number): Promise<void> {
    this.#draining = true;
    this.#settings.onChange();
    for (const session of [...this.#open.values()]) session.send({ type: 'DRAIN' });
    if (this.#open.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const idle = new Promise<void>((resolve) => this.#whenIdle.add(resolve));
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([idle, late]);
    clearTimeout(timer);
    this.shutDown();
  }

  /** Ends everything at once. */
  shutDown(): void {
    this.#draining = true;
    for (const session of [...this.#open.values()]) session.send({ type: 'SHUT_DOWN' });
  }

  #load(device: string, answeredLately: number) {
    const { options, models } = this.#settings;
    const running = this.#running.size;
    const ahead = this.#queue.ahead(device, answeredLately);
    return {
      draining: this.#draining,
      running,
      atOnce: models.length,
      ahead,
      queueLimit: options.queueLimit,
      ofDevice: [...this.#open.values()].filter((session) => session.device === device).length,
      perDeviceLimit: options.perDeviceLimit,
      waitMs: this.#speed.waitMs(running, ahead, models.length),
      contextTokens: Math.max(0, ...models.map(({ capabilities }) => capabilities.contextTokens)),
    };
  }

  #refuse(device: string, request: string, code: string): void {
    this.counters.refused += 1;
    this.#settings.onEvent({ state: 'refused', device, request, code });
    this.#say(device, request, { kind: 'failed', code });
  }

  #accept(device: string, request: Request): void {
    const { options, onEvent } = this.#settings;
    const id = request.request;
    this.counters.accepted += 1;
    const ahead =
      this.#running.size < this.#settings.models.length ? 0 : this.#running.size + this.#queue.ahead(device, request.answeredLately);
    onEvent({ state: 'accepted', device, request: id });
    this.#say(device, id, { kind: 'accepted', instance: this.#settings.instance, ahead });
    const session = new Session({
      request,
      device,
      deadlineMs: Math.min(request.ttlMs, options.maxDeadlineMs),
      maxTokens: options.maxTokens,
      say: (body) => this.#say(device, id, body),
      onGenerated: (generation, tookMs) => this.#speed.add(generation, tookMs),
      onError: (error) => {
        const { code, message } = toTandemError(error, 'host');
        this.#settings.log.error({ code, request: id }, `the model failed: ${message}`);
      },
      onEnd: (ended) => this.#ended(ended),
    });
    this.#open.set(id, session);
    this.#queue.push(device, request.answeredLately, session);
    this.#startNext();
    this.#turnBack();
    this.#settings.onChange();
  }

  /** Those that a new one went ahead of, and for whom there is no room or not enough time any more, are told at once. */
  #turnBack(): void {
    const { options, models } = this.#settings;
    let ahead = 0;
    for (const session of this.#queue.order()) {
      const waitMs = this.#speed.waitMs(this.#running.size, ahead, models.length) ?? 0;
      if (ahead >= options.queueLimit || waitMs > session.patienceMs) session.send({ type: 'GIVE_WAY' });
      else ahead += 1;
    }
  }

  #startNext(): void {
    const { models, onEvent } = this.#settings;
    const busy = new Set([...this.#running].map(({ model }) => model));
    for (const model of models) {
      if (busy.has(model)) continue;
      const session = this.#queue.shift();
      if (session === undefined) return;
      this.#running.add(session);
      onEvent({ state: 'started', device: session.device, request: session.request });
      session.start(model);
    }
  }

  #ended(session: Session): void {
    this.#queue.remove(session);
    this.#running.delete(session);
    this.#open.delete(session.request);
    this.#startNext();
    this.#settings.onChange();
    if (this.#open.size > 0) return;
    for (const resolve of this.#whenIdle) resolve();
    this.#whenIdle.clear();
  }

  #say(device: string, request: string, body: ReplyBody): void {
    const reply = this.#log.add(request, body);
    if (reply === undefined) return;
    this.#settings.send(device, request, reply);
    this.#report(device, request, reply);
  }

  #report(device: string, request: string, reply: Reply): void {
    const { onEvent } = this.#settings;
    if (reply.kind === 'text' && reply.seq === 1) onEvent({ state: 'first-text', device, request });
    if (reply.kind === 'failed' && reply.seq > 0) {
      if (reply.code === 'cancelled') this.counters.cancelled += 1;
      else this.counters.failed += 1;
      onEvent({ state: 'failed', device, request, code: reply.code });
    }
    if (reply.kind === 'done') {
      this.counters.done += 1;
      const { generatedTokens, queuedMs, timeToFirstTokenMs, tokensPerSecond } = reply;
      onEvent({ state: 'done', device, request, generatedTokens, queuedMs, timeToFirstTokenMs, tokensPerSecond });
    }
  }
}
