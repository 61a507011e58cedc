import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostClient } from '../../../src/handoff/device/hostClient.js';
import { closedAfterEach } from '../../support/closedAfterEach.js';
import { eventually } from '../../support/eventually.js';
import { ask, counted, startDevice, startHost, type TestDeviceOptions } from '../../support/handoff.js';
import { HandoffProcess } from '../../support/handoffProcess.js';
import { Mosquitto } from '../../support/mosquitto.js';
import { TcpProxy } from '../../support/tcpProxy.js';

/**
 * What breaks at home, against a real broker and hosts, those that are killed and frozen as processes of their own: the question ends with text or with a failure
 * within the deadline, no text twice, none in the wrong order, and the next question is answered with nobody touching anything.
 */
const keep = closedAfterEach();

const seesHost = (client: HostClient, count = 1) =>
  eventually(`${count} hosts are seen`, () => client.hostsAvailable().count === count, 10_000);

async function device(url: string, options: TestDeviceOptions = {}): Promise<HostClient> {
  const client = keep(await startDevice(url, options));
  await seesHost(client);
  return client;
}

async function answersAgain(client: HostClient): Promise<void> {
  await seesHost(client);
  expect(await ask(client, 'count 3').outcome).toBe(counted(3));
}

describe.each([
  { persistence: false, signal: 'SIGKILL' },
  { persistence: true, signal: 'SIGKILL' },
  { persistence: true, signal: 'SIGTERM' },
] as const)('the broker ends by $signal and starts again, persistence $persistence', ({ persistence, signal }) => {
  it('in the middle of an answer: the rest follows, each part once', async () => {
    const broker = keep(await Mosquitto.start({ persistence }));
    keep((await startHost(broker.url, { pieceMs: 20 })).host);
    const client = await device(broker.url, { handoff: { idleTimeoutMs: 4_000, deadlineMs: 15_000 } });
    const asked = ask(client, 'count 40');
    await eventually('text comes', () => asked.text().length > 10);
    await broker.restart(signal);
    expect(await asked.outcome).toBe(counted(40));
    expect(asked.text()).toBe(counted(40));
    await answersAgain(client);
  });
});

describe('a host in a process of its own', () => {
  let broker: Mosquitto;
  beforeAll(async () => {
    broker = await Mosquitto.start();
  });
  afterAll(() => broker.close());
  const host = async (name: string, more: object = {}) =>
    keep(await HandoffProcess.start({ role: 'host', url: broker.url, name, pieceMs: 20, ...more }));

  it('killed while streaming: known at once, and its successor answers', async () => {
    const first = await host('big');
    const client = await device(broker.url);
    const asked = ask(client, 'count 100');
    await eventually('text comes', () => asked.text() !== '');
    first.signal('SIGKILL');
    expect(await asked.outcome).toBe('host-left');
    expect(counted(100).startsWith(asked.text())).toBe(true);
    await host('big');
    await answersAgain(client);
  });

  it('killed before it says anything, with another one there: the other answers', async () => {
    const first = await host('big', { pieceMs: 30_000 });
    const client = await device(broker.url, { handoff: { firstTextTimeoutMs: 20_000, deadlineMs: 20_000 } });
    const asked = ask(client, 'count 4');
    await eventually('it is accepted', () => asked.states.length > 0);
    await host('other');
    await seesHost(client, 2);
    first.signal('SIGKILL');
    expect(await asked.outcome).toBe(counted(4));
    expect(asked.states.filter((state) => state.startsWith('accepted'))).toEqual(['accepted big', 'accepted other']);
  });

  it('frozen: in the middle given up in time, not asked again while it is silent, and asked again when it wakes', async () => {
    const frozen = await host('big');
    const client = await device(broker.url, { handoff: { idleTimeoutMs: 500, acceptedTimeoutMs: 400 } });
    const asked = ask(client, 'count 200');
    await eventually('text comes', () => asked.text() !== '');
    frozen.signal('SIGSTOP');
    expect(await asked.outcome).toBe('host-idle-timeout');
    expect(await ask(client, 'count 3').outcome).toBe('host-not-accepted');
    expect(await ask(client, 'count 3').outcome).toBe('host-none');
    frozen.signal('SIGCONT');
    await answersAgain(client);
    await eventually('what nobody waits for was ended', () => frozen.lines.filter((line) => line.includes('"cancelled"')).length === 2);
  });

  it('frozen beside another one: the other answers', async () => {
    const [frozen] = await Promise.all([host('big'), host('other')]);
    const client = keep(await startDevice(broker.url, { handoff: { acceptedTimeoutMs: 300 } }));
    await seesHost(client, 2);
    frozen.signal('SIGSTOP');
    for (let at = 0; at < 4; at += 1) expect(await ask(client, 'count 3').outcome).toBe(counted(3));
    frozen.signal('SIGCONT');
    await seesHost(client, 2);
  });

  it('with a full queue refuses at once', async () => {
    await host('big', { host: { queueLimit: 0 } });
    const client = await device(broker.url);
    const first = ask(client, 'count 500');
    await eventually('text comes', () => first.text() !== '');
    expect(await ask(client, 'count 3').outcome).toBe('queue-full');
    expect(first.text().length).toBeLessThan(counted(500).length);
    first.stop();
    await first.outcome;
    await eventually('it has room again', async () => (await ask(client, 'count 3').outcome) === counted(3));
  });

  it('told to end finishes what runs', async () => {
    const ending = await host('big');
    const client = await device(broker.url);
    const asked = ask(client, 'count 30');
    await eventually('text comes', () => asked.text() !== '');
    ending.signal('SIGTERM');
    expect(await asked.outcome).toBe(counted(30));
    expect(await ending.ended()).toBe(0);
    expect(ending.lines).toContain('drained');
    expect(await ask(client, 'count 3').outcome).toBe('host-none');
  });

  it('whose device is killed in the middle stops its work; the device, back again, is served', async () => {
    const big = await host('big', { graceMs: 200 });
    const killed = keep(await HandoffProcess.start({ role: 'device', url: broker.url, device: 'kitchen', question: 'count 1000' }));
    await eventually('text comes', () => killed.lines.some((line) => line.startsWith('text')), 10_000);
    killed.signal('SIGKILL');
    await eventually('the host stops', () => big.lines.some((line) => line.includes('"cancelled"')));
    const again = keep(await HandoffProcess.start({ role: 'device', url: broker.url, device: 'kitchen', question: 'count 3' }));
    await again.ended();
    expect(again.lines).toContain(`outcome${counted(3).replace(' ', '  ')}`);
  });

  it('whose device starts anew while its old connection still stands stops the old work', async () => {
    const big = await host('big', { graceMs: 60_000 });
    const old = keep(await HandoffProcess.start({ role: 'device', url: broker.url, device: 'bath', question: 'count 1000' }));
    await eventually('text comes', () => old.lines.some((line) => line.startsWith('text')), 10_000);
    old.signal('SIGSTOP');
    const client = await device(broker.url, { device: 'bath' });
    await eventually('the host stops', () => big.lines.some((line) => line.includes('"cancelled"')));
    await answersAgain(client);
  });
});

describe('the network between', () => {
  let broker: Mosquitto;
  let big: HandoffProcess;
  let hostSide: TcpProxy;
  beforeAll(async () => {
    broker = await Mosquitto.start();
    hostSide = await TcpProxy.start(broker.port);
    big = await HandoffProcess.start({ role: 'host', url: hostSide.url, name: 'big', pieceMs: 20, mqtt: { keepAliveSeconds: 1 } });
  }, 30_000);
  afterAll(async () => {
    await big.close();
    await hostSide.close();
    await broker.close();
  });

  it('device and broker is reset: the rest of the answer follows', async () => {
    const proxy = keep(await TcpProxy.start(broker.port));
    const client = await device(proxy.url);
    const asked = ask(client, 'count 30');
    await eventually('text comes', () => asked.text().length > 10);
    proxy.drop();
    expect(await asked.outcome).toBe(counted(30));
    expect(asked.text()).toBe(counted(30));
    expect(client.counters.resends).toBeGreaterThan(0);
  });

  it('device and broker swallows everything: given up in time, and found again', async () => {
    const proxy = keep(await TcpProxy.start(broker.port));
    const client = await device(proxy.url, { mqtt: { keepAliveSeconds: 1 }, handoff: { idleTimeoutMs: 500, acceptedTimeoutMs: 400 } });
    const asked = ask(client, 'count 200');
    await eventually('text comes', () => asked.text() !== '');
    proxy.hold();
    expect(await asked.outcome).toBe('host-idle-timeout');
    expect(['host-not-accepted', 'host-none']).toContain(await ask(client, 'count 3').outcome);
    await eventually('it is noticed', () => !client.connected, 5_000);
    expect(await ask(client, 'count 3').outcome).toBe('host-none');
    proxy.release();
    await answersAgain(client);
  });

  it('host and broker is reset before anything was said: another attempt is answered', async () => {
    const client = await device(broker.url);
    hostSide.drop();
    await eventually('it is seen', () => client.hostsAvailable().count === 0);
    await answersAgain(client);
  });

  it('host and broker swallows everything: given up in time, and found again', async () => {
    const client = await device(broker.url, { handoff: { idleTimeoutMs: 500, acceptedTimeoutMs: 400 } });
    const asked = ask(client, 'count 200');
    await eventually('text comes', () => asked.text() !== '');
    hostSide.hold();
    expect(await asked.outcome).toBe('host-idle-timeout');
    hostSide.release();
    await answersAgain(client);
  });
});
