import { expect, test } from 'vitest';
import { DeviceToCome } from '../../../src/device/opening/deviceToCome.js';

function device() {
  const sent: string[] = [];
  return { sent, quiet: true, send: ({ type }: { type: string }) => void sent.push(type), reportError: () => {}, stop: async () => {} };
}

test('what is told before the device is there reaches it in order, and later things at once', () => {
  const toCome = new DeviceToCome();
  toCome.tell((one) => one.send({ type: 'MUTE' }));
  toCome.tell((one) => one.send({ type: 'UNMUTE' }));
  expect(toCome.device).toBeUndefined();
  const come = device();
  toCome.arrive(come);
  expect(come.sent).toEqual(['MUTE', 'UNMUTE']);
  toCome.tell((one) => one.send({ type: 'STOP' }));
  expect(come.sent).toEqual(['MUTE', 'UNMUTE', 'STOP']);
  expect(toCome.device).toBe(come);
});

test('more than 100 things told too early are left out', () => {
  const toCome = new DeviceToCome();
  for (let count = 0; count < 150; count++) toCome.tell((one) => one.send({ type: 'STOP' }));
  const come = device();
  toCome.arrive(come);
  expect(come.sent).toHaveLength(100);
});
