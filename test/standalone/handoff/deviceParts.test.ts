import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fitConversation } from '../../../src/handoff/device/fitConversation.js';
import { ClaimOrder } from '../../../src/handoff/device/wakeClaim.js';
import { Departures } from '../../../src/handoff/host/departures.js';
import { nameInTopics } from '../../../src/handoff/names.js';
import { handoffOptions, hostOptions, mqttOptions } from '../../../src/handoff/options.js';
import { type Claim, type DeviceStatus, formatMessage, parseMessage, request } from '../../../src/handoff/schemas.js';
import { isId } from '../../../src/handoff/topics.js';
import type { Message } from '../../../src/language-model/contract.js';

describe('a conversation that is handed over', () => {
  const message = fc.record({
    role: fc.constantFrom('user' as const, 'assistant' as const),
    content: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 30_000 }).map((size) => '가'.repeat(size)),
    ),
  });
  it('always fits into one message, with its system message, its question, and the latest turns in order', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 40 }), (history) => {
        const messages: Message[] = [{ role: 'system', content: 'S' }, ...history, { role: 'user', content: 'Q' }];
        const fitted = fitConversation(messages);
        const payload = formatMessage({
          v: 1,
          request: randomUUID(),
          messages: fitted,
          language: 'en',
          ttlMs: 86_400_000,
          firstTextMs: 86_400_000,
          maxTokens: 8_192,
        });
        void expect(parseMessage(request, payload).messages).toEqual(fitted);
        void expect([fitted[0]?.content, fitted.at(-1)?.content]).toEqual(['S', 'Q']);
        const kept = fitted.slice(1, -1);
        void expect(kept[0]?.role).not.toBe('assistant');
        void expect(kept).toEqual(history.slice(history.length - kept.length));
      }),
      { numRuns: 50 },
    );
  });

  it('of many short turns keeps as many as the schema takes', () => {
    const messages: Message[] = Array.from({ length: 2_001 }, (_, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content: 'x' }));
    const fitted = fitConversation(messages);
    expect(fitted.length).toBeLessThanOrEqual(500);
    expect(fitted.length).toBeGreaterThan(490);
  });

  it('with a question that is too long is refused', () => {
    expect(() => fitConversation([{ role: 'user', content: 'x'.repeat(70_000) }])).toThrow(/too long/);
  });
});

describe('claims', () => {
  const claim = (device: string, word = 'alexa'): Claim => ({ v: 1, claim: randomUUID(), device, word, score: 0.5 });

  it.each<[string, readonly (readonly [Claim, number])[], readonly string[]]>([
    [
      'the first wins',
      [
        [claim('a'), 0],
        [claim('b'), 10],
        [claim('c'), 600],
      ],
      ['won', 'lost', 'lost'],
    ],
    [
      'another word is another matter',
      [
        [claim('a'), 0],
        [claim('b', 'jarvis'), 10],
      ],
      ['won', 'won'],
    ],
    [
      'later it is another utterance',
      [
        [claim('a'), 0],
        [claim('b'), 700],
      ],
      ['won', 'won'],
    ],
    [
      'those that lost don’t count',
      [
        [claim('a'), 0],
        [claim('b'), 600],
        [claim('c'), 1_200],
      ],
      ['won', 'lost', 'won'],
    ],
    [
      'the winner may claim again',
      [
        [claim('a'), 0],
        [claim('a'), 100],
        [claim('b'), 750],
      ],
      ['won', 'won', 'lost'],
    ],
  ])('%s', (_, claims, verdicts) => {
    const order = new ClaimOrder(700);
    expect(claims.map(([one, at]) => order.decide(one, at))).toEqual(verdicts);
  });

  it('that come twice are the same claim', () => {
    const order = new ClaimOrder(700);
    const first = claim('a');
    expect([order.decide(first, 0), order.decide(first, 650), order.decide(claim('b'), 720)]).toEqual(['won', 'won', 'won']);
  });

  it('are settled alike by whoever sees them in the same order', () => {
    const events = fc.array(fc.record({ device: fc.constantFrom('a', 'b', 'c'), after: fc.integer({ min: 0, max: 400 }) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(events, (some) => {
        let at = 0;
        const order = new ClaimOrder(700);
        const winners: { device: string; at: number }[] = [];
        for (const { device, after } of some) {
          at += after;
          if (order.decide(claim(device), at) === 'won') winners.push({ device, at });
        }
        return winners.every((one, index) => {
          const before = winners[index - 1];
          return before === undefined || before.device === one.device || one.at - before.at >= 700;
        });
      }),
    );
  });

  it('of any number of words take bounded memory', () => {
    const order = new ClaimOrder(1_000_000);
    for (let at = 0; at < 1_000; at += 1) order.decide(claim('a', `word ${at}`), at);
    expect(order.isTaken('word 0', 'b', 1_000)).toBe(false);
    expect(order.isTaken('word 999', 'b', 1_000)).toBe(true);
  });
});

describe('departures', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const there = (instance: string): DeviceStatus => ({ v: 1, instance, state: 'asleep', profile: 'p', version: '1', pool: 'home' });
  const offline = (instance: string): DeviceStatus => ({ v: 1, instance, state: 'offline' });

  it.each<[string, readonly (readonly [DeviceStatus, boolean] | number)[], readonly string[]]>([
    ['gone for good', [[there('1'), true], [offline('1'), true], 1_000], ['kitchen']],
    ['gone for a moment', [[there('1'), true], [offline('1'), true], 900, [there('1'), true], 5_000], []],
    [
      'started anew',
      [
        [there('1'), true],
        [there('2'), true],
      ],
      ['kitchen'],
    ],
    ['gone and started anew', [[there('1'), true], [offline('1'), true], 500, [there('2'), true], 5_000], ['kitchen']],
    ['gone in the broker’s memory only', [[there('1'), true], [offline('1'), false], 5_000], []],
    ['never there', [[offline('1'), true], 5_000], []],
    ['said goodbye twice', [[there('1'), true], [offline('1'), true], 600, [offline('1'), true], 600], ['kitchen']],
  ])('%s', (_, steps, gone) => {
    vi.useFakeTimers();
    const told: string[] = [];
    const departures = new Departures((device) => told.push(device), 1_000);
    for (const step of steps) {
      if (typeof step === 'number') vi.advanceTimersByTime(step);
      else departures.status('kitchen', ...step);
    }
    expect(told).toEqual(gone);
    departures.close();
  });

  it('of any number of devices take bounded memory', () => {
    const departures = new Departures(() => {}, 1_000);
    for (let at = 0; at < 3_000; at += 1) departures.status(`device-${at}`, there('1'), true);
    expect(departures.present).toBe(2_000);
    departures.close();
  });
});

describe('names', () => {
  it('are as given, else the account’s, else the machine’s, and always fit into a topic', () => {
    expect(nameInTopics('kitchen', 'bath')).toBe('kitchen');
    expect(nameInTopics(undefined, 'bath')).toBe('bath');
    expect(isId(nameInTopics(undefined, 'not a name'))).toBe(true);
    expect(isId(nameInTopics(undefined, undefined))).toBe(true);
  });
});

describe('options', () => {
  it('have defaults that are valid', () => {
    expect(handoffOptions.parse({})).toMatchObject({ enabled: false, pool: 'home', acceptedTimeoutMs: 400 });
    expect(hostOptions.parse({})).toMatchObject({ pool: 'home', queueLimit: 16 });
    expect(mqttOptions.parse({})).toMatchObject({ url: 'mqtt://127.0.0.1:1883', protocol: 'auto' });
  });

  it.each(['http://a', 'mqtt://', 'a:1883', '', 'mqtt://u@h', 'mqtt://u:p@h'])('take no broker at %j', (url) => {
    expect(mqttOptions.safeParse({ url }).success).toBe(false);
  });

  it.each(['mqtt://h', 'mqtts://h:8883', 'mqtt://[::1]:1883', 'mqtt://192.168.0.2:1883'])('take a broker at %j', (url) => {
    expect(mqttOptions.safeParse({ url }).success).toBe(true);
  });
});
