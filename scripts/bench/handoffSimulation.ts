/**
 * 200 devices and 4 hosts (scripted models) on a real Mosquitto: who gets an answer, from whom, and how soon.
 * `node --expose-gc --import tsx scripts/bench/handoffSimulation.ts [QUESTIONS] [DEVICES] [HOSTS]`
 */
import { machineLine, printTable, quantile } from './machine.js';
import { type SimulationOptions, simulate } from './simulation.js';

const [questions = 6, devices = 200, hosts = 4] = process.argv.slice(2).map(Number);
const usual: SimulationOptions = {
  devices,
  hosts,
  questions,
  everyMs: 3_000,
  pieces: 5,
  pieceMs: 5,
  queueLimit: 100,
  trouble: true,
};

/** Enough room for everybody, and a queue that most don't fit into. */
const runs: readonly (readonly [string, SimulationOptions])[] = [
  ['roomy', usual],
  // Each device asks twice as often, so that shares are more than one or two.
  ['crowded', { ...usual, questions: 2 * questions, queueLimit: 4, pieceMs: 20 }],
];

process.stdout.write(
  `${machineLine()}\n${devices} devices, ${hosts} hosts, ${questions} questions each; one host cut off and one restarted on the way\n\n`,
);
const rows: (string | number)[][] = [];
for (const [name, options] of runs) {
  const result = await simulate(options);
  const fallback = Object.entries(result.fallback).map(([code, count]) => `${code} ${count}`);
  rows.push([
    name,
    result.asked,
    result.byHost,
    fallback.join(', ') || '-',
    `${result.lost}/${result.twice}/${result.wrong}/${result.generatedTwice}`,
    `${result.least} of ${result.mean.toFixed(1)}`,
    `${result.longestQueue} of ${options.queueLimit}`,
    result.mostRemembered,
    `${(quantile(result.firstTextMs, 0.5) ?? 0).toFixed(0)} / ${(quantile(result.firstTextMs, 0.95) ?? 0).toFixed(0)}`,
    `${(result.heapGrowth / 1e6).toFixed(1)}`,
  ]);
}
printTable(
  [
    '',
    'asked',
    'by host',
    'by the device, why',
    'lost/twice/wrong/wasted',
    'least of mean',
    'longest queue',
    'remembered',
    'first text ms 50/95 %',
    'heap growth MB',
  ],
  rows,
);
