import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topics } from '../../src/handoff/topics.js';
import { deviceProfile, fallbackOf, routeOf, TalkProcess } from '../support/handoffTalk.js';
import { Mosquitto } from '../support/mosquitto.js';
import { RawClient } from '../support/rawClient.js';
import { ScriptedHost } from '../support/scriptedHost.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/**
 * What the person gets when messages come twice, in the wrong order, not at all, from a stranger, or are none: `tandem talk --text` as a
 * process of its own, a real Mosquitto, and a host that says what the test tells it to.
 */
const folder = temporaryFolder();
const FIRST = 'Once there was a lighthouse by the sea.';
const SECOND = 'It was dark.';
const WHOLE = `${FIRST} ${SECOND}`;

let broker: Mosquitto;
let host: ScriptedHost;
let raw: RawClient;
let talk: TalkProcess;
beforeAll(async () => {
  broker = await Mosquitto.start();
  [host, raw] = await Promise.all([ScriptedHost.start(broker.url), RawClient.connect(broker.url)]);
  const profile = join(folder, 'device.yaml');
  writeFileSync(profile, deviceProfile('kitchen', { staleAfterMs: 60_000 }));
  talk = await TalkProcess.start(profile, broker.url, join(folder, 'events.jsonl'));
}, 120_000);
afterAll(async () => {
  await talk.close();
  await raw.close();
  await host.close();
  await broker.close();
});

type Got = Awaited<ReturnType<ScriptedHost['request']>>;
type Script = (got: Got) => Promise<void>;

/** The answer in four parts, as it should come. */
const parts = (got: Got) => [got.accepted(), got.text(1, `${FIRST} It`), got.text(2, ' was dark.'), got.done(3)] as const;
const sendAll = async (got: Got, replies: readonly Parameters<Got['send']>[0][]) => {
  for (const reply of replies) await got.send(reply);
};
/** Whatever bytes, as if the host had said them. */
const bytes = (got: Got, payload: string | Buffer) => raw.publish(topics.reply('kitchen', got.id), payload);

const garbage: Readonly<Record<string, string | Buffer>> = {
  '10 MB': Buffer.alloc(10 * 1024 * 1024, '{'),
  'not JSON': '{"v":1,"seq":2,"kind":"text"',
  'not UTF-8': Buffer.from([0x22, 0xff, 0xfe, 0x22]),
  'of another version': '{"v":2,"seq":2,"host":"scripted","kind":"text","text":"a lie."}',
  'of another shape': '{"v":1,"seq":2,"host":"scripted","kind":"text","text":7}',
};

/** The host's answer comes as it is, once. */
const harmless: Readonly<Record<string, Script>> = {
  'every part comes twice': async (got) => {
    for (const part of parts(got)) await sendAll(got, [part, part]);
  },
  'the parts come in the wrong order': async (got) => {
    const [accepted, first, second, done] = parts(got);
    await sendAll(got, [second, first, done, accepted]);
  },
  'a part is missing, and comes when it is asked for': async (got) => {
    const [accepted, first, second, done] = parts(got);
    await sendAll(got, [accepted, first, done]);
    await expect.poll(() => host.resends(got.id), { timeout: 5_000 }).toEqual([2]);
    await sendAll(got, [second, done]);
  },
  'a stranger answers too': async (got) => {
    const [accepted, first, second, done] = parts(got);
    await sendAll(got, [accepted, { ...got.text(1, 'A lie. '), host: 'mallory' }, { ...got.failed(1), host: 'mallory' }]);
    const other = host.answering('kitchen', randomUUID());
    await sendAll(other, [other.accepted(), other.text(1, 'Another lie. ')]);
    await sendAll(got, [first, second, done]);
  },
  ...Object.fromEntries(
    Object.entries(garbage).map(([name, payload]): [string, Script] => [
      `between the parts comes one that is ${name}, and the same on the device’s other topics`,
      async (got) => {
        const [accepted, first, second, done] = parts(got);
        await sendAll(got, [accepted, first]);
        await bytes(got, payload);
        const elsewhere = [topics.hostStatus('big2'), topics.deviceStatus('bath'), topics.deviceCommand('kitchen'), topics.claims('home')];
        for (const topic of elsewhere) await raw.publish(topic, payload);
        await sendAll(got, [second, done]);
      },
    ]),
  ),
};

/** The device answers by itself from where the host stopped, for this reason. */
const harmful: Readonly<Record<string, readonly [code: string, script: Script]>> = {
  'a part stays missing': [
    'host-gap',
    async (got) => {
      const [accepted, first, , done] = parts(got);
      await sendAll(got, [accepted, first, done]);
    },
  ],
  'the end stays missing': ['host-idle-timeout', (got) => sendAll(got, parts(got).slice(0, 3))],
  'a part is not UTF-8, and nothing more comes': [
    'host-idle-timeout',
    async (got) => {
      await sendAll(got, parts(got).slice(0, 2));
      await bytes(got, garbage['not UTF-8'] ?? '');
    },
  ],
  'nothing comes but that it is accepted': ['host-first-text-timeout', (got) => got.send(got.accepted())],
  'the host speaks another version': ['host-not-accepted', (got) => bytes(got, JSON.stringify({ ...got.accepted(), v: 2 }))],
  'the host refuses: its queue is full': ['queue-full', (got) => got.send(got.failed(0, 'queue-full'))],
  'the host refuses: it could not be in time': ['deadline-too-short', (got) => got.send(got.failed(0, 'deadline-too-short'))],
  'the deadline is over before its turn comes': [
    'deadline-passed',
    (got) => sendAll(got, [got.accepted(), got.failed(1, 'deadline-passed')]),
  ],
  'the host gives its place to another device': ['queue-full', (got) => sendAll(got, [got.accepted(), got.failed(1, 'queue-full')])],
  'the host says more than anybody asked for': [
    'host-too-much',
    async (got) => {
      const flood = Array.from({ length: 6 }, (_, at) => got.text(at + 2, 'x'.repeat(8_000)));
      await sendAll(got, [got.accepted(), got.text(1, `${FIRST} It`), ...flood]);
    },
  ],
};

async function asked(script: Script) {
  const question = talk.ask('ask the big model to tell a story');
  await script(await host.request());
  return { question, answer: await question.answer() };
}

/** Nobody does anything but that the host says, as hosts do, that it is there. */
async function nextIsAnswered(): Promise<void> {
  await host.status('ready');
  await expect
    .poll(
      async () => {
        const question = talk.ask('ask the big model who you are');
        await expect.poll(() => routeOf(question), { timeout: 10_000 }).toBeDefined();
        if (routeOf(question) !== 'host') return question.answer();
        const got = await host.request();
        await sendAll(got, parts(got));
        return question.answer();
      },
      { timeout: 20_000 },
    )
    .toBe(WHOLE);
}

describe('the host’s answer comes, once, where', { timeout: 60_000 }, () => {
  it.each(Object.entries(harmless))('%s', async (_, script) => {
    const { question, answer } = await asked(script);
    expect(answer).toBe(WHOLE);
    expect(fallbackOf(question)).toBeUndefined();
    await nextIsAnswered();
  });
});

describe('the device answers, and says nothing twice, where', { timeout: 60_000 }, () => {
  it.each(Object.entries(harmful))('%s', async (_, [code, script]) => {
    const { question, answer } = await asked(script);
    expect(fallbackOf(question)).toBe(code);
    expect(answer.split(FIRST).length, answer).toBeLessThanOrEqual(2);
    expect(answer.length, answer).toBeGreaterThan(answer.includes(FIRST) ? FIRST.length : 0);
    expect(question.events.filter((event) => event.event === 'turn-end')).toMatchObject([{ outcome: 'answered' }]);
    await nextIsAnswered();
  });
});
