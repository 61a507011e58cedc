import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { speak } from '../../../scripts/fixtures/voices.js';
import { msToSamples } from '../../../src/audio/contract.js';
import { EchoCanceller, type EchoCancelOptions, echoCancellerOrWarning } from '../../../src/audio/echoCanceller.js';
import { Microphone } from '../../../src/audio/microphone.js';
import { concatenate } from '../../../src/audio/pcm.js';
import { Speaker } from '../../../src/audio/playback/speaker.js';
import { findProgram } from '../../../src/audio/programs/findProgram.js';
import { KeptLog } from '../../support/keptLog.js';
import { startPipeWire } from '../../support/pipeWire.js';
import { type PulseAudio, startPulseAudio } from '../../support/pulseAudio.js';
import { levelOf } from '../../support/tone.js';

const SENTENCE = 'A farmer had seven sheep and a little dog. Each morning they walked up the hill.';
/** By then a canceller knows the room, ms. */
const SETTLED_MS = 2_000;

type Devices = EchoCancelOptions & { readonly input: 'pulse' | 'pipewire' };

/** Level in the microphone of what somebody says through a loudspeaker, dB, when some seconds of it are over. */
async function levelOfSpeech({ input, ...hearing }: Devices, speaking: EchoCancelOptions = hearing): Promise<number> {
  const speech = await speak(SENTENCE, { program: 'espeak-ng', voice: 'en-gb', speed: 150 });
  const speaker = await Speaker.load({ ...speaking, output: input, volume: 80 });
  const microphone = await Microphone.load({ ...hearing, input });
  const stop = new AbortController();
  const frames: Int16Array[] = [];
  let playing: Promise<unknown> | undefined;
  for await (const frame of microphone.frames(stop.signal)) {
    playing ??= speaker.play([{ sampleRate: 16_000, samples: speech }], { signal: stop.signal }).then(() => stop.abort());
    frames.push(frame);
  }
  await playing;
  await microphone.close();
  await speaker.close();
  const heard = concatenate(frames);
  expect(heard.length).toBeGreaterThan(msToSamples(SETTLED_MS + 1_500));
  return levelOf(heard.subarray(msToSamples(SETTLED_MS)));
}

describe('the echo canceller of PulseAudio', () => {
  let server: PulseAudio;
  beforeAll(async () => {
    server = await startPulseAudio();
    // The sound of the loudspeaker goes through the air.
    await server.load('module-null-sink', 'sink_name=room', 'rate=48000', 'norewinds=1');
    await server.load('module-loopback', `source=${server.monitor}`, 'sink=room', 'latency_msec=60');
  });
  afterAll(() => server.stop());

  it('takes the own voice out of what the microphone hears, and is gone afterwards', async () => {
    const devices = { inputDevice: 'room.monitor', outputDevice: server.sink };
    const without = await levelOfSpeech({ ...devices, echoCancel: 'none', input: 'pulse' });
    const canceller = await EchoCanceller.open({ ...devices, echoCancel: 'pulseaudio' });
    try {
      const cancelled = await levelOfSpeech({ ...devices, echoCancel: 'pulseaudio', input: 'pulse' });
      const person = await levelOfSpeech(
        { ...devices, echoCancel: 'pulseaudio', input: 'pulse' },
        { echoCancel: 'none', outputDevice: 'room' },
      );
      console.log(
        `own voice: ${without.toFixed(0)} dB, with PulseAudio's canceller ${cancelled.toFixed(0)} dB, a person ${person.toFixed(0)} dB`,
      );
      expect(without).toBeGreaterThan(-40);
      expect(cancelled).toBeLessThan(without - 15);
      // Its noise reduction and gain work on a person too; how far depends on how busy the machine is.
      expect(person).toBeGreaterThan(-60);
      expect(person).toBeGreaterThan(cancelled + 10);
    } finally {
      await canceller?.close();
    }
    await expect(Microphone.load({ input: 'pulse', echoCancel: 'pulseaudio' })).rejects.toMatchObject({ code: 'microphone-missing' });
  });

  it('that somebody else has set up is used, and left', async () => {
    const devices = { inputDevice: 'room.monitor', outputDevice: server.sink, echoCancel: 'pulseaudio' } as const;
    const first = await EchoCanceller.open(devices);
    const second = await EchoCanceller.open(devices);
    await second?.close();
    const microphone = await Microphone.load({ input: 'pulse', echoCancel: 'pulseaudio' });
    await microphone.close();
    await first?.close();
  });

  it('is missed with a sentence where the sound server does not have the devices', async () => {
    const opening = EchoCanceller.open({ echoCancel: 'pulseaudio', inputDevice: 'nothing' });
    await expect(opening).rejects.toMatchObject({ code: 'echo-canceller-missing', remedy: expect.any(String) });
    const log = new KeptLog();
    expect(await echoCancellerOrWarning({ echoCancel: 'pulseaudio', inputDevice: 'nothing' }, log)).toBeUndefined();
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', fields: { code: 'echo-canceller-missing' } }));
  });
});

const needed = ['pipewire', 'wireplumber', 'pw-record', 'pw-play', 'pw-link', 'pw-cli', 'dbus-daemon'];
const found = await Promise.all(needed.map(findProgram));
const absent = needed.filter((_, at) => found[at] === undefined);
const why = absent.length === 0 ? '' : ` (skipped: not installed here: ${absent.join(', ')})`;

describe.skipIf(absent.length > 0)(`the echo canceller of PipeWire${why}`, () => {
  it('is there once what the device says to write is written, and takes the own voice out of what the microphone hears', async () => {
    const wanted = { inputDevice: 'microphone', outputDevice: 'loudspeaker', echoCancel: 'pipewire' } as const;
    const error: unknown = await EchoCanceller.open(wanted).catch((missing: unknown) => missing);
    expect(error).toMatchObject({ code: 'echo-canceller-missing', remedy: expect.stringContaining('tandem-echo-cancel.conf') });
    const { remedy = '' } = error as { remedy?: string };
    const server = await startPipeWire('tandem', remedy.slice(remedy.indexOf('context.modules')));
    try {
      await server.addRoom('loudspeaker', 'microphone');
      expect(await EchoCanceller.open(wanted)).toBeInstanceOf(EchoCanceller);
      const without = await levelOfSpeech({ ...wanted, echoCancel: 'none', input: 'pipewire' });
      const cancelled = await levelOfSpeech({ ...wanted, input: 'pipewire' });
      const person = await levelOfSpeech({ ...wanted, input: 'pipewire' }, { ...wanted, echoCancel: 'none' });
      console.log(
        `own voice: ${without.toFixed(0)} dB, with PipeWire's canceller ${cancelled.toFixed(0)} dB, a person ${person.toFixed(0)} dB`,
      );
      expect(without).toBeGreaterThan(-40);
      expect(cancelled).toBeLessThan(without - 15);
      expect(person).toBeGreaterThan(cancelled + 10);
    } finally {
      await server.stop();
    }
  });
});
