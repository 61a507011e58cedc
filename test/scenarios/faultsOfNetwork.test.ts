import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/freePort.js';
import { eventually } from '../support/eventually.js';
import { Home } from '../support/handoffHome.js';
import { NetworkNamespace } from '../support/handoffNetwork.js';
import { fallbackOf } from '../support/handoffTalk.js';
import { Mosquitto } from '../support/mosquitto.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** Packets that get lost between device and broker. Where there can be no network of its own, `faults.test.ts` holds sockets instead. */
const obstacle = NetworkNamespace.obstacle();
const folder = temporaryFolder();

describe.skipIf(obstacle !== undefined)(
  `a device in a network of its own${obstacle === undefined ? '' : ` (skipped: ${obstacle})`}`,
  () => {
    let network: NetworkNamespace;
    let home: Home;
    beforeAll(async () => {
      network = NetworkNamespace.open();
      const port = await freePort();
      const configFile = join(folder, 'mosquitto.conf');
      const listeners = ['127.0.0.1', network.address].map((address) => `listener ${port} ${address}`);
      writeFileSync(configFile, [...listeners, 'allow_anonymous true', `user ${userInfo().username}`, ''].join('\n'));
      home = await Home.open(await Mosquitto.start({ port, configFile }));
      await Promise.all([home.startHost(), home.startTalk(network, `mqtt://${network.address}:${port}`)]);
    }, 120_000);
    afterAll(async () => {
      await home.close();
      network.close();
    });

    it('all packets are dropped in the middle of an answer: the device goes on by itself, and asks the host again when they pass', async () => {
      await home.hostAnswers();
      const asked = home.ask('ask the big model to tell a story');
      const telling = await home.model.story();
      telling.say('Once there was a lighthouse by the sea. It');
      await eventually('the first sentence is read', () => asked.text !== '');
      network.drop();
      const answer = await asked.answer().finally(() => network.pass());
      expect(fallbackOf(asked)).toBe('host-idle-timeout');
      expect(answer).toMatch(/^Once there was a lighthouse by the sea\. ./);
      expect(answer.split('lighthouse')).toHaveLength(2);
      await eventually('the host has stopped', () => telling.left);
      await home.hostAnswers();
    });

    it('all packets are dropped before the question: the device answers, and asks the host again when they pass', async () => {
      await home.hostAnswers();
      network.drop();
      const asked = home.ask('ask the big model who you are');
      expect(await asked.answer().finally(() => network.pass())).not.toBe('');
      expect(fallbackOf(asked)).toBe('host-not-accepted');
      await home.hostAnswers();
    });
  },
);
