import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Microphone } from '../../../src/audio/microphone.js';
import { Speaker } from '../../../src/audio/playback/speaker.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { KeptLog } from '../../support/keptLog.js';
import { type PulseAudio, startPulseAudio } from '../../support/pulseAudio.js';
import { tone } from '../../support/tone.js';
import { liveSound } from './liveSound.js';

let server: PulseAudio;
beforeAll(async () => {
  server = await startPulseAudio();
});
afterAll(() => server.stop());

const hear = () => ({ input: 'pulse', inputDevice: server.monitor, echoCancel: 'none' }) as const;
const speak = () => ({ output: 'pulse', outputDevice: server.sink, echoCancel: 'none', volume: 80 }) as const;

liveSound({ name: 'PulseAudio', microphone: hear, speaker: speak, recorderProgram: 'parec', playerProgram: 'paplay', cutMs: 200 });

describe('PulseAudio', () => {
  it('is what auto takes where it is the only one that works', async () => {
    const microphone = await Microphone.load({ input: 'auto', echoCancel: 'none' });
    expect(microphone.label).toBe('parec');
    await microphone.close();
    const speaker = await Speaker.load({ output: 'auto', echoCancel: 'none', volume: 80 });
    expect(speaker.label).toBe('paplay');
    await speaker.close();
  });

  it('says what is wrong with a device that is not there', async () => {
    await expect(Microphone.load({ ...hear(), inputDevice: 'nothing; touch owned' })).rejects.toMatchObject({
      code: 'microphone-missing',
      message: expect.stringMatching(/^The microphone nothing; touch owned does not work \(parec: .*Invalid argument.*\)\.$/),
    });
    await expect(Speaker.load({ ...speak(), outputDevice: 'nothing' })).rejects.toMatchObject({
      code: 'player-missing',
      message: expect.stringMatching(/^The loudspeaker nothing does not work \(paplay: .*No such entity.*\)\.$/),
    });
  });

  it.concurrent('is given up when it gives nothing for three seconds', async () => {
    const microphone = await Microphone.load(hear());
    let frames = 0;
    const hearing = (async () => {
      for await (const _ of microphone.frames(new AbortController().signal)) {
        if (++frames !== 2) continue;
        for (const { id, name } of childProcesses()) if (name === 'parec') process.kill(id, 'SIGSTOP');
      }
    })();
    await expect(hearing).rejects.toMatchObject({
      code: 'microphone-lost',
      message: expect.stringContaining('it gives no sound any more'),
    });
    expect(childProcesses().filter(({ name }) => name === 'parec')).toEqual([]);
  });

  it.concurrent('is given up when the player takes no notice of anything for three seconds', async () => {
    const speaker = await Speaker.load(speak());
    const playing = speaker.play([{ sampleRate: 16_000, samples: tone(1_000, 50) }], {
      signal: new AbortController().signal,
      onStart: () => {
        for (const { id, name } of childProcesses()) if (name === 'paplay') process.kill(id, 'SIGSTOP');
      },
    });
    await expect(playing).rejects.toMatchObject({ code: 'player-lost', message: 'The loudspeaker is gone (paplay: it is stuck).' });
    expect(childProcesses().filter(({ name }) => name === 'paplay')).toEqual([]);
    await speaker.close();
  });

  it('keeps two seconds for a device that is busy, drops what is older, and says how much', async () => {
    const log = new KeptLog();
    const microphone = await Microphone.load(hear(), log);
    const stop = new AbortController();
    let frames = 0;
    for await (const _ of microphone.frames(stop.signal)) {
      frames++;
      if (frames === 1) await eventually('some is dropped', () => microphone.droppedSamples > 4_000);
      if (frames === 26) stop.abort();
    }
    expect(microphone.droppedSamples).toBeLessThan(16_000 * 1.5);
    expect(log.lines).toEqual([
      { level: 'warn', fields: { droppedSamples: microphone.droppedSamples }, message: 'the microphone was heard too late' },
    ]);
  });
});
