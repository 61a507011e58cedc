import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Microphone } from '../../../src/audio/microphone.js';
import { Speaker } from '../../../src/audio/playback/speaker.js';
import { type PulseAudio, startPulseAudio } from '../../support/pulseAudio.js';
import { liveSound } from './liveSound.js';

let server: PulseAudio;
beforeAll(async () => {
  server = await startPulseAudio();
});
afterAll(() => server.stop());

liveSound({
  name: 'ALSA (its pulse plug-in, for want of a sound card)',
  microphone: () => ({ input: 'alsa', inputDevice: `pulse:${server.monitor}`, echoCancel: 'none' }),
  speaker: () => ({ output: 'alsa', outputDevice: 'pulse', echoCancel: 'none', volume: 80 }),
  recorderProgram: 'arecord',
  playerProgram: 'aplay',
  cutMs: 200,
});

describe('ALSA', () => {
  it('says what is wrong with a card that is not there', async () => {
    await expect(Microphone.load({ input: 'alsa', inputDevice: 'hw:31,7', echoCancel: 'none' })).rejects.toMatchObject({
      code: 'microphone-missing',
      message: expect.stringMatching(/^The microphone hw:31,7 does not work \(arecord: .*audio open error: .*\)\.$/),
    });
    await expect(Speaker.load({ output: 'alsa', outputDevice: 'hw:31,7', echoCancel: 'none', volume: 80 })).rejects.toMatchObject({
      code: 'player-missing',
      message: expect.stringMatching(/^The loudspeaker hw:31,7 does not work \(aplay: .*audio open error: .*\)\.$/),
    });
  });
});
