/**
 * What the way through the broker costs, with Mosquitto on loopback: first text at the device minus first text inside the host, beside
 * mosquitto_rr's round trip to the same host in the same run. `npx tsx scripts/bench/handoffOverhead.ts [QUESTIONS]`
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { topics } from '../../src/handoff/topics.js';
import { projectRoot } from '../../src/paths.js';
import { eventually } from '../../test/support/eventually.js';
import { ask, startDevice } from '../../test/support/handoff.js';
import { Mosquitto } from '../../test/support/mosquitto.js';
import type { HostMark } from './handoffHost.js';
import { countArgument, machineLine, printTable, spread } from './machine.js';

const questions = countArgument(200);
const roundTrips = Math.max(10, Math.floor(questions / 5));

const broker = await Mosquitto.start();
const firstTextInHost = new Map<string, bigint>();
const host: ChildProcess = fork(join(projectRoot, 'scripts', 'bench', 'handoffHost.ts'), [broker.url], {
  execArgv: ['--import', 'tsx'],
  cwd: projectRoot,
});
host.on('message', (mark: HostMark) => firstTextInHost.set(mark.question, BigInt(mark.firstTextAt)));
const device = await startDevice(broker.url);
await eventually('the host is seen', () => device.hostsAvailable().count === 1, 20_000);

/** Milliseconds from the host's first text to the device's. */
async function overhead(question: string): Promise<number> {
  let at: bigint | undefined;
  const outcome = ask(device, question, {
    onText: () => {
      at ??= process.hrtime.bigint();
    },
  }).outcome;
  await outcome;
  const inHost = await eventually('the host has said when', () => firstTextInHost.get(question));
  if (at === undefined) throw new Error(`no text: ${await outcome}`);
  return Number(at - inHost) / 1e6;
}

/** mosquitto_rr asks the host whether it is there: milliseconds from its line about sending to its line about the response. */
function roundTrip(): Promise<number> {
  const request = randomUUID();
  const payload = JSON.stringify({ v: 1, request });
  const where = ['-h', '127.0.0.1', '-p', String(broker.port), '-q', '1', '--nodelay'];
  const what = ['-t', topics.ping('big', 'rr'), '-e', topics.reply('rr', request), '-m', payload, '-W', '5', '-d'];
  const child = spawn('stdbuf', ['-oL', 'mosquitto_rr', ...where, ...what], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let sentAt: number | undefined;
    let receivedAt: number | undefined;
    child.stdout.on('data', (data: Buffer) => {
      const text = data.toString();
      if (/sending PUBLISH/.test(text)) sentAt ??= performance.now();
      if (/received PUBLISH/.test(text)) receivedAt ??= performance.now();
    });
    child.once('error', reject);
    child.once('close', () => {
      if (sentAt === undefined || receivedAt === undefined) reject(new Error('mosquitto_rr got no response'));
      else resolve(receivedAt - sentAt);
    });
  });
}

const measured: { overhead: number[]; rr: number[]; ping: number[] } = { overhead: [], rr: [], ping: [] };
for (let warmUp = 0; warmUp < 10; warmUp += 1) await overhead(`warm-up ${warmUp}`);
for (let at = 0; at < questions; at += 1) {
  measured.overhead.push(await overhead(`question ${at}`));
  if (at % Math.ceil(questions / roundTrips) === 0) {
    measured.rr.push(await roundTrip());
    measured.ping.push(await device.ping('big', 1_000));
  }
}
await device.close();
host.disconnect();
await broker.close();

const row = (name: string, values: readonly number[]) => [name, values.length, ...spread(values, 2)];
process.stdout.write(`${machineLine()}\nMilliseconds, Mosquitto on loopback, host in a process of its own\n\n`);
printTable(
  ['', 'runs', 'median', '95 %', 'most'],
  [
    row('first text at the device minus first text in the host', measured.overhead),
    row('mosquitto_rr to the host and back', measured.rr),
    row('the device’s own ping to the host and back', measured.ping),
  ],
);
