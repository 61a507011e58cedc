import { expect, it } from 'vitest';
import { type AudioSource, FRAME_SAMPLES } from '../../../src/audio/contract.js';
import { Ear } from '../../../src/device/hearing/ear.js';
import { RealTimePace } from '../../../src/device/pace.js';
import { endpointingOptions } from '../../../src/voice-activity/options.js';
import { FakeVoiceActivity } from '../../../src/voice-activity/testing/fakeVoiceActivity.js';

const WORD = { word: 'alexa', score: 1, endSample: FRAME_SAMPLES };

it('a wake word counts at once while the device speaks, however long the recogniser of stop words thinks about the same sound', async () => {
  let thought = (): void => {};
  const thinking = new Promise<void>((resolve) => {
    thought = resolve;
  });
  const source: AudioSource = {
    label: 'scripted',
    async *frames() {
      yield new Int16Array(FRAME_SAMPLES);
    },
    close: async () => {},
  };
  const ear = new Ear({
    source,
    pace: new RealTimePace(),
    timekeeper: undefined,
    wakeWord: { process: async () => [WORD] },
    stopWord: {
      process: async () => {
        await thinking;
        return [{ ...WORD, word: 'stop' }];
      },
      reset: () => {},
    },
    voice: new FakeVoiceActivity(),
    voiceThreshold: 0.5,
    endpointing: endpointingOptions.parse({}),
    followUpMs: 5_000,
  });
  const heard: string[] = [];
  const woken = new Promise<void>((resolve) => {
    ear.attach({
      onWake: ({ word }) => {
        heard.push(word);
        resolve();
      },
      onStopWord: ({ word }) => heard.push(word),
      onOwnVoice: () => {},
      onSpeechStart: () => {},
      onSpeechEnd: () => {},
    });
  });
  ear.deviceSpeaks(true);
  const hearing = ear.run(new AbortController().signal);
  await woken;
  expect(heard).toEqual(['alexa']);
  thought();
  await hearing;
  expect(heard).toEqual(['alexa', 'stop']);
});
