import { expect, it, vi } from 'vitest';
import { type AudioSource, FRAME_SAMPLES } from '../../../src/audio/contract.js';
import { Ear } from '../../../src/device/hearing/ear.js';
import { RealTimePace } from '../../../src/device/pace.js';
import { endpointingOptions } from '../../../src/voice-activity/options.js';
import { FakeVoiceActivity } from '../../../src/voice-activity/testing/fakeVoiceActivity.js';

/** Does nothing with what it is given until it is let to. */
class SlowVoiceActivity extends FakeVoiceActivity {
  asked = 0;
  readonly #go: Promise<void>;

  constructor(go: Promise<void>) {
    super();
    this.#go = go;
  }

  override async process(samples: Int16Array) {
    this.asked += 1;
    await this.#go;
    return await super.process(samples);
  }
}

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

it('begins to listen in the middle of a frame, and still knows where in the input somebody speaks', async () => {
  let go = (): void => {};
  const voice = new SlowVoiceActivity(
    new Promise<void>((resolve) => {
      go = resolve;
    }),
  );
  const source: AudioSource = {
    label: 'scripted',
    async *frames() {
      for (let frame = 0; frame < 40; frame++) yield new Int16Array(FRAME_SAMPLES).fill(frame >= 8 && frame < 20 ? 1_000 : 0);
    },
    close: async () => {},
  };
  const starts: number[] = [];
  const ear = earOn(source, voice, (sample) => starts.push(sample));
  const never = new AbortController().signal;
  void ear.listen({ opening: 'follow-up', fromSample: undefined }, never);
  const hearing = ear.run(never);
  await vi.waitUntil(() => voice.asked === 1);
  const heard = ear.listen({ opening: 'push', fromSample: undefined }, never);
  go();
  await Promise.all([hearing, heard]);
  expect(starts).toEqual([8 * FRAME_SAMPLES]);
});

it('a sentence that turns out to be unfinished only when nobody listened any more is all there is', async () => {
  const frames = { waiting: [] as Int16Array[], more: (): void => {} };
  const hear = (seconds: number, level: number): void => {
    for (let frame = 0; frame < seconds * 25; frame++) frames.waiting.push(new Int16Array(FRAME_SAMPLES).fill(level));
    frames.more();
  };
  const stop = new AbortController();
  const source: AudioSource = {
    label: 'scripted',
    async *frames() {
      while (!stop.signal.aborted) {
        const frame = frames.waiting.shift();
        if (frame !== undefined) yield frame;
        else
          await new Promise<void>((resolve) => {
            frames.more = resolve;
          });
      }
    },
    close: async () => {},
  };
  const ear = earOn(source, new FakeVoiceActivity());
  const hearing = ear.run(stop.signal);
  const first = ear.listen({ opening: 'push', fromSample: undefined }, stop.signal);
  hear(1, 1_000);
  hear(8, 0);
  const heard = await first;
  await vi.waitUntil(() => ear.position === 9 * 25 * FRAME_SAMPLES);
  expect(heard.kind).toBe('utterance');
  expect(await ear.listen({ opening: 'unfinished', fromSample: 0 }, stop.signal)).toEqual(heard);
  stop.abort();
  frames.more();
  await hearing;
});

function earOn(source: AudioSource, voice: FakeVoiceActivity, onSpeechStart: (sample: number) => void = () => {}): Ear {
  const ear = new Ear({
    source,
    pace: new RealTimePace(),
    timekeeper: undefined,
    wakeWord: undefined,
    voice,
    voiceThreshold: 0.5,
    endpointing: endpointingOptions.parse({}),
    followUpMs: 5_000,
  });
  ear.attach({ onWake: () => {}, onStopWord: () => {}, onOwnVoice: () => {}, onSpeechStart, onSpeechEnd: () => {} });
  return ear;
}
