import { join } from 'node:path';
import type { AudioSink } from '../../../src/audio/contract.js';
import { FileSource } from '../../../src/audio/fileSource.js';
import { TimelineSink } from '../../../src/audio/playback/timelineSink.js';
import { CollectingSink } from '../../../src/audio/testing/collectingSink.js';
import { writeWav } from '../../../src/audio/wav/writer.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { tone } from '../../support/tone.js';
import { sinkConformance, sourceConformance } from './conformance.js';

const folder = temporaryFolder();
let files = 0;

async function whileTimePasses<T>(sink: AudioSink, promise: Promise<T>): Promise<T> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  while (!settled) if (sink instanceof TimelineSink) await sink.advance(1_280);
  return await promise;
}

sinkConformance({
  name: 'the collecting sink',
  create: async () => new CollectingSink(),
  meanwhile: (_, promise) => promise,
  takesTime: false,
});

sinkConformance({
  name: 'a WAV file',
  create: () => TimelineSink.load(join(folder, `out-${files++}.wav`), 80),
  meanwhile: whileTimePasses,
  takesTime: false,
});

sourceConformance({
  name: 'a WAV file',
  create: async () => {
    const path = join(folder, 'in.wav');
    await writeWav(path, tone(500, 2_000));
    return await FileSource.load(path, { pace: 'fast' });
  },
});
