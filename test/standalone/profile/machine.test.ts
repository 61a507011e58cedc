import { expect, test } from 'vitest';
import { measureBandwidth } from '../../../src/profile/recommend/bandwidth.js';
import { readMachine } from '../../../src/profile/recommend/machine.js';

test('the memory bandwidth is measured, with real memory, and no thread is left', async () => {
  const bandwidth = await measureBandwidth(2, 50);
  // Between a slow memory card and the quickest cache there is.
  expect(bandwidth).toBeGreaterThan(0.2e9);
  expect(bandwidth).toBeLessThan(1000e9);
});

test('this machine is read', async () => {
  const machine = await readMachine(async () => 10e9);
  expect(machine.cores).toBeGreaterThanOrEqual(1);
  expect(machine.memory).toBeGreaterThan(100e6);
  expect(machine.processor).not.toBe('');
  expect(machine.diskFree).toBeGreaterThan(0);
  expect(machine.bandwidth).toBe(10e9);
  expect(typeof machine.microphone).not.toBe('string');
});
