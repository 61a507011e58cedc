import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../src/freePort.js';
import { loadCredentials } from '../../../src/handoff/credentials.js';
import { lookAround } from '../../../src/handoff/lookAround.js';
import { type MqttOptions, mqttOptions } from '../../../src/handoff/options.js';
import { projectRoot } from '../../../src/paths.js';
import { closedAfterEach } from '../../support/closedAfterEach.js';
import { eventually } from '../../support/eventually.js';
import { ask, counted, startDevice, startHost } from '../../support/handoff.js';
import { KeptLog } from '../../support/keptLog.js';
import { Mosquitto } from '../../support/mosquitto.js';

const run = promisify(execFile);
const setup = join(projectRoot, 'scripts', 'mosquitto', 'setup');

let folder: string;
let plain: number;
let tls: number;
let broker: Mosquitto;
const keep = closedAfterEach();
const running: ChildProcess[] = [];

async function setUp(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(setup, ['--out', folder, '--port', String(plain), '--tls-port', String(tls), ...args]);
  return stdout;
}
const passwordOf = async (name: string) => (await readFile(join(folder, 'accounts', `${name}.password`), 'utf8')).trim();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-setup-'));
  // Started by root, Mosquitto changes to a user of its own, who has to get here.
  await chmod(folder, 0o755);
  plain = await freePort();
  tls = await freePort();
  await setUp('--device', 'kitchen', 'bath', '--host', 'big', '--controller', 'hass');
  broker = await Mosquitto.start({ port: plain, configFile: join(folder, 'mosquitto.conf') });
}, 30_000);
afterAll(async () => {
  await broker?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill();
});

/** mosquitto_sub with an account; resolves when the broker has confirmed the subscription. Lines: "topic payload". */
async function listen(name: string, ...topics: readonly string[]): Promise<string[]> {
  const account = ['-u', name, '-P', await passwordOf(name)];
  // Line by line: to a pipe it would write in blocks.
  const child = spawn('stdbuf', [
    ...['-oL', 'mosquitto_sub', '-h', '127.0.0.1', '-p', String(plain), '-d', '-v', '-q', '1', ...account],
    ...topics.flatMap((topic) => ['-t', topic]),
  ]);
  running.push(child);
  let said = '';
  const lines: string[] = [];
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    const whole = said.split('\n').slice(0, -1);
    lines.splice(0, lines.length, ...whole.filter((line) => line.startsWith('tandem/')));
  });
  await eventually(`${name} is subscribed`, () => said.includes('received SUBACK'));
  return lines;
}

async function publish(name: string, topic: string, message: string): Promise<void> {
  const account = ['-u', name, '-P', await passwordOf(name)];
  await run('mosquitto_pub', ['-h', '127.0.0.1', '-p', String(plain), '-q', '1', ...account, '-t', `tandem/v1/${topic}`, '-m', message]);
}

describe('an account of a device', () => {
  it('reads its own replies and nobody else’s', async () => {
    const kitchen = await listen('kitchen', '#', 'tandem/v1/replies/bath/+', 'tandem/v1/replies/kitchen/+');
    const bath = await listen('bath', 'tandem/v1/replies/bath/+');
    await publish('big', 'replies/bath/1', 'for-bath');
    await publish('big', 'replies/kitchen/2', 'for-kitchen');
    await eventually('both have theirs', () => bath.length > 0 && kitchen.length > 0);
    expect(bath).toEqual(['tandem/v1/replies/bath/1 for-bath']);
    expect(new Set(kitchen)).toEqual(new Set(['tandem/v1/replies/kitchen/2 for-kitchen']));
  });

  it('reads no requests, commands and cancels of others, not even through a shared subscription', async () => {
    const spying = ['requests/+/+', 'hosts/+/requests/+', 'cancels/+/+', 'devices/bath/commands'].map((topic) => `tandem/v1/${topic}`);
    const kitchen = await listen('kitchen', ...spying, '$share/spies/tandem/v1/requests/home/+', 'tandem/v1/devices/kitchen/commands');
    await publish('bath', 'requests/home/bath', 'secret');
    await publish('bath', 'hosts/big/requests/bath', 'secret');
    await publish('bath', 'cancels/bath/1', 'secret');
    await publish('hass', 'devices/bath/commands', 'secret');
    await publish('hass', 'devices/kitchen/commands', 'mine');
    await eventually('its own comes', () => kitchen.length > 0);
    expect(kitchen).toEqual(['tandem/v1/devices/kitchen/commands mine']);
  });

  it.each([
    ['as a host: its status', 'hosts/big/status'],
    ['as a host of its own name', 'hosts/kitchen/status'],
    ['as a host: a reply', 'replies/bath/1'],
    ['a reply to itself', 'replies/kitchen/1'],
    ['as another device: a request', 'requests/home/bath'],
    ['as another device: a request to a host', 'hosts/big/requests/bath'],
    ['as another device: its status', 'devices/bath/status'],
    ['as another device: a cancel', 'cancels/bath/1'],
    ['a command to a device', 'devices/bath/commands'],
  ])('can’t publish %s', async (_, topic) => {
    const everywhere = await Promise.all([
      listen('big', 'tandem/v1/#'),
      listen('bath', 'tandem/v1/#'),
      listen('hass', 'tandem/v1/#'),
      listen('kitchen', 'tandem/v1/#'),
    ]);
    await publish('kitchen', topic, 'forged');
    await publish('kitchen', 'devices/kitchen/status', 'after');
    await eventually('what came after is there', () => everywhere.every((lines) => lines.some((line) => line.endsWith('after'))));
    expect(everywhere.flat().filter((line) => line.endsWith('forged'))).toEqual([]);
  });

  it('can publish what it has to', async () => {
    const big = await listen('big', 'tandem/v1/#');
    const bath = await listen('bath', 'tandem/v1/claims/+');
    const topics = [
      'requests/home/kitchen',
      'hosts/big/requests/kitchen',
      'hosts/big/pings/kitchen',
      'cancels/kitchen/1',
      'resends/kitchen/1',
    ];
    for (const topic of topics) await publish('kitchen', topic, 'x');
    await publish('kitchen', 'claims/home', 'x');
    await eventually('the host hears all of it', () => big.length === topics.length && bath.length === 1);
  });
});

describe('who has no account', () => {
  const attempts: readonly (readonly [string, readonly string[]])[] = [
    ['nobody', []],
    ['an unknown name', ['-u', 'mallory', '-P', 'x']],
    ['a wrong password', ['-u', 'kitchen', '-P', 'x']],
    ['no password', ['-u', 'kitchen']],
  ];
  it.each(attempts)('gets nothing on the plain port: %s', async (_, account) => {
    const args = ['-h', '127.0.0.1', '-p', String(plain), '-t', '#', '-C', '1', '-W', '2', ...account];
    await expect(run('mosquitto_sub', args)).rejects.toMatchObject({ stderr: expect.stringMatching(/not authori[sz]ed/i) });
  });
  it.each(attempts)('gets nothing on the TLS port: %s', async (_, account) => {
    const args = ['-h', 'localhost', '-p', String(tls), '--cafile', join(folder, 'ca.crt'), '-t', '#', '-C', '1', '-W', '2', ...account];
    await expect(run('mosquitto_sub', args)).rejects.toMatchObject({ stderr: expect.stringMatching(/not authori[sz]ed/i) });
  });
});

async function reach(name: string, changes: Partial<MqttOptions> = {}) {
  const mqtt = {
    url: `mqtts://localhost:${tls}`,
    username: name,
    caFile: 'ca.crt',
    passwordFile: join('accounts', `${name}.password`),
    reconnectMinMs: 20,
    ...changes,
  };
  const options = mqttOptions.parse(mqtt);
  return { mqtt, options, credentials: await loadCredentials(options, undefined, folder) };
}

describe('the hand-off over TLS', () => {
  it('works with accounts and access list', async () => {
    const big = await reach('big');
    const kitchen = await reach('kitchen');
    const { host } = await startHost(big.mqtt.url, { name: 'big', mqtt: big.mqtt, settings: { credentials: big.credentials } });
    keep(host);
    const settings = { credentials: kitchen.credentials };
    const client = await startDevice(kitchen.mqtt.url, { device: 'kitchen', mqtt: kitchen.mqtt, settings });
    keep(client);
    await eventually('the host is seen', () => client.hostsAvailable().count === 1);
    expect(await ask(client, 'count 20').outcome).toBe(counted(20));
    const seen = await lookAround({ mqtt: kitchen.options, credentials: kitchen.credentials, log: new KeptLog() });
    expect(seen.hosts).toMatchObject([{ host: 'big', status: { state: 'ready', shared: true }, roundTripMs: expect.any(Number) }]);
    expect(seen.devices).toMatchObject([{ device: 'kitchen' }]);
    const cancelled = ask(client, 'count 1000');
    await eventually('it runs', () => cancelled.text() !== '');
    cancelled.stop();
    await eventually('the host stops', () => host.figures?.running === 0);
  });

  it.each<[string, Partial<MqttOptions>, string]>([
    ['without the CA', { caFile: undefined }, 'broker-certificate'],
    ['by a name that is not in the certificate', { url: 'mqtts://127.0.0.2' }, 'broker-certificate'],
    ['with a wrong password', { passwordFile: 'ca.crt' }, 'broker-unauthorised'],
    ['without TLS on the TLS port', { url: 'mqtt://localhost' }, 'broker-closed'],
  ])('fails at once with a reason: %s', async (_, changes, code) => {
    const url = changes.url === undefined ? undefined : `${changes.url}:${tls}`;
    const { options, credentials } = await reach('kitchen', { ...changes, ...(url === undefined ? {} : { url }), connectTimeoutMs: 1_500 });
    await expect(lookAround({ mqtt: options, credentials, log: new KeptLog() })).rejects.toMatchObject({ code });
  });

  it('never logs the password', async () => {
    const { options, credentials } = await reach('kitchen', { passwordFile: join('accounts', 'bath.password') });
    const log = new KeptLog();
    const error = await lookAround({ mqtt: options, credentials, log }).catch((thrown: unknown) => thrown);
    expect(JSON.stringify([log.lines, error, String(error)])).not.toContain(await passwordOf('bath'));
  });

  it('names a file that is not there', async () => {
    await expect(reach('kitchen', { caFile: 'no-such.crt' })).rejects.toMatchObject({ code: 'broker-file' });
  });
});

describe('the broker as set up', () => {
  it('takes no message larger than the protocol allows', async () => {
    const big = await listen('big', 'tandem/v1/requests/+/+');
    const account = ['-u', 'kitchen', '-P', await passwordOf('kitchen')];
    const file = join(folder, 'large');
    await run('dd', ['if=/dev/zero', `of=${file}`, 'bs=1M', 'count=10']);
    const args = ['-h', '127.0.0.1', '-p', String(plain), '-q', '1', ...account, '-t', 'tandem/v1/requests/home/kitchen', '-f', file];
    await run('mosquitto_pub', args, { timeout: 2_000 }).catch(() => {});
    await publish('kitchen', 'requests/home/kitchen', 'small');
    await eventually('the small one is there', () => big.length > 0);
    expect(big).toEqual(['tandem/v1/requests/home/kitchen small']);
  });

  it('keeps secrets to those they belong to', async () => {
    const modes = await Promise.all(
      ['ca.key', 'server.key', 'passwords', 'access-list', 'accounts/kitchen.password'].map(
        async (file) => (await stat(join(folder, file))).mode & 0o077,
      ),
    );
    expect(modes).toEqual([0, 0, 0, 0, 0]);
    expect(await readFile(join(folder, 'passwords'), 'utf8')).not.toContain(await passwordOf('kitchen'));
  });

  it('set up again has one account more; the others keep their passwords, and the CA stays', async () => {
    const before = [await passwordOf('kitchen'), await readFile(join(folder, 'ca.crt'), 'utf8')];
    await setUp('--device', 'cellar', '--client-certificates');
    await broker.restart('SIGTERM');
    expect([await passwordOf('kitchen'), await readFile(join(folder, 'ca.crt'), 'utf8')]).toEqual(before);
    const cellar = await listen('cellar', 'tandem/v1/replies/cellar/+');
    await publish('big', 'replies/cellar/1', 'x');
    await eventually('the new one hears', () => cellar.length === 1);
    const certificate = { username: undefined, passwordFile: undefined, certFile: 'accounts/cellar.crt', keyFile: 'accounts/cellar.key' };
    const { options, credentials } = await reach('cellar', certificate);
    expect(await lookAround({ mqtt: options, credentials, log: new KeptLog() })).toMatchObject({ protocol: '5' });
    const without = await reach('cellar', { connectTimeoutMs: 1_500 });
    await expect(lookAround({ mqtt: without.options, credentials: without.credentials, log: new KeptLog() })).rejects.toBeDefined();
  });

  it.each([
    [['--device', 'a b'], /name/],
    [['--device', '+'], /name/],
    [['--device', 'big'], /two things/],
    [['--device', 'x', '--address', 'a,DNS:evil'], /neither a name nor an address/],
    [['--device', 'x', '--tls-port', '0'], /port/],
  ])('is not made of %j', async (args, message) => {
    await expect(setUp(...args)).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });
});
