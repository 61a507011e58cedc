import { describe, expect, it } from 'vitest';
import type { DeviceCommand } from '../../../src/handoff/schemas.js';
import { topics } from '../../../src/handoff/topics.js';
import { closedAfterEach } from '../../support/closedAfterEach.js';
import { eventually } from '../../support/eventually.js';
import { startDevice } from '../../support/handoff.js';
import { RawClient } from '../../support/rawClient.js';
import { sharedMosquitto } from '../../support/sharedMosquitto.js';

const keep = closedAfterEach();
const broker = sharedMosquitto();

describe('devices', () => {
  it('take commands, but none that the broker has kept', async () => {
    const got: DeviceCommand[] = [];
    const raw = keep(await RawClient.connect(broker.url));
    await raw.publish(topics.deviceCommand('kitchen'), { v: 1, command: 'say', text: 'old' }, true);
    keep(await startDevice(broker.url, { device: 'kitchen', settings: { onCommand: (command) => got.push(command) } }));
    await raw.publish(topics.deviceCommand('kitchen'), { v: 1, command: 'shout' });
    await raw.publish(topics.deviceCommand('kitchen'), { v: 1, command: 'volume', percent: 30 });
    await eventually('the command is heard', () => got.length > 0);
    expect(got).toEqual([{ v: 1, command: 'volume', percent: 30 }]);
    await raw.publish(topics.deviceCommand('kitchen'), '', true);
  });

  it('alone answer without waiting for anybody', async () => {
    const client = keep(await startDevice(broker.url, { handoff: { pool: 'lonely', claimTimeoutMs: 5_000 } }));
    const before = performance.now();
    expect(await client.claim({ word: 'alexa', score: 0.9 })).toBe(true);
    expect(performance.now() - before).toBeLessThan(20);
  });

  it('that hear the same word: one answers', async () => {
    const clients = await Promise.all(
      ['a', 'b', 'c'].map((name) => startDevice(broker.url, { device: name, handoff: { claimTimeoutMs: 2_000 } })),
    );
    clients.forEach(keep);
    const raw = keep(await RawClient.connect(broker.url, ['tandem/v1/devices/+/status']));
    await eventually('all are seen', () => raw.heard.filter(({ retained }) => retained).length >= 3);
    for (let round = 0; round < 5; round += 1) {
      const claims = await Promise.all(clients.map((client) => client.claim({ word: `word ${round}`, score: 0.5 })));
      expect(claims.filter(Boolean)).toHaveLength(1);
    }
    expect(await Promise.all(clients.map((client, at) => client.claim({ word: `mine ${at}`, score: 0.5 })))).toEqual([true, true, true]);
  });

  it('answer where the broker says nothing about who was first', async () => {
    keep(await startDevice(broker.url, { device: 'other' }));
    const client = keep(await startDevice(broker.url, { device: 'me' }));
    await client.claim({ word: 'seen', score: 1 });
    client.cut();
    expect(await client.claim({ word: 'alexa', score: 0.9 })).toBe(true);
  });
});
