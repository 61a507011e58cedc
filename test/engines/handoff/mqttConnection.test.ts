import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TandemError } from '../../../src/errors.js';
import { freePort } from '../../../src/freePort.js';
import { type ConnectionSettings, MqttConnection } from '../../../src/handoff/mqttConnection.js';
import { mqttOptions } from '../../../src/handoff/options.js';
import { closedAfterEach } from '../../support/closedAfterEach.js';
import { eventually } from '../../support/eventually.js';
import { KeptLog } from '../../support/keptLog.js';
import { Mosquitto } from '../../support/mosquitto.js';
import { sharedMosquitto } from '../../support/sharedMosquitto.js';
import { TcpProxy } from '../../support/tcpProxy.js';

const nobody = { username: undefined, password: undefined, ca: undefined, cert: undefined, key: undefined };
const keep = closedAfterEach();

interface Opened {
  readonly connection: MqttConnection;
  readonly got: { readonly topic: string; readonly text: string; readonly retained: boolean }[];
  readonly log: KeptLog;
}

function connectTo(url: string, changes: Partial<ConnectionSettings> = {}, options: object = {}): Opened {
  const got: Opened['got'] = [];
  const log = new KeptLog();
  const connection = new MqttConnection({
    options: mqttOptions.parse({ url, reconnectMinMs: 20, reconnectMaxMs: 100, connectTimeoutMs: 1_000, ...options }),
    credentials: nobody,
    clientId: `test-${randomUUID()}`,
    filters: [],
    log,
    onMessage: (topic, payload, retained) => got.push({ topic, text: payload.toString(), retained }),
    ...changes,
  });
  keep(connection);
  return { connection, got, log };
}

async function aedesOn(port: number): Promise<void> {
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  keep({
    close: async () => {
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

const failure = (connection: MqttConnection, ms = 3_000): Promise<TandemError> =>
  connection.whenConnected(ms).then(
    () => expect.unreachable('connected'),
    (error: TandemError) => error,
  );

const mosquitto = sharedMosquitto();

describe.each([
  { broker: 'Mosquitto', protocol: 'auto', speaks: '5' },
  { broker: 'Mosquitto', protocol: '3.1.1', speaks: '3.1.1' },
  { broker: 'aedes', protocol: 'auto', speaks: '3.1.1' },
])('with $broker and protocol $protocol', ({ broker, protocol, speaks }) => {
  let url: string;
  beforeAll(async () => {
    url = mosquitto.url;
  });
  const reach = async () => {
    if (broker === 'Mosquitto') return;
    const port = await freePort();
    await aedesOn(port);
    url = `mqtt://127.0.0.1:${port}`;
  };

  it('connects, publishes and hears', async () => {
    await reach();
    const topic = `t/${randomUUID()}`;
    const { connection, got } = connectTo(url, { filters: [topic] }, { protocol });
    await connection.whenConnected(2_000);
    expect(connection.protocol).toBe(speaks);
    await connection.publish({ topic, payload: Buffer.from('one'), expirySeconds: 5 });
    await connection.publish({ topic, payload: Buffer.from('two') });
    await eventually('both are heard', () => got.length === 2);
    expect(got.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('leaves its will when cut and not when it says goodbye; a retained message is told apart', async () => {
    await reach();
    const topic = `t/${randomUUID()}`;
    const watcher = connectTo(url, { filters: [topic] }, { protocol });
    await watcher.connection.whenConnected(2_000);
    const will = { topic, payload: Buffer.from('gone'), retain: true };
    const first = connectTo(url, { will }, { protocol });
    await first.connection.whenConnected(2_000);
    await first.connection.close({ topic, payload: Buffer.from('bye'), retain: true });
    const second = connectTo(url, { will, onConnected: () => {} }, { protocol });
    await second.connection.whenConnected(2_000);
    second.connection.cut();
    await eventually('the will is heard', () => watcher.got.length === 2);
    expect(watcher.got).toEqual([
      { topic, text: 'bye', retained: false },
      { topic, text: 'gone', retained: false },
    ]);
    const late = connectTo(url, { filters: [topic] }, { protocol });
    await eventually('the retained one is heard', () => late.got.length === 1);
    expect(late.got).toEqual([{ topic, text: 'gone', retained: true }]);
  });

  it('comes back after a cut, with its subscriptions, before it says so', async () => {
    await reach();
    const topic = `t/${randomUUID()}`;
    const times: boolean[] = [];
    const opened: Opened = connectTo(
      url,
      {
        filters: [topic],
        onConnected: () => {
          times.push(true);
          opened.connection.post({ topic, payload: Buffer.from(String(times.length)) });
        },
      },
      { protocol },
    );
    await eventually('the first is heard', () => opened.got.length === 1);
    opened.connection.cut();
    await eventually('the second is heard', () => opened.got.length === 2);
    expect(opened.got.map(({ text }) => text)).toEqual(['1', '2']);
  });
});

describe('a broker that is not there', () => {
  it('that refuses: says so with a remedy, goes on trying, and connects when it comes', async () => {
    const port = await freePort();
    const { connection } = connectTo(`mqtt://127.0.0.1:${port}`);
    const error = await failure(connection, 200);
    expect(error).toMatchObject({ code: 'broker-refused', stage: 'handoff' });
    expect(error.remedy).toContain('mqtt.url');
    await expect(connection.publish({ topic: 'a', payload: Buffer.from('b') })).rejects.toMatchObject({ code: 'broker-away' });
    const late = await Mosquitto.start({ port });
    keep(late);
    await connection.whenConnected(3_000);
  });

  it('whose name is unknown', async () => {
    const { connection } = connectTo('mqtt://no-such-host.invalid:1883');
    expect((await failure(connection, 600)).code).toMatch(/^broker-un/);
  });

  it('that accepts and then says nothing', async () => {
    const silent = createServer(() => {});
    const port = await freePort();
    await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
    keep({ close: async () => void silent.close() });
    const { connection } = connectTo(`mqtt://127.0.0.1:${port}`, {}, { connectTimeoutMs: 100 });
    expect(await failure(connection, 400)).toMatchObject({ code: 'broker-unreachable' });
  });

  it('that hangs up, or is something else', async () => {
    const rude = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const port = await freePort();
    await new Promise<void>((resolve) => rude.listen(port, '127.0.0.1', resolve));
    keep({ close: async () => void rude.close() });
    const { connection } = connectTo(`mqtt://127.0.0.1:${port}`);
    expect((await failure(connection, 400)).code).toMatch(/^broker-(closed|unreachable)$/);
  });

  it('asked for TLS on a plain port', async () => {
    const { connection } = connectTo(`mqtts://127.0.0.1:${mosquitto.port}`);
    expect(await failure(connection, 400)).toMatchObject({ code: 'broker-closed' });
  });
});

describe('a connection', () => {
  it('survives the restart of the broker', async () => {
    const broker = await Mosquitto.start();
    keep(broker);
    const topic = 't/restart';
    const { connection, got, log } = connectTo(broker.url, { filters: [topic] });
    await connection.whenConnected(2_000);
    await broker.restart('SIGKILL');
    await connection.whenConnected(3_000);
    await connection.publish({ topic, payload: Buffer.from('again') });
    await eventually('it is heard', () => got.length === 1);
    expect(log.lines.some(({ message }) => message === 'lost the broker')).toBe(true);
  });

  it('notices a network that swallows everything, and comes back when it is whole', async () => {
    const proxy = await TcpProxy.start(mosquitto.port);
    keep(proxy);
    const lost: string[] = [];
    const { connection } = connectTo(proxy.url, { onLost: ({ code }) => lost.push(code) }, { keepAliveSeconds: 1, connectTimeoutMs: 300 });
    await connection.whenConnected(2_000);
    proxy.hold();
    await eventually('it is noticed', () => lost.length === 1, 4_000);
    proxy.release();
    await connection.whenConnected(3_000);
  });

  it('refuses more than the limit while the broker does not confirm', async () => {
    const proxy = await TcpProxy.start(mosquitto.port);
    keep(proxy);
    const { connection } = connectTo(proxy.url, {}, { outgoingLimit: 10 });
    await connection.whenConnected(2_000);
    proxy.hold();
    const sent = Array.from({ length: 15 }, () => connection.publish({ topic: 't', payload: Buffer.alloc(1_000) }));
    const refusals = Promise.allSettled(sent.slice(10));
    expect((await refusals).every((one) => one.status === 'rejected' && one.reason.code === 'broker-overloaded')).toBe(true);
    proxy.drop();
    const rest = await Promise.allSettled(sent.slice(0, 10));
    expect(rest.every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('sends a thousand at once, none lost, in order', async () => {
    const topic = `t/${randomUUID()}`;
    const { connection, got } = connectTo(mosquitto.url, { filters: [topic] }, { outgoingLimit: 2_000 });
    await connection.whenConnected(2_000);
    await Promise.all(Array.from({ length: 1_000 }, (_, at) => connection.publish({ topic, payload: Buffer.from(String(at)) })));
    await eventually('all are heard', () => got.length === 1_000);
    expect(got.map(({ text }) => Number(text))).toEqual(Array.from({ length: 1_000 }, (_, at) => at));
  });

  it('taken over by another of the same name comes back', async () => {
    const clientId = `same-${randomUUID()}`;
    const one = connectTo(mosquitto.url, { clientId });
    await one.connection.whenConnected(2_000);
    const lost = eventually('the first is lost', () => !one.connection.connected);
    const other = connectTo(mosquitto.url, { clientId });
    await other.connection.whenConnected(2_000);
    await lost;
    await other.connection.close();
    await one.connection.whenConnected(2_000);
  });

  it('closes while it is still trying, and twice', async () => {
    const { connection } = connectTo(`mqtt://127.0.0.1:${await freePort()}`);
    const waiting = failure(connection);
    await connection.close();
    expect((await waiting).code).toBe('aborted');
    await connection.close();
    expect((await failure(connection)).code).toBe('aborted');
  });
});
