import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { clockOff, Home } from '../support/handoffHome.js';
import { type AskedDevice, fallbackOf, routeOf } from '../support/handoffTalk.js';
import { RawClient } from '../support/rawClient.js';

/**
 * What the person gets when something at home breaks: `tandem talk --text`, Mosquitto and `tandem host` as processes of their own. A
 * question goes to the host, the fault strikes, and the answer comes all the same, within the deadline of the hand-off and the local
 * model's time, nothing said twice; then the fault is over, and the host answers the next question with nobody touching anything.
 */
const BEGUN = 'Once there was a lighthouse by the sea.';
const REST = 'It was dark.';

/** On a machine that is busy otherwise, processes take long to start. */
const patienceMs = 120_000;

let home: Home;
beforeAll(async () => {
  home = await Home.open();
  await Promise.all([home.startHost(), home.startTalk()]);
}, 120_000);
afterAll(() => home.close());

interface Fault {
  /** Before the question. */
  readonly prepare?: () => Promise<unknown>;
  readonly strike: () => unknown;
  /** Why the device answers, whichever it notices first; undefined where the host goes on. */
  readonly fallback?: readonly string[];
  /** After the answer. */
  readonly heal?: () => unknown;
}

const inTheMiddle: Readonly<Record<string, Fault>> = {
  'the broker is killed and starts again, without persistence': {
    strike: () => home.broker.restart('SIGKILL'),
  },
  'the broker is killed and starts again, with persistence': {
    prepare: () => home.replaceBroker(true),
    strike: () => home.broker.restart('SIGKILL'),
  },
  'the broker is told to end and starts again, with persistence': {
    strike: () => home.broker.restart('SIGTERM'),
  },
  'the broker is killed and stays away': {
    strike: () => home.broker.stop('SIGKILL'),
    fallback: ['host-idle-timeout'],
    heal: () => home.broker.start(),
  },
  'the host is killed': {
    strike: () => home.host?.signal('SIGKILL'),
    fallback: ['host-left'],
    heal: () => home.startHost(),
  },
  'the host is frozen': {
    strike: () => home.host?.signal('SIGSTOP'),
    fallback: ['host-idle-timeout', 'host-left'],
    heal: () => home.host?.signal('SIGCONT'),
  },
  'the host’s model dies': {
    strike: () => home.model.hangUp(),
    fallback: ['generation-failed'],
  },
  'the device’s connections are reset': {
    strike: () => home.talkWire.drop(),
  },
  'the host’s connections are reset': {
    strike: () => home.hostWire.drop(),
  },
  'the device’s network swallows everything': {
    strike: () => home.talkWire.hold(),
    fallback: ['host-idle-timeout'],
    heal: () => home.talkWire.release(),
  },
  'the host’s network swallows everything': {
    strike: () => home.hostWire.hold(),
    fallback: ['host-idle-timeout', 'host-left'],
    heal: () => home.hostWire.release(),
  },
};

describe('in the middle of an answer', { timeout: patienceMs }, () => {
  it.each(Object.keys(inTheMiddle))('%s', async (name) => {
    const { prepare, strike, fallback, heal } = inTheMiddle[name] as Fault;
    await prepare?.();
    await home.hostAnswers();
    const { asked, telling } = await begun();
    await strike();
    if (fallback === undefined) {
      telling.say(REST.slice(2));
      telling.end();
    }
    const answer = await asked.answer().finally(heal);
    expect(fallback ?? [undefined]).toContain(fallbackOf(asked));
    expectOnce(asked, answer);
    if (fallback === undefined) expect(answer).toBe(`${BEGUN} ${REST}`);
    // What nobody waits for any more does not keep the host from the next question.
    if (fallback !== undefined) await eventually('the host has stopped', () => telling.left, 3_000);
    await home.hostAnswers();
  });

  it('the host goes on and on, past the deadline', async () => {
    await home.hostAnswers();
    const { asked, telling } = await begun();
    const trickle = setInterval(() => telling.say(', and on'), 200);
    const answer = await asked.answer().finally(() => clearInterval(trickle));
    expect(fallbackOf(asked)).toBe('host-deadline');
    expectOnce(asked, answer);
    await eventually('the host has stopped', () => telling.left, 3_000);
    await home.hostAnswers();
  });

  it('the device is rebooted: the host stops, and the device asks it again', async () => {
    await home.hostAnswers();
    const { telling } = await begun();
    home.talk?.signal('SIGKILL');
    await home.talk?.close();
    await home.startTalk();
    await eventually('the host has stopped', () => telling.left);
    await home.hostAnswers();
  });
});

const beforeTheAnswer: Readonly<Record<string, Fault>> = {
  'the host is frozen': {
    strike: () => home.host?.signal('SIGSTOP'),
    fallback: ['host-not-accepted', 'host-left'],
    heal: () => home.host?.signal('SIGCONT'),
  },
  'the device’s network swallows everything': {
    strike: () => home.talkWire.hold(),
    fallback: ['host-not-accepted'],
    heal: () => home.talkWire.release(),
  },
  'the host’s network swallows everything': {
    strike: () => home.hostWire.hold(),
    fallback: ['host-not-accepted', 'host-left'],
    heal: () => home.hostWire.release(),
  },
};

describe('before the answer', { timeout: patienceMs }, () => {
  it.each(Object.keys(beforeTheAnswer))('%s', async (name) => {
    const { strike, fallback, heal } = beforeTheAnswer[name] as Fault;
    await home.hostAnswers();
    await strike();
    const asked = home.ask('ask the big model who you are');
    expect(await asked.answer().finally(heal)).not.toBe('');
    expect(routeOf(asked)).toBe('host');
    expect(fallback).toContain(fallbackOf(asked));
    await home.hostAnswers();
  });

  it('the queue is full of other devices’ questions', async () => {
    await home.hostAnswers();
    const others = await Promise.all([RawClient.connect(home.broker.url), RawClient.connect(home.broker.url)]);
    for (const other of others) await other.ask('big', 'a story', { ttlMs: 60_000, firstTextMs: 60_000 });
    const running = await home.model.story();
    const asked = home.ask('ask the big model who you are');
    expect(await asked.answer()).not.toBe('');
    expect(fallbackOf(asked)).toBe('queue-full');
    running.end();
    (await home.model.story()).end();
    await home.hostAnswers();
    for (const other of others) await other.close();
  });
});

describe('with a clock that is', { timeout: patienceMs }, () => {
  it.each([
    ['ten minutes ahead', 10],
    ['ten minutes behind', -10],
  ])('%s on the host: nothing is different', async (_, minutes) => {
    await home.host?.close();
    await home.startHost(clockOff(minutes));
    await home.hostAnswers();
    const { asked, telling } = await begun();
    telling.say(REST.slice(2));
    telling.end();
    expect(await asked.answer()).toBe(`${BEGUN} ${REST}`);
  });
});

/** The host has begun to answer, and the person has read the first sentence. */
async function begun() {
  const asked = home.ask('ask the big model to tell a story');
  const telling = await home.model.story();
  telling.say(`${BEGUN} It`);
  await eventually('the first sentence is read', () => asked.text.includes(BEGUN));
  return { asked, telling };
}

/** What the host had said is there once, something follows, and the turn counts as answered. */
function expectOnce(asked: AskedDevice, answer: string): void {
  expect(answer.split(BEGUN), answer).toHaveLength(2);
  expect(answer.length, answer).toBeGreaterThan(BEGUN.length);
  expect(asked.events.filter((event) => event.event === 'turn-end')).toMatchObject([{ outcome: 'answered' }]);
}
