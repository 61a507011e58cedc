import { beforeEach, describe, expect, it, vi } from 'vitest';
import { acceptedProfile, rememberNo, rememberYes, usualProfile } from '../../../src/first-evening/remembered.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const folder = temporaryFolder();
beforeEach(() => vi.stubEnv('XDG_DATA_HOME', folder));

describe('the profile that is used where none is named', () => {
  it('is starter before anything was asked', async () => {
    expect(await usualProfile()).toBe('starter');
  });

  it('is the recommended one after a yes', async () => {
    await rememberYes('name: Mine\n');
    expect(await usualProfile()).toBe(acceptedProfile());
  });

  it('is starter again after a no', async () => {
    await rememberYes('name: Mine\n');
    await rememberNo();
    expect(await usualProfile()).toBe('starter');
  });
});
