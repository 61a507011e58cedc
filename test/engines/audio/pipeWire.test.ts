import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Microphone } from '../../../src/audio/microphone.js';
import { Speaker } from '../../../src/audio/playback/speaker.js';
import { findProgram } from '../../../src/audio/programs/findProgram.js';
import { type PipeWire, startPipeWire } from '../../support/pipeWire.js';
import { liveSound } from './liveSound.js';

const needed = ['pipewire', 'wireplumber', 'pw-record', 'pw-link', 'dbus-daemon'];
const found = await Promise.all(needed.map(findProgram));
const absent = needed.filter((_, at) => found[at] === undefined);

if (absent.length > 0) {
  it.skip(`microphone and loudspeaker by PipeWire: not installed here: ${absent.join(', ')}`, () => {});
} else {
  let server: PipeWire;
  beforeAll(async () => {
    server = await startPipeWire();
  });
  afterAll(() => server.stop());

  liveSound({
    name: 'PipeWire',
    microphone: () => ({ input: 'pipewire', inputDevice: server.card, echoCancel: 'none' }),
    speaker: () => ({ output: 'pipewire', outputDevice: server.card, echoCancel: 'none', volume: 80 }),
    recorderProgram: 'pw-record',
    playerProgram: 'pw-play',
    cutMs: 200,
  });

  describe('PipeWire', () => {
    it('is what auto takes first', async () => {
      const microphone = await Microphone.load({ input: 'auto', echoCancel: 'none' });
      expect(microphone.label).toBe('pw-record');
      await microphone.close();
      const speaker = await Speaker.load({ output: 'auto', echoCancel: 'none', volume: 80 });
      expect(speaker.label).toBe('pw-play');
      await speaker.close();
    });
  });
}
