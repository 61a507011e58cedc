/** Many devices, several hosts, one real Mosquitto: what comes of each question. Bounded in time. */
import { setTimeout as pause } from 'node:timers/promises';
import { HostClient } from '../../src/handoff/device/hostClient.js';
import { handoffOptions, hostOptions, mqttOptions } from '../../src/handoff/options.js';
import { Host } from '../../src/host/host.js';
import { FakeLanguageModel } from '../../src/language-model/testing/fakeLanguageModel.js';
import { eventually } from '../../test/support/eventually.js';
import { KeptLog } from '../../test/support/keptLog.js';
import { Mosquitto } from '../../test/support/mosquitto.js';

export interface SimulationOptions {
  readonly devices: number;
  readonly hosts: number;
  /** Each device asks this many, one after the other. */
  readonly questions: number;
  /** A device asks once in every stretch of this length, at any moment of it, or as soon as it has its last answer, ms. */
  readonly everyMs: number;
  /** An answer has this many pieces, one every `pieceMs`. */
  readonly pieces: number;
  readonly pieceMs: number;
  readonly queueLimit: number;
  /** In the middle one host loses its connection, and another one is told to end and comes back. */
  readonly trouble: boolean;
}

export interface SimulationResult {
  readonly asked: number;
  readonly byHost: number;
  /** Questions that the device answers itself, by the reason. */
  readonly fallback: Readonly<Record<string, number>>;
  /** Questions without any end, with two, or with text that is not the answer. */
  readonly lost: number;
  readonly twice: number;
  readonly wrong: number;
  /** Questions that more than one host answered to the end. */
  readonly generatedTwice: number;
  /** Answers by hosts, of the device that got the fewest, and of all devices on average. */
  readonly least: number;
  readonly mean: number;
  /** How many devices got no answer by a host, one, two, … */
  readonly shares: readonly number[];
  readonly longestQueue: number;
  readonly mostRemembered: number;
  /** Milliseconds from asking to the first text, by host. */
  readonly firstTextMs: readonly number[];
  /** What the process grew by from a third of the questions to the end, bytes; exact with --expose-gc. */
  readonly heapGrowth: number;
}

const nobody = { username: undefined, password: undefined, ca: undefined, cert: undefined, key: undefined };
const heapUsed = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

/** The answer to a question is the question itself, in pieces. */
const answerTo = (question: string, pieces: number) => Array.from({ length: pieces }, (_, at) => ` ${question}:${at}`);

/** How often each question came to its end, and where. */
class Tally {
  readonly ends = new Map<string, number>();
  readonly fallback: Record<string, number> = {};
  readonly perDevice: number[];
  readonly completed = new Map<string, number>();
  readonly firstTextMs: number[] = [];
  asked = 0;
  wrong = 0;

  constructor(devices: number) {
    this.perDevice = Array<number>(devices).fill(0);
  }

  end(question: string): void {
    this.ends.set(question, (this.ends.get(question) ?? 0) + 1);
  }
}

export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const broker = await Mosquitto.start();
  const tally = new Tally(options.devices);
  const hosts: Host[] = [];
  const devices: HostClient[] = [];
  try {
    for (let at = 0; at < options.hosts; at += 1) hosts.push(await openHost(broker.url, `host-${at}`, options, tally));
    for (let at = 0; at < options.devices; at += 1) devices.push(openDevice(broker.url, `device-${at}`));
    await Promise.all(devices.map((device) => device.whenConnected(60_000)));
    await eventually('all see all hosts', () => devices.every((device) => device.hostsAvailable().count === options.hosts), 60_000);
    return await watched(options, broker.url, hosts, devices, tally);
  } finally {
    await Promise.all([...devices, ...hosts].map((one) => one.close()));
    await broker.close();
  }
}

async function watched(
  options: SimulationOptions,
  url: string,
  hosts: Host[],
  devices: readonly HostClient[],
  tally: Tally,
): Promise<SimulationResult> {
  let longestQueue = 0;
  let mostRemembered = 0;
  const watch = setInterval(() => {
    for (const { figures } of hosts) {
      longestQueue = Math.max(longestQueue, figures?.queue ?? 0);
      mostRemembered = Math.max(mostRemembered, figures?.remembered ?? 0);
    }
  }, 20);
  const asking = Promise.all(devices.map((device, at) => keepAsking(device, at, options, tally)));
  const third = (options.devices * options.questions) / 3;
  await eventually('a third is answered', () => tally.ends.size >= third, 300_000);
  const heapBefore = heapUsed();
  if (options.trouble) await makeTrouble(url, hosts, options, tally);
  await asking;
  clearInterval(watch);
  const ends = [...tally.ends.values()];
  return {
    asked: tally.asked,
    byHost: tally.perDevice.reduce((sum, count) => sum + count, 0),
    fallback: tally.fallback,
    lost: tally.asked - ends.length,
    twice: ends.filter((count) => count > 1).length,
    wrong: tally.wrong,
    generatedTwice: [...tally.completed.values()].filter((count) => count > 1).length,
    least: Math.min(...tally.perDevice),
    mean: tally.perDevice.reduce((sum, count) => sum + count, 0) / options.devices,
    shares: Array.from({ length: options.questions + 1 }, (_, count) => tally.perDevice.filter((had) => had === count).length),
    longestQueue,
    mostRemembered,
    firstTextMs: tally.firstTextMs,
    heapGrowth: heapUsed() - heapBefore,
  };
}

/** One host's network breaks; another one ends as if told to, and starts anew. */
async function makeTrouble(url: string, hosts: Host[], options: SimulationOptions, tally: Tally): Promise<void> {
  const [first, second] = hosts;
  if (first === undefined || second === undefined) return;
  second.cut();
  await first.drain(1_000);
  hosts[0] = await openHost(url, 'host-0', options, tally);
}

async function keepAsking(device: HostClient, at: number, options: SimulationOptions, tally: Tally): Promise<void> {
  const begin = performance.now();
  for (let count = 0; count < options.questions; count += 1) {
    await pause(begin + (count + Math.random()) * options.everyMs - performance.now());
    await askOnce(device, at, `d${at}q${count}`, options, tally);
  }
}

async function askOnce(device: HostClient, at: number, question: string, options: SimulationOptions, tally: Tally): Promise<void> {
  const begin = performance.now();
  let text = '';
  tally.asked += 1;
  await device
    .ask({
      messages: [{ role: 'user', content: question }],
      language: 'en',
      signal: new AbortController().signal,
      onText: (piece) => {
        if (text === '') tally.firstTextMs.push(performance.now() - begin);
        text += piece;
      },
    })
    .then(
      (answer) => {
        const right = answerTo(question, options.pieces).join('');
        if (answer.text !== right || text !== right) tally.wrong += 1;
        tally.perDevice[at] = (tally.perDevice[at] ?? 0) + 1;
        tally.end(question);
      },
      (error: { code?: string }) => {
        const code = error.code ?? 'unknown';
        tally.fallback[code] = (tally.fallback[code] ?? 0) + 1;
        tally.end(question);
      },
    );
}

async function openHost(url: string, name: string, options: SimulationOptions, tally: Tally): Promise<Host> {
  const host = new Host({
    name,
    options: hostOptions.parse({ queueLimit: options.queueLimit, rememberRequests: 64, maxDeadlineMs: 600_000 }),
    mqtt: mqttOptions.parse({ url, outgoingLimit: 2_000 }),
    credentials: nobody,
    log: new KeptLog(),
  });
  await host.whenConnected(10_000);
  const model = new FakeLanguageModel({
    answer: (question) => ({ pieces: answerTo(question, options.pieces) }),
    beforePiece: () => pause(options.pieceMs),
  });
  const { capabilities, label } = model;
  host.serve([
    {
      label,
      capabilities,
      prefill: () => Promise.resolve(),
      close: () => model.close(),
      generate: async (request) => {
        const generation = await model.generate(request);
        const question = request.messages.at(-1)?.content ?? '';
        if (generation.stopReason === 'end') tally.completed.set(question, (tally.completed.get(question) ?? 0) + 1);
        return generation;
      },
    },
  ]);
  return host;
}

function openDevice(url: string, device: string): HostClient {
  return new HostClient({
    device,
    // Patient: on a machine that is busy otherwise, all of this shares one processor.
    handoff: handoffOptions.parse({ acceptedTimeoutMs: 8_000, firstTextTimeoutMs: 300_000, idleTimeoutMs: 60_000, deadlineMs: 300_000 }),
    mqtt: mqttOptions.parse({ url, connectTimeoutMs: 10_000 }),
    credentials: nobody,
    profile: 'simulated',
    version: '0',
    log: new KeptLog(),
  });
}
