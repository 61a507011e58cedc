import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../engineContext.js';
import { AbortedError } from '../../errors.js';
import { ServerProcess, type ServerSettings } from './serverProcess.js';

/** ms before a server that died is started again, by how often it died without an answer in between. After the last one only on demand. */
const RESTART_PAUSES_MS = [0, 250, 1000, 4000];

/** Keeps one server running: another one takes the place of one that died or was stopped. */
export class ServerKeeper {
  readonly #settings: ServerSettings;
  readonly #log: Log;
  readonly #closing = new AbortController();
  #current: Promise<ServerProcess> | undefined;
  #deaths = 0;

  private constructor(settings: ServerSettings, log: Log) {
    this.#settings = settings;
    this.#log = log;
  }

  /** Throws what `ServerProcess.start` does; the first start is not tried again. */
  static async start(settings: ServerSettings, log: Log): Promise<ServerKeeper> {
    const keeper = new ServerKeeper(settings, log);
    const first = await ServerProcess.start(settings, keeper.#closing.signal);
    keeper.#current = Promise.resolve(first);
    keeper.#watch(first);
    return keeper;
  }

  /** The running server, or the one that is being started. */
  server(): Promise<ServerProcess> {
    if (this.#closing.signal.aborted) return Promise.reject(new AbortedError('speech-to-text'));
    this.#current ??= this.#start(0);
    return this.#current;
  }

  /** It works: a later death is a first one again. */
  answered(): void {
    this.#deaths = 0;
  }

  async close(): Promise<void> {
    this.#closing.abort(new AbortedError('speech-to-text'));
    const server = await this.#current?.catch(() => undefined);
    await server?.stop();
  }

  async #start(pauseMs: number): Promise<ServerProcess> {
    try {
      await pause(pauseMs, undefined, { signal: this.#closing.signal });
      const server = await ServerProcess.start(this.#settings, this.#closing.signal);
      this.#watch(server);
      return server;
    } catch (error) {
      this.#died();
      throw error;
    }
  }

  #watch(server: ServerProcess): void {
    void server.ended.then(() => {
      if (this.#closing.signal.aborted) return;
      if (server.wasStopped) this.#use(this.#start(0));
      else this.#died();
    });
  }

  #died(): void {
    if (this.#closing.signal.aborted) return;
    const pauseMs = RESTART_PAUSES_MS[this.#deaths];
    this.#deaths += 1;
    this.#log.warn({ deaths: this.#deaths, pauseMs }, 'whisper-server ended by itself');
    this.#use(pauseMs === undefined ? undefined : this.#start(pauseMs));
  }

  #use(next: Promise<ServerProcess> | undefined): void {
    this.#current = next;
    next?.catch(() => {});
  }
}
