import { beforeEach, describe, expect, test } from 'vitest';
import { ConversationMemory } from '../../../src/device/answering/conversationMemory.js';
import { TandemError } from '../../../src/errors.js';
import type { Beginning } from '../../../src/first-evening/begin.js';
import { type Changing, type Talking, talkOn } from '../../../src/first-evening/changeOver.js';
import { loadDeviceProfile } from '../../../src/profile/load.js';

/** Devices that only write down what happens to them; the order is what is tested. */

const STARTER = await loadDeviceProfile('starter');
const REAL = await loadDeviceProfile('pi-5');
const LATER: Beginning = { loaded: STARTER, later: { loaded: REAL, needs: { models: [], whisper: false } } };

let happened: string[];
let stop: AbortController;
let goToSleep: () => void;
beforeEach(() => {
  happened = [];
  stop = new AbortController();
  goToSleep = () => {};
});

function device(name: string, muted = false): Changing {
  const memory = new ConversationMemory(1_000, () => 0);
  if (name === 'Starter') memory.add('who are you', 'I am Starter.');
  return {
    device: {
      muted,
      idle: () =>
        new Promise<void>((resolve) => {
          happened.push(`${name} is waited for`);
          goToSleep = resolve;
        }),
      send: ({ type }) => happened.push(`${name} gets ${type}`),
    },
    memory,
    volume: () => 30,
    setVolume: (percent) => happened.push(`${name} has volume ${percent}`),
    close: async () => void happened.push(`${name} closed`),
  };
}

function talking(change: Partial<Talking<Changing>> = {}): Talking<Changing> {
  return {
    open: async ({ profile }, needsModel) => {
      happened.push(`${profile.name} opened${needsModel ? ', with its model' : ''}`);
      return device(profile.name);
    },
    converse: (_running, { profile }, signal) =>
      new Promise((resolve) => {
        happened.push(`${profile.name} talks`);
        signal.addEventListener('abort', () => resolve());
        if (profile.name === 'Pi 5') resolve();
      }),
    prepare: async () => true,
    onChanged: (_running, { profile }) => happened.push(`changed to ${profile.name}`),
    onTrouble: ({ code }) => happened.push(`trouble: ${code}`),
    stop: stop.signal,
    ...change,
  };
}

const broken = new TandemError({ code: 'broken', stage: 'device', message: 'It is broken.' });

/** Until nothing more happens by itself. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('changing over', () => {
  test('waits until the device is asleep, and closes it before the other one opens', async () => {
    const talk = talkOn(LATER, talking());
    await settled();
    expect(happened).toEqual(['Starter opened', 'Starter talks', 'Starter is waited for']);
    goToSleep();
    await talk;
    expect(happened.slice(3)).toEqual([
      'Starter closed',
      'Pi 5 opened, with its model',
      'Pi 5 has volume 30',
      'changed to Pi 5',
      'Pi 5 talks',
      'Pi 5 closed',
    ]);
  });

  test('goes on with the conversation', async () => {
    const { converse } = talking();
    const talk = talkOn(
      LATER,
      talking({
        converse: (running, loaded, signal) => {
          happened.push(`${loaded.profile.name} remembers: ${running.memory.lastAnswer()}`);
          return converse(running, loaded, signal);
        },
      }),
    );
    await settled();
    goToSleep();
    await talk;
    expect(happened).toContain('Pi 5 remembers: I am Starter.');
  });

  test('to a profile that does not open goes back to starter', async () => {
    const open: Talking<Changing>['open'] = async ({ profile }) => {
      happened.push(`open ${profile.name}`);
      if (profile.name === 'Pi 5') throw broken;
      return device(profile.name);
    };
    const talk = talkOn(LATER, talking({ open }));
    await settled();
    goToSleep();
    await settled();
    expect(happened.slice(3)).toEqual([
      'Starter closed',
      'open Pi 5',
      'trouble: broken',
      'open Starter',
      'Starter has volume 30',
      'Starter talks',
    ]);
    stop.abort();
    await talk;
    expect(happened.at(-1)).toBe('Starter closed');
  });

  test('keeps a mute', async () => {
    const open: Talking<Changing>['open'] = async ({ profile }) => device(profile.name, profile.name === 'Starter');
    const talk = talkOn(LATER, talking({ open }));
    await settled();
    goToSleep();
    await talk;
    expect(happened).toContain('Pi 5 gets MUTE');
  });

  test('does not happen where the models can not be had', async () => {
    const talk = talkOn(LATER, talking({ prepare: async () => false }));
    await settled();
    stop.abort();
    await talk;
    expect(happened).toEqual(['Starter opened', 'Starter talks', 'Starter closed']);
  });
});

test('a conversation that ends first ends the downloads, and waits for their end', async () => {
  const prepare: Talking<Changing>['prepare'] = (_later, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        happened.push('download ended');
        resolve(false);
      });
    });
  await talkOn(LATER, talking({ prepare, converse: async () => {} }));
  expect(happened).toEqual(['Starter opened', 'Starter closed', 'download ended']);
});

test('the accepted profile that does not open any more gives way to starter', async () => {
  const open: Talking<Changing>['open'] = async ({ profile }) => {
    if (profile.name === 'Pi 5') throw broken;
    return device(profile.name);
  };
  await talkOn({ loaded: REAL, spare: STARTER }, talking({ open, converse: async () => {} }));
  expect(happened).toEqual(['trouble: broken', 'Starter closed']);
});

test('a named profile that does not open is an error', async () => {
  const open: Talking<Changing>['open'] = async () => {
    throw broken;
  };
  await expect(talkOn({ loaded: REAL }, talking({ open }))).rejects.toBe(broken);
});
