import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import * as schemas from '../../../src/handoff/schemas.js';
import { BadMessage, formatMessage, parseMessage, payloadLimit } from '../../../src/handoff/schemas.js';
import * as any from './arbitraries.js';

interface Kind {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly valid: fc.Arbitrary<schemas.AnyMessage>;
}

const kinds: readonly Kind[] = [
  { name: 'host status', schema: schemas.hostStatus, valid: any.anyHostStatus },
  { name: 'request', schema: schemas.request, valid: any.anyRequest },
  { name: 'reply', schema: schemas.reply, valid: any.anyReply },
  { name: 'cancel', schema: schemas.cancel, valid: any.anyCancel },
  { name: 'resend', schema: schemas.resend, valid: any.anyResend },
  { name: 'ping', schema: schemas.ping, valid: any.anyPing },
  { name: 'probe', schema: schemas.probe, valid: any.anyProbe },
  { name: 'device status', schema: schemas.deviceStatus, valid: any.anyDeviceStatus },
  { name: 'device command', schema: schemas.deviceCommand, valid: any.anyDeviceCommand },
  { name: 'claim', schema: schemas.claim, valid: any.anyClaim },
];

/** Why it was dropped; undefined where it was taken. Anything but a bad message goes through and fails the test. */
function reasonOf(schema: z.ZodType, payload: Uint8Array): string | undefined {
  try {
    parseMessage(schema, payload);
    return undefined;
  } catch (error) {
    if (error instanceof BadMessage) return error.reason;
    throw error;
  }
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

describe.each(kinds)('a $name', ({ schema, valid }) => {
  it('comes back as it was sent', () => {
    fc.assert(fc.property(valid, (message) => void expect(parseMessage(schema, formatMessage(message))).toEqual(message)));
  });

  it('made of any bytes is taken or dropped, never anything else', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => void reasonOf(schema, bytes)));
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => void reasonOf(schema, Buffer.from(text))));
  });

  it('with a byte changed is taken or dropped, never anything else', () => {
    fc.assert(
      fc.property(valid, fc.nat(), fc.integer({ min: 0, max: 255 }), (message, at, byte) => {
        const payload = formatMessage(message);
        payload[at % payload.length] = byte;
        reasonOf(schema, payload);
      }),
    );
  });

  it('with a field missing or of the wrong kind is dropped or lacks only what may lack', () => {
    fc.assert(
      fc.property(valid, fc.nat(), (message, pick) => {
        const fields = Object.keys(message);
        const field = fields[pick % fields.length] ?? 'v';
        expect(reasonOf(schema, json({ ...message, [field]: { surprise: true } }))).toBe('wrong-shape');
      }),
    );
  });

  it('of another version is dropped', () => {
    fc.assert(
      fc.property(
        valid,
        fc.integer({ min: 2 }),
        (message, v) => void expect(reasonOf(schema, json({ ...message, v }))).toBe('wrong-version'),
      ),
    );
  });

  it('keeps nothing that it does not know', () => {
    fc.assert(
      fc.property(
        valid,
        (message) =>
          void expect(parseMessage(schema, json({ ...message, extra: 'x', constructor: 'y', ['__proto__']: 1 }))).toEqual(message),
      ),
    );
  });
});

describe('a payload', () => {
  it('larger than the limit is dropped before anything looks inside', () => {
    expect(reasonOf(schemas.reply, Buffer.alloc(10 * 1024 * 1024, 0xff))).toBe('too-large');
    expect(reasonOf(schemas.reply, Buffer.alloc(payloadLimit + 1, '{'))).toBe('too-large');
    expect(reasonOf(schemas.reply, Buffer.alloc(payloadLimit, '{'))).toBe('not-json');
  });

  it.each([
    ['not UTF-8', Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), 'not-utf8'],
    ['half a character', Buffer.from('"é').subarray(0, 2), 'not-utf8'],
    ['empty', Buffer.alloc(0), 'not-json'],
    ['cut off', Buffer.from('{"v":1,'), 'not-json'],
    ['JSON with a byte order mark', Buffer.from('\ufeff{"v":1,"from":0}'), 'not-json'],
    ['nested without end', Buffer.from('['.repeat(payloadLimit)), 'not-json'],
    ['nested deeply', Buffer.from('['.repeat(30_000) + ']'.repeat(30_000)), 'wrong-shape'],
    ['null', Buffer.from('null'), 'wrong-shape'],
    ['a number too large', Buffer.from('{"v":1,"from":1e999}'), 'wrong-shape'],
    ['a kind that is not known', Buffer.from('{"v":1,"seq":0,"host":"a","kind":"poem"}'), 'wrong-shape'],
    ['a version as text', Buffer.from('{"v":"1","from":0}'), 'wrong-shape'],
  ])('that is %s is dropped', (_, payload, reason) => {
    expect(reasonOf(schemas.reply, payload)).toBe(reason);
  });

  it('that others would not take is not sent', () => {
    const message: schemas.Reply = { v: 1, seq: 0, host: 'a', kind: 'text', text: 'x'.repeat(payloadLimit) };
    expect(() => formatMessage(message)).toThrow(BadMessage);
  });

  it('of a device that does not say how much it had lately counts as one that had nothing', () => {
    const [request] = fc.sample(any.anyRequest, 1);
    const { answeredLately: _, ...older } = request as schemas.Request;
    expect(parseMessage(schemas.request, json(older))).toEqual({ ...older, answeredLately: 0 });
  });

  it('is not quoted in the error', () => {
    const secret = 'what somebody said';
    try {
      parseMessage(schemas.reply, json({ v: 1, kind: secret, text: secret }));
      expect.unreachable();
    } catch (error) {
      expect(String(error) + JSON.stringify(error)).not.toContain(secret);
    }
  });
});
