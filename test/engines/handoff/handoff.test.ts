import { describe, expect, it } from 'vitest';
import type { HostClient } from '../../../src/handoff/device/hostClient.js';
import { topics } from '../../../src/handoff/topics.js';
import { closedAfterEach } from '../../support/closedAfterEach.js';
import { eventually } from '../../support/eventually.js';
import { ask, counted, startDevice, startHost } from '../../support/handoff.js';
import { RawClient } from '../../support/rawClient.js';
import { sharedMosquitto } from '../../support/sharedMosquitto.js';

const keep = closedAfterEach();
const broker = sharedMosquitto();

async function host(options: Parameters<typeof startHost>[1] = {}) {
  const started = await startHost(broker.url, options);
  keep(started.host);
  return started;
}
async function device(options: Parameters<typeof startDevice>[1] = {}, hosts = 1) {
  const client = keep(await startDevice(broker.url, options));
  await eventually(`${hosts} hosts are seen`, () => ready(client).length === hosts);
  return client;
}
const ready = (client: HostClient) => client.hosts().filter(({ state }) => state === 'ready');

describe('a question', () => {
  it('is answered, piece by piece, with the figures of the model', async () => {
    await host();
    const client = await device();
    const asked = ask(client, 'count 20');
    expect(await asked.answer).toMatchObject({ host: 'big', text: counted(20), stopReason: 'end', generatedTokens: 20 });
    expect(asked.text()).toBe(counted(20));
    expect(asked.states).toEqual(['accepted big', 'streaming big', 'done big']);
    expect(client.counters).toMatchObject({ asked: 1, answered: 1, failed: 0, strangers: 0, duplicates: 0 });
  });

  it('with no host there fails at once', async () => {
    const client = await device({}, 0);
    const before = performance.now();
    expect(await ask(client, 'count 1').outcome).toBe('host-none');
    expect(performance.now() - before).toBeLessThan(100);
    expect(client.hostsAvailable()).toMatchObject({ count: 0 });
  });

  it('stopped in the middle ends at once, on both sides', async () => {
    const { model, host: big } = await host({ pieceMs: 10 });
    const client = await device();
    const asked = ask(client, 'count 500');
    await eventually('text comes', () => asked.text().length > 5);
    asked.stop();
    expect(await asked.outcome).toBe('aborted');
    const said = asked.text();
    await eventually('the model stops', () => big.figures?.running === 0);
    expect(model.requests[0]?.signal.aborted).toBe(true);
    expect(asked.text()).toBe(said);
    expect(await ask(client, 'count 2').outcome).toBe(counted(2));
  });

  it('stopped before it is asked is not sent', async () => {
    const { model } = await host();
    const client = await device();
    const stopped = AbortSignal.abort();
    expect(await ask(client, 'count 5', { signal: stopped }).outcome).toBe('aborted');
    expect(model.requests).toHaveLength(0);
  });

  it('that the model fails on is given back', async () => {
    const { host: big } = await startHost(broker.url);
    keep(big);
    big.serve([{ ...brokenModel }]);
    const client = await device();
    expect(await ask(client, 'count 5').outcome).toBe('generation-failed');
    expect(big.counters).toMatchObject({ failed: 1 });
  });

  it('with a history longer than a message goes without its oldest turns', async () => {
    const { model } = await host();
    const client = await device();
    const turn = (at: number) => [
      { role: 'user' as const, content: `old ${at} ${'x'.repeat(20_000)}` },
      { role: 'assistant' as const, content: 'yes' },
    ];
    const messages = [
      { role: 'system' as const, content: 'S' },
      ...[1, 2, 3, 4, 5].flatMap(turn),
      { role: 'user' as const, content: 'count 3' },
    ];
    expect(await ask(client, '', { messages }).outcome).toBe(counted(3));
    expect(model.requests[0]?.messages.map(({ content }) => content.slice(0, 7))).toEqual([
      'S',
      'old 3 x',
      'yes',
      'old 4 x',
      'yes',
      'old 5 x',
      'yes',
      'count 3',
    ]);
  });

  it('too long in itself is refused on the device', async () => {
    await host();
    const client = await device();
    expect(await ask(client, 'x'.repeat(70_000)).outcome).toBe('conversation-too-long');
  });

  it('too long for the model is refused by the host', async () => {
    const { model } = await host();
    const client = await device();
    expect(await ask(client, 'x'.repeat(30_000)).outcome).toBe('conversation-too-long');
    expect(model.requests).toHaveLength(0);
  });
});

const brokenModel = {
  label: 'broken',
  capabilities: { contextTokens: 4_096, prefill: false },
  generate: () => Promise.reject(new Error('no')),
  prefill: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

describe('several hosts', () => {
  it('share the questions by the broker’s shared subscription', async () => {
    const { model: one } = await host({ name: 'one' });
    const { model: two } = await host({ name: 'two' });
    const client = await device({}, 2);
    await eventually('both say that sharing works', () => ready(client).every(({ status }) => status?.shared === true));
    for (let at = 0; at < 8; at += 1) expect(await ask(client, 'count 2').outcome).toBe(counted(2));
    expect([one.requests.length, two.requests.length]).toEqual([4, 4]);
  });

  it('one is full: it refuses, and the next one gets it', async () => {
    await host({ name: 'one', host: { queueLimit: 0 }, pieceMs: 20 });
    const other = await device({}, 1);
    const long = ask(other, 'count 50');
    await eventually('it runs', () => long.text() !== '');
    const { model: two } = await host({ name: 'two' });
    const client = await device({}, 1);
    await eventually('the second is seen', () => ready(client).length === 1);
    // What it knows is older than what happens: the busy one is asked first by its name, and refuses.
    const raw = keep(await RawClient.connect(broker.url));
    const asked = await raw.ask('one', 'count 1');
    expect(await asked.ended()).toMatchObject({ kind: 'failed', code: 'queue-full', seq: 0 });
    expect(await ask(client, 'count 3').outcome).toBe(counted(3));
    expect(two.requests).toHaveLength(1);
    long.stop();
  });

  it('all of them full: the device is told so', async () => {
    await host({ name: 'one', host: { queueLimit: 0 }, pieceMs: 20 });
    const client = await device({}, 1);
    const long = ask(client, 'count 50');
    await eventually('it runs', () => long.text() !== '');
    expect(await ask(client, 'count 3').outcome).toBe('queue-full');
    long.stop();
  });

  it('serve devices in turn, and one device in order', async () => {
    const { model, host: big } = await host({ host: { perDeviceLimit: 5 }, pieceMs: 5 });
    const greedy = await device({ device: 'greedy' });
    const modest = await device({ device: 'modest' });
    const first = ask(greedy, 'count 40');
    await eventually('the first runs', () => first.text() !== '');
    const rest = [ask(greedy, 'count 2'), ask(greedy, 'count 3')];
    await eventually('they wait', () => big.figures?.queue === 2);
    const other = ask(modest, 'count 4');
    await eventually('all wait', () => big.figures?.queue === 3);
    await Promise.all([...rest, other, first].map(({ outcome }) => outcome));
    expect(model.requests.map(({ messages }) => messages.at(-1)?.content)).toEqual(['count 40', 'count 4', 'count 2', 'count 3']);
  });

  it('that are full give the place of who had more to who had less', async () => {
    const { host: big } = await host({ host: { queueLimit: 1 }, pieceMs: 5 });
    const greedy = await device({ device: 'greedy' });
    const modest = await device({ device: 'modest' });
    const first = ask(greedy, 'count 60');
    await eventually('the first runs', () => first.text() !== '');
    const second = ask(greedy, 'count 2');
    await eventually('the second waits', () => big.figures?.queue === 1);
    const other = ask(modest, 'count 4');
    expect(await second.outcome).toBe('queue-full');
    expect(await Promise.all([first, other].map(({ outcome }) => outcome))).toEqual([counted(60), counted(4)]);
    // Had one each now: who is there first has the place.
    const next = ask(greedy, 'count 60');
    await eventually('it runs', () => next.text() !== '');
    const waiting = ask(modest, 'count 2');
    await eventually('it waits', () => big.figures?.queue === 1);
    expect(await ask(greedy, 'count 2').outcome).toBe('queue-full');
    expect(await waiting.outcome).toBe(counted(2));
  });

  it('bound what one device may ask for', async () => {
    await host({ host: { perDeviceLimit: 2 }, pieceMs: 20 });
    const client = await device();
    const asked = [ask(client, 'count 50'), ask(client, 'count 2')];
    await eventually('they are taken', () => asked.every(({ states }) => states.length > 0));
    expect(await ask(client, 'count 2').outcome).toBe('queue-full');
    for (const one of asked) one.stop();
  });

  it('drain: what runs is finished, what waits and what is new goes elsewhere', async () => {
    const { host: one } = await host({ name: 'one', pieceMs: 10 });
    const client = await device({}, 1);
    const running = ask(client, 'count 30');
    await eventually('it runs', () => running.text() !== '');
    const waiting = ask(client, 'count 3');
    await eventually('it waits', () => waiting.states.length === 1);
    const { model: two } = await host({ name: 'two' });
    await eventually('the second is seen', () => ready(client).some((one) => one.host === 'two'));
    const drained = one.drain(5_000);
    expect(await waiting.outcome).toBe(counted(3));
    expect(await ask(client, 'count 4').outcome).toBe(counted(4));
    expect(two.requests).toHaveLength(2);
    expect(await running.outcome).toBe(counted(30));
    await drained;
    await eventually('it is gone', () => client.hosts().some(({ host: name, state }) => name === 'one' && state === 'offline'));
  });
});

describe('a host', () => {
  it('answers an id that comes again from what it has', async () => {
    const { model, host: big } = await host();
    const raw = keep(await RawClient.connect(broker.url));
    const first = await raw.ask('big', 'count 5');
    await first.ended();
    const replies = first.replies.length;
    await raw.publish(topics.hostRequest('big', raw.device), first.payload);
    await eventually('all is said again', () => first.replies.length === 2 * replies);
    expect(first.replies.slice(replies)).toEqual(first.replies.slice(0, replies));
    expect(model.requests).toHaveLength(1);
    expect(big.counters).toMatchObject({ accepted: 1, repeated: 1 });
  });

  it('says nothing to another device about it', async () => {
    const { host: big } = await host();
    const raw = keep(await RawClient.connect(broker.url));
    const first = await raw.ask('big', 'count 5');
    await first.ended();
    const thief = keep(await RawClient.connect(broker.url));
    await thief.publish(topics.hostRequest('big', thief.device), first.payload);
    await thief.publish(topics.resend(thief.device, first.id), { v: 1, from: 0 });
    await eventually('it is counted', () => big.counters.strangers === 1);
    expect(thief.heard).toEqual([]);
  });

  it('refuses what it can’t answer in time', async () => {
    await host();
    const raw = keep(await RawClient.connect(broker.url));
    const late = await raw.ask('big', 'count 5', { ttlMs: 0 });
    expect(await late.ended()).toMatchObject({ code: 'deadline-too-short', seq: 0 });
  });

  it('is measured and seen from a device', async () => {
    await host();
    const client = await device();
    expect(await client.ping('big', 1_000)).toBeLessThan(500);
    await expect(client.ping('small', 50)).rejects.toMatchObject({ code: 'host-none' });
    await ask(client, 'count 20').outcome;
    await eventually('its speed is known', () => (client.hostsAvailable().tokensPerSecond ?? 0) > 0);
  });
});
