import { describe, expect, it } from 'vitest';
import { Requests } from '../../../src/handoff/device/requests.js';
import type { Publication } from '../../../src/handoff/mqttLink.js';
import type { Reply } from '../../../src/handoff/schemas.js';
import { parseTopic } from '../../../src/handoff/topics.js';

const limits = { acceptedMs: 10_000, firstTextMs: 10_000, idleMs: 10_000, deadlineMs: 10_000, gapMs: 10_000, goneMs: 10_000 };

/** A device that has asked the host "big" something. */
function asked() {
  const posted: Publication[] = [];
  const requests = new Requests({ device: 'kitchen', pool: 'home', post: (publication) => void posted.push(publication) });
  const ask = () => {
    const stopping = new AbortController();
    const before = posted.length;
    const outcome = requests.run({
      messages: [{ role: 'user', content: 'why' }],
      language: 'en',
      maxTokens: 100,
      target: { to: 'host', host: 'big' },
      limits,
      signal: stopping.signal,
      onText: () => {},
      onState: () => {},
    });
    const sent = JSON.parse(String(posted[before]?.payload)) as { request: string; answeredLately: number };
    const say = (reply: { seq: number } & ({ kind: 'text'; text: string } | { kind: 'failed'; code: string } | { kind: 'accepted' })) => {
      const whole = { v: 1, host: 'big', ...(reply.kind === 'accepted' ? { instance: sent.request, ahead: 0 } : {}), ...reply };
      requests.reply(sent.request, whole as Reply);
    };
    return { outcome, sent, say, stop: () => stopping.abort() };
  };
  const cancels = () =>
    posted.flatMap(({ topic, payload }) => (parseTopic(topic)?.kind === 'cancel' ? [JSON.parse(String(payload)).reason] : []));
  return { requests, ask, cancels };
}

describe('requests of a device', () => {
  it('that were given up are cancelled again when a connection is back, until the host says that it has stopped', async () => {
    const { requests, ask, cancels } = asked();
    const { outcome, say, stop } = ask();
    say({ seq: 0, kind: 'accepted' });
    stop();
    await outcome;
    expect(cancels()).toEqual(['stopped']);
    requests.linkRenewed('big');
    expect(cancels()).toEqual(['stopped', 'not-waiting']);
    say({ seq: 1, kind: 'failed', code: 'cancelled' });
    requests.linkRenewed();
    expect(cancels()).toHaveLength(2);
  });

  it('that were answered or refused are not', async () => {
    const { requests, ask, cancels } = asked();
    const { outcome, say } = ask();
    say({ seq: 0, kind: 'failed', code: 'queue-full' });
    expect(await outcome).toMatchObject({ code: 'queue-full' });
    requests.linkRenewed();
    expect(cancels()).toEqual([]);
  });

  it('say how many answers of hosts the device had lately', async () => {
    const { ask } = asked();
    const first = ask();
    first.say({ seq: 0, kind: 'failed', code: 'queue-full' });
    await first.outcome;
    const second = ask();
    for (const reply of [
      { seq: 0, kind: 'accepted' },
      { seq: 1, kind: 'text', text: 'a' },
      { seq: 2, kind: 'failed', code: 'x' },
    ] as const)
      second.say(reply);
    await second.outcome;
    const third = ask();
    expect([first, second, third].map(({ sent }) => sent.answeredLately)).toEqual([0, 0, 1]);
    third.stop();
    await third.outcome;
  });
});
