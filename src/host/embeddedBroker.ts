import { createServer, type Server } from 'node:net';
import { Aedes, type AedesPublishPacket, type PublishPacket } from 'aedes';
import { codeOf, TandemError, UsageError } from '../errors.js';
import { payloadLimit } from '../handoff/schemas.js';
import { parseTopic, topicRoot } from '../handoff/topics.js';

/** Most clients at once. */
const mostClients = 500;

/**
 * A broker inside the host, for trying the hand-off out: no accounts, no TLS, no shared subscriptions, nothing kept on disk. It passes
 * on the topics of the hand-off and nothing else, in messages of the size that they may have.
 */
export class EmbeddedBroker {
  readonly #broker: Aedes;
  readonly #server: Server;
  /** Where clients on this machine reach it. */
  readonly url: string;
  /** Machines other than this one reach it too. */
  readonly open: boolean;

  private constructor(broker: Aedes, server: Server, url: string, open: boolean) {
    this.#broker = broker;
    this.#server = server;
    this.url = url;
    this.open = open;
  }

  /** `url`: address and port to listen on, loopback unless it says otherwise. Rejects with `broker-port-taken`, `broker-address`, `UsageError`. */
  static async start(url: string): Promise<EmbeddedBroker> {
    const { protocol, hostname, port: portText } = new URL(url);
    if (protocol !== 'mqtt:') {
      throw new UsageError('The built-in broker has no TLS.', 'Give mqtt://…, or set Mosquitto up with scripts/mosquitto/setup.');
    }
    const address = hostname === 'localhost' ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, '');
    const port = Number(portText || 1883);
    const broker = await Aedes.createBroker({
      connectTimeout: 5_000,
      drainTimeout: 10_000,
      keepaliveLimit: 3_600,
      maxTopicLevels: 8,
      // Without an error a connection that is turned down would stay open.
      preConnect: (_, packet, callback) => {
        const welcome = packet.clean === true && broker.connectedClients < mostClients;
        callback(welcome ? null : new Error('no room, or a session that is to be kept'), welcome);
      },
      authorizePublish: (_, packet, callback) => callback(problemOf(packet)),
      authorizeForward: (_, packet: AedesPublishPacket) => packet,
    });
    const server = createServer((socket) => {
      socket.setNoDelay(true);
      broker.handle(socket);
    });
    server.maxConnections = mostClients;
    try {
      await listen(server, address, port);
    } catch (error) {
      await closeBroker(broker);
      throw cannotListen(error, address, port);
    }
    const open = !/^(127\.|::1$)/.test(address);
    const reachable = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '[::1]' : hostname;
    return new EmbeddedBroker(broker, server, `mqtt://${reachable}:${port}`, open);
  }

  async close(): Promise<void> {
    await closeBroker(this.#broker);
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** An error ends the connection of whoever sent it. */
function problemOf(packet: PublishPacket): Error | null {
  if (packet.payload.length > payloadLimit) return new Error('the message is too large');
  const address = parseTopic(packet.topic);
  if (address === undefined) return new Error(`only topics below ${topicRoot} are passed on`);
  if (packet.retain && address.kind !== 'hostStatus' && address.kind !== 'deviceStatus') return new Error('only a status is kept');
  return null;
}

function listen(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function closeBroker(broker: Aedes): Promise<void> {
  return new Promise((resolve) => broker.close(() => resolve()));
}

function cannotListen(error: unknown, address: string, port: number): TandemError {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return new TandemError({
      code: 'broker-port-taken',
      stage: 'host',
      message: `Something else listens on ${address}:${port} already.`,
      remedy: 'If it is a broker, leave --broker out; else give another port with --mqtt mqtt://127.0.0.1:PORT.',
      cause: error,
    });
  }
  return new TandemError({
    code: 'broker-address',
    stage: 'host',
    message: `The built-in broker can't listen on ${address}:${port}${code === '' ? '' : ` (${code})`}.`,
    remedy: 'It can only run on this machine: give an address of its own with --mqtt, such as mqtt://127.0.0.1:1883.',
    cause: error,
  });
}
