import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Inbox } from '../../../src/handoff/inbox.js';
import * as schemas from '../../../src/handoff/schemas.js';
import { formatMessage } from '../../../src/handoff/schemas.js';
import { topics } from '../../../src/handoff/topics.js';
import { KeptLog } from '../../support/keptLog.js';
import { anyId, anyPing, anyReply } from './arbitraries.js';

function opened() {
  const log = new KeptLog();
  const taken: unknown[] = [];
  const inbox = new Inbox(log)
    .on({ kind: 'reply', schema: schemas.reply, take: (_, reply) => taken.push(reply) })
    .on({ kind: 'ping', schema: schemas.ping, take: (_, ping) => taken.push(ping) });
  const dropped = () => Object.values(inbox.dropped).reduce((sum, count) => sum + count, 0);
  return { inbox, taken, dropped, log };
}

const anyTopic = fc.oneof(
  fc.tuple(anyId, anyId).map(([device, request]) => topics.reply(device, request)),
  anyId.map((host) => topics.hostStatus(host)),
  fc.string({ maxLength: 100 }),
);
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 500 }),
  fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
  anyReply.map((reply) => formatMessage(reply)),
);

describe('the inbox', () => {
  it('takes or counts whatever comes on whatever topic, once, and throws nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyTopic, anyBytes, fc.boolean()), { maxLength: 30 }), (messages) => {
        const { inbox, taken, dropped } = opened();
        for (const [topic, payload, retained] of messages) inbox.receive(topic, payload, retained);
        void expect(taken.length + dropped()).toBe(messages.length);
      }),
    );
  });

  it('hands on what is right as it was sent, to whom it is for', () => {
    fc.assert(
      fc.property(anyReply, anyPing, anyId, (reply, ping, name) => {
        const { inbox, taken, dropped } = opened();
        inbox.receive(topics.reply(name, name), formatMessage(reply), false);
        inbox.receive(topics.ping(name, name), formatMessage(ping), false);
        void expect([taken, dropped()]).toEqual([[reply, ping], 0]);
      }),
    );
  });

  it('goes on where whoever takes a message makes a mistake', () => {
    const { inbox, dropped, log } = opened();
    inbox.on({
      kind: 'cancel',
      schema: schemas.cancel,
      take: () => {
        throw new Error('a mistake');
      },
    });
    inbox.receive(topics.cancel('kitchen', 'r'), formatMessage({ v: 1, reason: 'stopped' }), false);
    expect([dropped(), JSON.stringify(log.lines).includes('unexpected')]).toEqual([0, true]);
  });
});
