import { describe, expect, it } from 'vitest';
import { audioOptions } from '../../../src/audio/options.js';

describe('the audio section of a profile', () => {
  it('has a default for everything', () => {
    expect(audioOptions.parse({})).toEqual({ input: 'auto', output: 'auto', volume: 80, earcons: true, echoCancel: 'none' });
  });

  it.each([
    { inputDevice: '--help' },
    { outputDevice: '-D' },
    { inputDevice: '' },
    { outputDevice: 'two\nlines' },
    { volume: 101 },
    { volume: -1 },
    { input: 'jack' },
    { speaker: 'loud' },
    { echoCancel: 'pulseaudio', input: 'alsa' },
    { echoCancel: 'pulseaudio', output: 'alsa' },
  ])('refuses %j', (section) => {
    expect(audioOptions.safeParse(section).success).toBe(false);
  });

  it.each([
    { inputDevice: 'plughw:CARD=Device,DEV=0' },
    { outputDevice: 'alsa_output.usb-Generic USB.analog-stereo' },
    { echoCancel: 'pulseaudio' },
  ])('takes %j', (section) => {
    expect(audioOptions.parse(section)).toMatchObject(section);
  });
});
