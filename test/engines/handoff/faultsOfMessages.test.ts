import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HostClient } from '../../../src/handoff/device/hostClient.js';
import { topicRoot, topics } from '../../../src/handoff/topics.js';
import { closedAfterEach } from '../../support/closedAfterEach.js';
import { eventually } from '../../support/eventually.js';
import { ask, counted, startDevice, startHost, type TestDeviceOptions } from '../../support/handoff.js';
import { RawClient } from '../../support/rawClient.js';
import { ScriptedHost } from '../../support/scriptedHost.js';
import { sharedMosquitto } from '../../support/sharedMosquitto.js';

/** Messages that come twice, in the wrong order, from the wrong sender, or are none. The broker is real; the other side is a script. */
const keep = closedAfterEach();
const broker = sharedMosquitto();

async function device(options: TestDeviceOptions = {}, hosts = 1): Promise<HostClient> {
  const client = keep(await startDevice(broker.url, options));
  await eventually(`${hosts} hosts are seen`, () => client.hostsAvailable().count === hosts);
  return client;
}

/** A device that asks, and a host that plays what the test says. */
async function asking(options: TestDeviceOptions = {}) {
  const host = keep(await ScriptedHost.start(broker.url));
  const client = await device(options);
  const asked = ask(client, 'count 4');
  const got = await host.request();
  return { host, client, asked, got };
}

describe('replies', () => {
  it('that come twice count once', async () => {
    const { got, client, asked } = await asking();
    for (const part of [got.accepted(), got.text(1, ' 0'), got.text(2, ' 1'), got.done(3)]) {
      await got.send(part);
      await got.send(part);
    }
    expect(await asked.outcome).toBe(' 0 1');
    expect(asked.text()).toBe(' 0 1');
    await eventually('they are counted', () => client.counters.duplicates === 3);
  });

  it('in any order are put in order', async () => {
    const { got, client, asked, host } = await asking();
    for (const part of [got.text(2, 'c'), got.text(1, 'b'), got.accepted(), got.done(4), got.text(3, 'd')]) await got.send(part);
    expect(await asked.outcome).toBe('bcd');
    expect(client.counters.early).toBe(3);
    expect(host.resends(got.id)).toEqual([]);
  });

  it('of which one is missing are asked for again, once, from the first that is missing', async () => {
    const { got, asked, host } = await asking();
    for (const part of [got.accepted(), got.text(1, 'a'), got.text(3, 'c'), got.text(4, 'd')]) await got.send(part);
    await eventually('the rest is asked for', () => host.resends(got.id).length > 0);
    for (const part of [got.text(2, 'b'), got.text(3, 'c'), got.text(4, 'd'), got.done(5)]) await got.send(part);
    expect(await asked.outcome).toBe('abcd');
    expect(host.resends(got.id)).toEqual([2]);
  });

  it('of which one stays missing end the question, and the host is told', async () => {
    const { got, asked, host } = await asking();
    for (const part of [got.accepted(), got.text(1, 'a'), got.text(3, 'c')]) await got.send(part);
    expect(await asked.outcome).toBe('host-gap');
    expect(asked.text()).toBe('a');
    await eventually('the host is told', () => host.cancels(got.id).length > 0);
    expect(host.resends(got.id)).toEqual([2]);
    expect(host.cancels(got.id)).toEqual(['timed-out']);
  });

  it('from another host are not believed', async () => {
    const { got, client, asked } = await asking();
    await got.send(got.accepted());
    await got.send({ ...got.text(1, 'lie'), host: 'mallory' });
    await got.send({ ...got.failed(1), host: 'mallory' });
    for (const part of [got.text(1, 'truth'), got.done(2)]) await got.send(part);
    expect(await asked.outcome).toBe('truth');
    expect(client.counters.strangers).toBe(2);
  });

  it('to a request that nobody made are not believed, and whoever works on it is told once', async () => {
    const host = keep(await ScriptedHost.start(broker.url));
    const client = await device({ device: 'kitchen' });
    const stray = host.answering('kitchen', randomUUID());
    for (const part of [stray.accepted(), stray.text(1, 'x'), stray.text(2, 'y')]) await stray.send(part);
    await eventually('they are counted', () => client.counters.strangers === 3);
    await eventually('the host is told', () => host.cancels(stray.id).length > 0);
    expect(host.cancels(stray.id)).toEqual(['not-waiting']);
  });

  it('after a question was given up are dropped', async () => {
    const { got, client, asked } = await asking({ handoff: { firstTextTimeoutMs: 50 } });
    await got.send(got.accepted());
    expect(await asked.outcome).toBe('host-first-text-timeout');
    await got.send(got.text(1, 'late'));
    await eventually('it is counted', () => client.counters.strangers === 1);
    expect(asked.text()).toBe('');
  });

  it('without end are cut off', async () => {
    const { got, asked, host } = await asking({ handoff: { maxTokens: 1 } });
    await got.send(got.accepted());
    await got.send(got.text(1, 'x'.repeat(200)));
    expect(await asked.outcome).toBe('host-too-much');
    await eventually('the host is told', () => host.cancels(got.id).length > 0);
  });

  it.each([
    ['host-not-accepted', { acceptedTimeoutMs: 60, attempts: 1 }, 0],
    ['host-first-text-timeout', { firstTextTimeoutMs: 60 }, 1],
    ['host-idle-timeout', { idleTimeoutMs: 60 }, 2],
    ['host-deadline', { deadlineMs: 150 }, 2],
  ])('that stop: %s, and the host is told', async (code, handoff, parts) => {
    const { got, asked, host } = await asking({ handoff });
    for (const part of [got.accepted(), got.text(1, 'a')].slice(0, parts)) await got.send(part);
    expect(await asked.outcome).toBe(code);
    await eventually('the host is told', () => host.cancels(got.id).length > 0);
  });

  it('that refuse send the device to the next host, and the question is asked once of each', async () => {
    const one = keep(await ScriptedHost.start(broker.url, 'one'));
    const two = keep(await ScriptedHost.start(broker.url, 'two'));
    const client = await device({}, 2);
    const asked = ask(client, 'count 4');
    const refuse = async (host: ScriptedHost) => {
      const got = await host.request();
      await got.send(got.failed(0, 'queue-full'));
    };
    await Promise.all([refuse(one), refuse(two)]);
    expect(await asked.outcome).toBe('queue-full');
    expect([one.asked, two.asked]).toEqual([1, 1]);
    expect(client.hostsAvailable().count).toBe(0);
  });
});

/** Whatever is not a message of ours, by the reason for which it is dropped. */
const garbage: readonly (readonly [string, string, Buffer])[] = [
  ['10 MB', 'too-large', Buffer.alloc(10 * 1024 * 1024, '{')],
  ['not JSON', 'not-json', Buffer.from('{"v":1')],
  ['not UTF-8', 'not-utf8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ['empty', 'not-json', Buffer.alloc(0)],
  ['of another version', 'wrong-version', Buffer.from('{"v":2,"seq":0,"host":"big","kind":"accepted"}')],
  ['of another shape', 'wrong-shape', Buffer.from('{"v":1,"seq":-1,"host":"+/#","kind":"text","text":7}')],
];

describe.each(garbage)('a message that is %s', (_, reason, payload) => {
  it('is dropped by device and host on every topic, and both go on', async () => {
    // MQTT 3.1.1, because a broker that speaks 5 keeps large ones from us.
    const { host } = await startHost(broker.url, { mqtt: { protocol: '3.1.1' } });
    keep(host);
    const client = await device({ device: 'kitchen', mqtt: { protocol: '3.1.1' } });
    const raw = keep(await RawClient.connect(broker.url));
    const request = randomUUID();
    const toDevice = [
      topics.reply('kitchen', request),
      topics.hostStatus('big2'),
      topics.deviceStatus('bath'),
      topics.deviceCommand('kitchen'),
      topics.claims('home'),
    ];
    const toHost = [
      topics.hostRequest('big', 'bath'),
      topics.poolRequest('home', 'bath'),
      topics.cancel('bath', request),
      topics.resend('bath', request),
      topics.ping('big', 'bath'),
    ];
    const large = payload.length > 1_000_000;
    // One large one each is enough, and quicker.
    for (const topic of large ? [toDevice[0], toHost[0]] : [...toDevice, ...toHost]) await raw.publish(topic ?? '', payload);
    await eventually('the device has dropped them', () => (client.counters.dropped[reason as 'not-json'] ?? 0) >= (large ? 1 : 5), 10_000);
    await eventually('the host has dropped them', () => (host.counters.dropped[reason] ?? 0) >= (large ? 1 : 6), 10_000);
    expect(await ask(client, 'count 3').outcome).toBe(counted(3));
  });
});

describe('a message that is 10 MB', () => {
  it('does not reach who speaks MQTT 5', async () => {
    const { host } = await startHost(broker.url);
    keep(host);
    const client = await device({ device: 'kitchen' });
    const raw = keep(await RawClient.connect(broker.url));
    await raw.publish(topics.reply('kitchen', randomUUID()), Buffer.alloc(10 * 1024 * 1024, '{'));
    await raw.publish(topics.hostRequest('big', 'bath'), Buffer.alloc(10 * 1024 * 1024, '{'));
    expect(await ask(client, 'count 3').outcome).toBe(counted(3));
    expect([client.counters.dropped['too-large'], host.counters.dropped['too-large']]).toEqual([0, 0]);
  });
});

describe('a request', () => {
  it('past its deadline is not started', async () => {
    const { host, model } = await startHost(broker.url, { pieceMs: 20 });
    keep(host);
    const client = await device();
    const long = ask(client, 'count 500');
    await eventually('it runs', () => long.text() !== '');
    const raw = keep(await RawClient.connect(broker.url));
    const late = await raw.ask('big', 'count 2', { ttlMs: 100 });
    expect(await late.ended()).toMatchObject({ kind: 'failed', code: 'deadline-passed', seq: 1 });
    long.stop();
    await long.outcome;
    expect(await ask(client, 'count 3').outcome).toBe(counted(3));
    expect(model.requests.map(({ messages }) => messages.at(-1)?.content)).toEqual(['count 500', 'count 3']);
  });

  it('for a device or host whose name is none goes nowhere', async () => {
    const { host, model } = await startHost(broker.url);
    keep(host);
    const client = await device();
    const raw = keep(await RawClient.connect(broker.url));
    await raw.publish(`${topicRoot}/hosts/big/requests/a b`, { v: 1 });
    await raw.publish(`${topicRoot}/requests/home/${'x'.repeat(65)}`, { v: 1 });
    await eventually('they are dropped', () => host.counters.dropped['unknown-topic'] === 2);
    expect(await ask(client, 'count 3').outcome).toBe(counted(3));
    expect(model.requests).toHaveLength(1);
  });
});
