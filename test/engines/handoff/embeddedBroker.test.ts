import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { connectAsync } from 'mqtt';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../../src/freePort.js';
import { topics } from '../../../src/handoff/topics.js';
import { EmbeddedBroker } from '../../../src/host/embeddedBroker.js';
import { closedAfterEach } from '../../support/closedAfterEach.js';
import { eventually } from '../../support/eventually.js';
import { ask, counted, startDevice, startHost } from '../../support/handoff.js';
import { RawClient } from '../../support/rawClient.js';

const keep = closedAfterEach();

const start = async () => keep(await EmbeddedBroker.start(`mqtt://127.0.0.1:${await freePort()}`));

describe('the broker inside the host', () => {
  it('serves hosts and devices; without shared subscriptions the devices choose the host', async () => {
    const broker = await start();
    for (const name of ['one', 'two']) keep((await startHost(broker.url, { name })).host);
    const client = keep(await startDevice(broker.url));
    await eventually('both are seen', () => client.hostsAvailable().count === 2);
    expect(client.hosts().map(({ status }) => status?.shared)).toEqual([false, false]);
    for (let at = 0; at < 4; at += 1) expect(await ask(client, 'count 5').outcome).toBe(counted(5));
  });

  it('is found again when it was started anew', async () => {
    const broker = await EmbeddedBroker.start(`mqtt://127.0.0.1:${await freePort()}`);
    keep((await startHost(broker.url)).host);
    const client = keep(await startDevice(broker.url));
    await eventually('the host is seen', () => client.hostsAvailable().count === 1);
    await broker.close();
    await eventually('it is missed', () => !client.connected);
    expect(await ask(client, 'count 5').outcome).toBe('host-none');
    keep(await EmbeddedBroker.start(broker.url));
    await eventually('the host is seen', () => client.hostsAvailable().count === 1);
    expect(await ask(client, 'count 5').outcome).toBe(counted(5));
  });

  it.each<[string, string, Buffer, boolean]>([
    ['a large message', topics.reply('a', 'b'), Buffer.alloc(70_000), false],
    ['a topic of something else', 'zigbee/lamp', Buffer.from('on'), false],
    ['a message that is to be kept and is no status', topics.claims('home'), Buffer.from('{}'), true],
  ])('throws out who sends %s, and nobody gets it', async (_, topic, payload, retain) => {
    const broker = await start();
    const watcher = keep(await RawClient.connect(broker.url, ['#']));
    const raw = keep(await RawClient.connect(broker.url));
    await expect(raw.publish(topic, payload, retain)).rejects.toBeDefined();
    await watcher.publish(topics.claims('home'), 'after');
    await eventually('the rest goes on', () => watcher.heard.length > 0);
    expect(watcher.heard.map((one) => one.payload.toString())).toEqual(['after']);
  });

  it('keeps nothing for clients that are away', async () => {
    const broker = await start();
    const stays = connectAsync(broker.url, { protocolVersion: 4, clean: false, clientId: 'stays', reconnectPeriod: 0 }, false);
    await expect(stays).rejects.toBeDefined();
  });

  it('says so where the port is taken, or the address is not its own, or TLS is wanted', async () => {
    const broker = await start();
    await expect(EmbeddedBroker.start(broker.url)).rejects.toMatchObject({ code: 'broker-port-taken' });
    await expect(EmbeddedBroker.start('mqtt://192.0.2.1:1883')).rejects.toMatchObject({ code: 'broker-address' });
    await expect(EmbeddedBroker.start('mqtts://127.0.0.1:8883')).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('a broker that refuses shared subscriptions', () => {
  it('serves hosts and devices all the same', async () => {
    const port = await freePort();
    const broker = await Aedes.createBroker({
      authorizeSubscribe: (_, subscription, callback) => callback(null, subscription.topic.startsWith('$share/') ? null : subscription),
    });
    const server = createServer(broker.handle);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    keep({
      close: async () => {
        await new Promise<void>((resolve) => broker.close(() => resolve()));
        await new Promise<void>((resolve) => server.close(() => resolve()));
      },
    });
    const url = `mqtt://127.0.0.1:${port}`;
    keep((await startHost(url)).host);
    const client = keep(await startDevice(url));
    await eventually('the host is seen', () => client.hostsAvailable().count === 1);
    expect(await ask(client, 'count 5').outcome).toBe(counted(5));
  });
});
