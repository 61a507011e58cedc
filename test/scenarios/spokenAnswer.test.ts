import { join } from 'node:path';
import { expect, it } from 'vitest';
import { msToSamples } from '../../src/audio/contract.js';
import { Resampler } from '../../src/audio/resampler.js';
import { projectRoot } from '../../src/paths.js';
import { engineContext } from '../../src/profile/engineContext.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import { createSpeechOutput } from '../../src/speech-output/create.js';
import { KeptLog } from '../support/keptLog.js';
import { hearRecording } from '../support/talk.js';

/** What the loudspeaker would have played is held against what the synthesiser makes of the same sentence. */

const ANSWER = 'The capital of France is Paris.';

async function synthesized(sentence: string): Promise<Int16Array> {
  const loaded = await loadDeviceProfile('starter');
  const output = await createSpeechOutput(loaded.profile.speechOutput, engineContext(loaded, new KeptLog()));
  if (output.kind !== 'pcm') throw new Error('the starter profile makes sound');
  const resampler = await Resampler.load();
  try {
    const pieces: number[] = [];
    let rate = 16_000;
    for await (const chunk of output.synthesize(sentence, { language: 'en', signal: new AbortController().signal })) {
      pieces.push(...chunk.samples);
      rate = chunk.sampleRate;
    }
    const floats = Float32Array.from(pieces, (sample) => sample / 32_768);
    resampler.start(rate, 16_000);
    const [body, rest] = [resampler.process(floats), resampler.finish()];
    return Int16Array.from([...body, ...rest], (sample) => Math.round(sample * 32_767));
  } finally {
    resampler.close();
    await output.close();
  }
}

/** 1: the same sound at whatever loudness; 0: nothing in common. */
function likeness(sound: Int16Array, from: number, wanted: Int16Array): number {
  let [both, one, other] = [0, 0, 0];
  for (let at = 0; at < wanted.length; at++) {
    const [a, b] = [sound[from + at] ?? 0, wanted[at] ?? 0];
    both += a * b;
    one += a * a;
    other += b * b;
  }
  return both / Math.sqrt(Math.max(1, one * other));
}

it('the loudspeaker plays the answer, word for word, when the event log says so', async () => {
  const { events, answer } = await hearRecording(join(projectRoot, 'test', 'fixtures', 'capital-france-breath.wav'));
  expect(events.flatMap((event) => (event.event === 'sentence' ? [event.text] : []))).toEqual([ANSWER]);
  const sound = new Int16Array(answer.buffer.slice(answer.byteOffset + 44, answer.byteOffset + answer.length - (answer.length % 2)));
  const wanted = await synthesized(ANSWER);
  const start = msToSamples(events.find(({ event }) => event === 'first-audio')?.audioAt ?? 0);
  let best = { likeness: 0, at: 0 };
  for (let at = Math.max(0, start - msToSamples(300)); at < start + msToSamples(300); at++) {
    const found = likeness(sound, at, wanted);
    if (found > best.likeness) best = { likeness: found, at };
  }
  expect(best.likeness).toBeGreaterThan(0.9);
  expect(Math.abs(best.at - start)).toBeLessThanOrEqual(msToSamples(160));
}, 180_000);
