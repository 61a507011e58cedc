import { join } from 'node:path';
import { expect, test } from 'vitest';
import { msToSamples } from '../../../src/audio/contract.js';
import { earcon } from '../../../src/audio/earcons.js';
import { TimelineSink } from '../../../src/audio/playback/timelineSink.js';
import { CollectingSink } from '../../../src/audio/testing/collectingSink.js';
import { RealTimePace } from '../../../src/device/pace.js';
import { once } from '../../../src/device/speaking/alerts.js';
import { Voice } from '../../../src/device/speaking/voice.js';
import type { SelfPlayingSpeechOutput } from '../../../src/speech-output/contract.js';
import { FakeSpeechOutput } from '../../../src/speech-output/testing/fakeSpeechOutput.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const folder = temporaryFolder();

/** Each word takes 200 ms; what is said is cut off after so many steps of 80 ms. */
async function heardWithin(steps: number, sentences: readonly string[]) {
  const sink = await TimelineSink.load(join(folder, `${steps}.wav`), 100);
  const voice = new Voice(new FakeSpeechOutput({ msPerWord: 200 }), sink, new RealTimePace());
  const stop = new AbortController();
  async function* all() {
    for (const sentence of sentences) yield* once(sentence);
  }
  const spoken = voice.speak({ sentences: all(), language: 'en', signal: stop.signal });
  for (let step = 0; step < steps; step++) {
    // The voice makes its next words, which takes no time.
    for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    await sink.advance(msToSamples(80));
  }
  stop.abort();
  const result = await spoken;
  await voice.close();
  await sink.close();
  return result;
}

test('of an answer that was cut off, whole sentences and the words of the last one count as heard', async () => {
  // 12 steps are 960 ms: two sentences of 400 ms, and 160 ms of a word.
  expect(await heardWithin(12, ['One two.', 'Three four.', 'Five six?'])).toMatchObject({
    heard: 'One two. Three four.',
    interrupted: true,
  });
  // 1040 ms: the first word of the third sentence is over.
  expect(await heardWithin(13, ['One two.', 'Three four.', 'Five six?'])).toMatchObject({
    heard: 'One two. Three four. Five',
    interrupted: true,
  });
});

test('nothing counts as heard where it was cut off before its first sound', async () => {
  expect(await heardWithin(0, ['One two.'])).toMatchObject({ heard: '', interrupted: true });
});

test('until an answer makes its first sound, others can be heard', async () => {
  const sink = await TimelineSink.load(join(folder, 'thinking.wav'), 100);
  const voice = new Voice(new FakeSpeechOutput({ msPerWord: 200 }), sink, new RealTimePace());
  let say: (sentence: string) => void = () => {};
  const sentence = new Promise<string>((resolve) => {
    say = resolve;
  });
  async function* late() {
    yield await sentence;
  }
  const played: string[] = [];
  const spoken = voice.speak({ sentences: late(), language: 'en', signal: new AbortController().signal }).then(() => played.push('answer'));
  const thinking = sink.play([earcon('thinking')], { signal: new AbortController().signal }).then(() => played.push('thinking'));
  await sink.advance(msToSamples(400));
  await thinking;
  say('One.');
  for (let step = 0; step < 10; step++) await sink.advance(msToSamples(80));
  await spoken;
  expect(played).toEqual(['thinking', 'answer']);
  await voice.close();
  await sink.close();
});

test('an engine that plays by itself begins with the first sentence that has words, and tells so once', async () => {
  const told: string[] = [];
  const output: SelfPlayingSpeechOutput = {
    kind: 'plays-itself',
    label: 'scripted',
    capabilities: { languages: ['en'] },
    speak: async (sentence) => void told.push(sentence),
    close: async () => {},
  };
  const voice = new Voice(output, new CollectingSink(), new RealTimePace());
  async function* all() {
    yield* ['---', 'One two.', 'Three?'];
  }
  const { signal } = new AbortController();
  const spoken = await voice.speak({ sentences: all(), language: 'en', signal, onFirstAudio: () => told.push('first audio') });
  expect(told).toEqual(['first audio', 'One two.', 'Three?']);
  expect(spoken).toEqual({ heard: '--- One two. Three?', interrupted: false, endsInQuestion: true });
  await voice.close();
});
