import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/language-model/contract.js';
import type { HostsAvailable } from '../../../src/routing/contract.js';
import { createRouter } from '../../../src/routing/create.js';
import { routingOptions } from '../../../src/routing/options.js';

const router = createRouter(routingOptions.parse({}));
const freeHost: HostsAvailable = { count: 1, queue: 0, tokensPerSecond: undefined };
const HARD = 'explain why the defendant was convicted and compare the two arguments of the court';
const BORDERLINE = ['how does a cake rise', 'why do cats purr', 'plan a party', 'what is the square root of two', 'how do magnets work'];

const anyQuestion = fc.record({
  text: fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(HARD, 'what time is it', '번역해 줘', ...BORDERLINE)),
  language: fc.constantFrom('en' as const, 'ko' as const),
});
const anyHistory: fc.Arbitrary<readonly Message[]> = fc.array(
  fc.record({ role: fc.constantFrom('user' as const, 'assistant' as const), content: fc.string({ maxLength: 2000 }) }),
  { maxLength: 6 },
);
const anyHosts = fc.record({
  count: fc.integer({ min: 1, max: 9 }),
  queue: fc.integer({ min: 0, max: 50 }),
  tokensPerSecond: fc.option(fc.double({ min: 0, max: 500, noNaN: true }), { nil: undefined }),
});

describe('the router', () => {
  it('answers with a route for any text, and a score from 0 to 1', () => {
    fc.assert(
      fc.property(anyQuestion, anyHistory, anyHosts, (question, history, hosts) => {
        const { to, reason, score } = router.decide(question, history, hosts);
        expect(['device', 'host']).toContain(to);
        expect(reason).toMatch(/^[\w.-]+$/);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('stays on the device where there is no hand-off or no host, whatever is asked', () => {
    fc.assert(
      fc.property(anyQuestion, anyHistory, (question, history) => {
        expect(router.decide(question, history, undefined)).toEqual({ to: 'device', reason: 'no-handoff' });
        expect(router.decide(question, history, { count: 0, queue: 0, tokensPerSecond: 30 })).toEqual({ to: 'device', reason: 'no-host' });
      }),
    );
  });

  it('never hands off more when the hosts are busier or slower', () => {
    fc.assert(
      fc.property(
        anyQuestion,
        anyHistory,
        anyHosts,
        fc.nat(20),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (question, history, hosts, more, part) => {
          const slower = hosts.tokensPerSecond === undefined ? undefined : hosts.tokensPerSecond * part;
          const before = router.decide(question, history, hosts);
          const after = router.decide(question, history, { ...hosts, queue: hosts.queue + more, tokensPerSecond: slower });
          expect(after.score).toBeLessThanOrEqual(before.score ?? Number.NaN);
          if (before.to === 'device') expect(after.to).toBe('device');
        },
      ),
    );
  });

  it('hands off no less when the conversation is longer', () => {
    fc.assert(
      fc.property(anyQuestion, anyHistory, anyHistory, anyHosts, (question, history, more, hosts) => {
        const shorter = router.decide(question, history, hosts);
        expect(router.decide(question, [...history, ...more], hosts).score).toBeGreaterThanOrEqual(shorter.score ?? Number.NaN);
      }),
    );
  });

  it('hands off no less with a lower threshold', () => {
    fc.assert(
      fc.property(anyQuestion, anyHosts, fc.double({ min: 0, max: 1, noNaN: true }), (question, hosts, threshold) => {
        const lower = createRouter(routingOptions.parse({ threshold: threshold / 2 }));
        const higher = createRouter(routingOptions.parse({ threshold }));
        if (higher.decide(question, [], hosts).to === 'host') expect(lower.decide(question, [], hosts).to).toBe('host');
      }),
      { numRuns: 10 },
    );
  });

  it.each([...BORDERLINE, HARD, 'turn on the light'])('decides "%s" alike however a recogniser writes capitals and stops', (text) => {
    const plain = router.decide({ text, language: 'en' }, [], freeHost);
    const written = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
    for (const mark of ['.', '?', '!']) {
      const other = router.decide({ text: written + mark, language: 'en' }, [], freeHost);
      expect(other.to).toBe(plain.to);
      expect(other.score).toBeCloseTo(plain.score ?? Number.NaN, 1);
    }
  });

  it('names the reason: what the question is about, or the host that is busy', () => {
    const question = { text: HARD, language: 'en' } as const;
    expect(router.decide(question, [], freeHost)).toMatchObject({ to: 'host', reason: expect.stringMatching(/^(?:task|field)\./) });
    expect(router.decide(question, [], { ...freeHost, queue: 20 })).toMatchObject({ to: 'device', reason: 'host-busy' });
    expect(router.decide({ text: 'turn on the light', language: 'en' }, [], freeHost)).toMatchObject({ to: 'device', reason: 'everyday' });
  });

  it('reads a very long text in bounded time: what is beyond the first part does not change the score', () => {
    const long = `${'word '.repeat(2000)}`;
    const one = router.decide({ text: long, language: 'en' }, [], freeHost);
    expect(router.decide({ text: long + HARD.repeat(10_000), language: 'en' }, [], freeHost)).toEqual(one);
  });
});
