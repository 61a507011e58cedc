import { expect, it } from 'vitest';
import { toTandemError } from '../../../src/errors.js';

it('says that a disk is full in words, not in letters of the system', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const { message } = toTandemError(full, 'device');
  expect(message).toContain('disk is full');
  expect(message).not.toContain('ENOSPC');
});
