import { describe, expect, it } from 'vitest';
import { type SimulationOptions, simulate } from '../../../scripts/bench/simulation.js';

/** The simulation of `scripts/bench/handoffSimulation.ts`, short. Its figures of speed are printed there; here only what must hold anywhere. */
const roomy: SimulationOptions = {
  devices: 200,
  hosts: 4,
  questions: 3,
  everyMs: 500,
  pieces: 4,
  pieceMs: 3,
  queueLimit: 150,
  trouble: false,
};

describe('200 devices and 4 hosts on Mosquitto', () => {
  it('each question is answered once, by a host or by the device; none is lost, nobody is forgotten, nothing grows without bound', async () => {
    const result = await simulate(roomy);
    expect(result.asked).toBe(600);
    expect(result.byHost + Object.values(result.fallback).reduce((sum, count) => sum + count, 0)).toBe(600);
    expect([result.lost, result.twice, result.wrong]).toEqual([0, 0, 0]);
    expect(result.least, JSON.stringify(result.fallback)).toBeGreaterThanOrEqual(result.mean / 2);
    expect(result.longestQueue).toBeLessThanOrEqual(150);
    // As many as are kept of those that are over, and those that are not over.
    expect(result.mostRemembered).toBeLessThanOrEqual(64 + 151);
  }, 240_000);

  it('a queue that most don’t fit into: each device gets its share of it', async () => {
    const crowd = { devices: 24, hosts: 2, questions: 15, everyMs: 200, pieces: 2, pieceMs: 20, queueLimit: 2, trouble: false };
    const result = await simulate(crowd);
    expect([result.lost, result.twice, result.wrong]).toEqual([0, 0, 0]);
    expect(result.fallback['queue-full']).toBeGreaterThan(100);
    expect(result.least, result.shares.join(' ')).toBeGreaterThanOrEqual(result.mean / 2);
    expect(result.longestQueue).toBeLessThanOrEqual(2);
  }, 240_000);

  it('a queue that most don’t fit into, one host cut off and one restarted: the rest is answered by the devices, each question once', async () => {
    const result = await simulate({ ...roomy, devices: 60, questions: 3, queueLimit: 2, pieceMs: 30, everyMs: 100, trouble: true });
    expect(result.byHost + Object.values(result.fallback).reduce((sum, count) => sum + count, 0)).toBe(180);
    expect([result.lost, result.twice, result.wrong]).toEqual([0, 0, 0]);
    expect(result.fallback['queue-full']).toBeGreaterThan(0);
    expect(result.longestQueue).toBeLessThanOrEqual(2);
  }, 240_000);
});
