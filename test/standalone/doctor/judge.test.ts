import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/doctor/checks.js';
import type { HostSeen } from '../../../src/handoff/lookAround.js';

const ready = (roundTripMs: number | undefined): HostSeen => ({
  host: 'cellar',
  roundTripMs,
  status: { v: 1, state: 'ready', pool: 'home', queue: 0, queueLimit: 16 } as HostSeen['status'],
});
const states = (hosts: readonly HostSeen[]) => judge({ protocol: '5', hosts, devices: [] }, 'mqtt://home').map(({ state }) => state);

describe('what the doctor says of broker and hosts', () => {
  it('a quick host is good', () => expect(states([ready(0.6)])).toEqual(['good', 'good']));
  it('a slow round trip names the setting of the broker', () => {
    const [, host] = judge({ protocol: '5', hosts: [ready(44)], devices: [] }, 'mqtt://home');
    expect(host?.state).toBe('poor');
    expect(host?.remedy).toContain('set_tcp_nodelay');
  });
  it('a host that does not answer is bad', () => expect(states([ready(undefined)])).toEqual(['good', 'bad']));
  it('no host at all can be helped', () => expect(states([])).toEqual(['good', 'poor']));
});
