import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, filters, isId, parseTopic, topics } from '../../../src/handoff/topics.js';
import { anyId } from './arbitraries.js';

const all: readonly (readonly [string, (a: string, b: string) => string, (a: string, b: string) => Address])[] = [
  ['host status', topics.hostStatus, (host) => ({ kind: 'hostStatus', host })],
  ['host request', topics.hostRequest, (host, device) => ({ kind: 'hostRequest', host, device })],
  ['ping', topics.ping, (host, device) => ({ kind: 'ping', host, device })],
  ['probe', topics.probe, (host) => ({ kind: 'probe', host })],
  ['pool request', topics.poolRequest, (pool, device) => ({ kind: 'poolRequest', pool, device })],
  ['reply', topics.reply, (device, request) => ({ kind: 'reply', device, request })],
  ['cancel', topics.cancel, (device, request) => ({ kind: 'cancel', device, request })],
  ['resend', topics.resend, (device, request) => ({ kind: 'resend', device, request })],
  ['device status', topics.deviceStatus, (device) => ({ kind: 'deviceStatus', device })],
  ['device command', topics.deviceCommand, (device) => ({ kind: 'deviceCommand', device })],
  ['claims', topics.claims, (pool) => ({ kind: 'claims', pool })],
];

/** What a broker does with a filter. */
function matches(filter: string, topic: string): boolean {
  const wanted = filter.replace(/^\$share\/[^/]+\//, '').split('/');
  const got = topic.split('/');
  return wanted.length === got.length && wanted.every((part, at) => part === '+' || part === got[at]);
}

describe('topics', () => {
  it.each(all)('%s comes back as it was made', (_, make, address) => {
    fc.assert(fc.property(anyId, anyId, (a, b) => void expect(parseTopic(make(a, b))).toEqual(address(a, b))));
  });

  it.each(all)('%s takes no name that could reach another topic', (_, make) => {
    const bad = fc.oneof(
      fc.constantFrom('', '+', '#', 'a/b', 'a+', '#/x', '$share', ' a', 'a b', 'a\u0000', '..', '.a', '-a', 'ü', 'a'.repeat(65), 'a\n'),
      fc.string().filter((text) => !isId(text)),
    );
    fc.assert(fc.property(bad, (name) => void expect(() => make(name, name)).toThrow(RangeError)));
  });

  it('that are no topics of ours are undefined, and never throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('tandem', 'v1', 'hosts', 'devices', 'replies', 'status', '+', '#', ''), fc.string()), {
          maxLength: 8,
        }),
        (parts) => {
          const text = parts.join('/');
          const address = parseTopic(text);
          if (address !== undefined) expect(text.startsWith('tandem/v1/')).toBe(true);
        },
      ),
    );
    for (const text of ['tandem/v1', 'tandem/v1/', 'tandem/v2/claims/home', 'tandem/v1/hosts/a/b/c/d', 'tandem/v1/replies/+/x']) {
      expect(parseTopic(text)).toBeUndefined();
    }
  });

  it('of one device are reached by its own filter and by no other', () => {
    fc.assert(
      fc.property(anyId, anyId, anyId, (mine, other, request) => {
        expect(matches(filters.replies(mine), topics.reply(mine, request))).toBe(true);
        expect(matches(filters.replies(mine), topics.reply(other, request))).toBe(mine === other);
      }),
    );
  });
});
