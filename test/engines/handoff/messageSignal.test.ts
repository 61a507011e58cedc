import { afterAll, beforeAll, expect, it } from 'vitest';
import { MessageSignal } from '../../../src/signals/messageSignal.js';
import { eventually } from '../../support/eventually.js';
import { startDevice } from '../../support/handoff.js';
import { Mosquitto } from '../../support/mosquitto.js';
import { RawClient } from '../../support/rawClient.js';

let broker: Mosquitto;
beforeAll(async () => {
  broker = await Mosquitto.start();
});
afterAll(() => broker.close());

const mqtt = { topic: 'home/lamp', payload: '{"state":"ON"}', payloadOff: '{"state":"OFF"}' };

it('tells a topic when its states begin and end, once each, and switches it off when the device ends', async () => {
  const listener = await RawClient.connect(broker.url, [mqtt.topic]);
  const heard = () => listener.heard.map(({ payload }) => payload.toString());
  const device = await startDevice(broker.url);
  await device.whenConnected(5_000);
  const signal = new MessageSignal({ on: ['listening', 'speaking'], mqtt }, device);
  for (const state of ['asleep', 'listening', 'speaking', 'asleep', 'speaking'] as const) signal.show(state);
  await signal.close();
  await device.close();
  await eventually('all have come', () => heard().length >= 4);
  expect(heard()).toEqual([mqtt.payload, mqtt.payloadOff, mqtt.payload, mqtt.payloadOff]);
  await listener.close();
});

it('keeps nothing while the broker is away but what it shows now', async () => {
  const device = await startDevice(broker.url);
  await device.whenConnected(5_000);
  const signal = new MessageSignal({ on: ['listening'], mqtt }, device);
  await broker.stop();
  await eventually('the device has noticed', () => !device.connected);
  for (let turn = 0; turn < 1_000; turn++) {
    signal.show('listening');
    signal.show('asleep');
  }
  signal.show('listening');
  await broker.start();
  const listener = await RawClient.connect(broker.url, [mqtt.topic]);
  await device.whenConnected(10_000);
  device.cut();
  await eventually('the newest has come', () => listener.heard.length > 0, 10_000);
  expect(new Set(listener.heard.map(({ payload }) => payload.toString()))).toEqual(new Set([mqtt.payload]));
  await signal.close();
  await device.close();
  await listener.close();
});
