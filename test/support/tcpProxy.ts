import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../src/freePort.js';

/** Stands between a client and the broker, so that a test can break the network between them. */
export class TcpProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #held = false;

  private constructor(port: number, target: number) {
    this.port = port;
    this.#server = createServer((inner) => this.#join(inner, connect({ host: '127.0.0.1', port: target, noDelay: true })));
  }

  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(await freePort(), target);
    await new Promise<void>((resolve) => proxy.#server.listen(proxy.port, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** Nothing passes any more, and nobody is told: a cable pulled out. New connections get no answer either. */
  hold(): void {
    this.#held = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** What was held goes on. */
  release(): void {
    this.#held = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  /** Ends every connection with a reset, as a router that restarts. */
  drop(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
    this.#pairs.clear();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(inner: Socket, outer: Socket): void {
    const pair = [inner, outer] as const;
    this.#pairs.add(pair);
    inner.setNoDelay(true);
    inner.on('data', (data) => outer.write(data));
    outer.on('data', (data) => inner.write(data));
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => {
        if (this.#held) return;
        this.#pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
    if (this.#held) for (const socket of pair) socket.pause();
  }
}
