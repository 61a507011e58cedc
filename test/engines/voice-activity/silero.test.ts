import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { msToSamples } from '../../../src/audio/contract.js';
import { readWav } from '../../../src/audio/wav/reader.js';
import { projectRoot } from '../../../src/paths.js';
import { Capture, WARM_UP_SAMPLES } from '../../../src/voice-activity/capture.js';
import { createVoiceActivity } from '../../../src/voice-activity/create.js';
import { endpointingOptions, voiceActivityOptions } from '../../../src/voice-activity/options.js';
import { OpenWakeWord } from '../../../src/wake-word/openWakeWord.js';
import { conformsToVoiceActivity } from './conformance.js';

const load = () => createVoiceActivity(voiceActivityOptions.parse(undefined));
const fixture = (name: string) => readWav(join(projectRoot, 'test', 'fixtures', `${name}.wav`));

/** A recording with two more seconds of silence. */
async function withSilence(name: string): Promise<Int16Array> {
  const recorded = await fixture(name);
  const sound = new Int16Array(recorded.length + msToSamples(2000));
  sound.set(recorded);
  return sound;
}

/** Where sound is louder than the room. */
function extent(sound: Int16Array): readonly [number, number] {
  const loud = (sample: number) => Math.abs(sample) > 500;
  return [sound.findIndex(loud), sound.findLastIndex(loud)];
}

const sentence = await withSilence('no-wake-word');
conformsToVoiceActivity('Silero', { load, sound: sentence, speech: extent(sentence) });

describe('an utterance after the wake word', () => {
  const heard = async (name: string) => {
    const sound = await withSilence(name);
    const wakeWord = await OpenWakeWord.load({ words: ['alexa'] }, { modelFile: async (path) => path });
    const wake = (await wakeWord.process(sound)).find(({ score }) => score >= 0.5)?.endSample ?? Number.NaN;
    await wakeWord.close();
    const voice = await load();
    const firstSample = Math.max(0, wake - WARM_UP_SAMPLES);
    const capture = new Capture({
      voice,
      endpointing: endpointingOptions.parse({ nothingSaidMs: 1500 }),
      threshold: 0.5,
      fromSample: wake,
      firstSample,
      afterWakeWord: true,
    });
    const events = await capture.feed(sound.subarray(firstSample));
    await voice.close();
    return { sound, wake, events, utterance: capture.utterance() };
  };

  test.each(['time-breath', 'stop-breath', 'capital-france-breath', 'bones-noise'])('in one breath loses nothing: %s', async (name) => {
    const { sound, wake, events, utterance } = await heard(name);
    expect(events.map(({ kind }) => kind)).toEqual(['speech-start', 'speech-end']);
    const [, end] = extent(sound);
    expect(utterance.fromSample - wake).toBeLessThan(msToSamples(150));
    expect(utterance.toSample).toBeGreaterThan(end - msToSamples(100));
  });

  test.each(['day-pause', 'joke-pause', 'time-noise'])(
    'after a pause begins with the question, not with the wake word: %s',
    async (name) => {
      const { wake, events, utterance } = await heard(name);
      expect(events.map(({ kind }) => kind)).toEqual(['speech-start', 'speech-end']);
      expect(utterance.fromSample - wake).toBeGreaterThan(msToSamples(300));
    },
  );

  test('that never comes', async () => {
    const { events } = await heard('wake-word-and-silence');
    expect(events.map(({ kind }) => kind)).toEqual(['nothing-said']);
  });
});
