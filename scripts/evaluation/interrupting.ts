/**
 * People interrupt the device by its wake word: `npx tsx scripts/evaluation/interrupting.ts [--most=N] [--level=DB] FOLDER…`, folders with
 * recordings of the word. Each one is heard by a whole device of the starter profile while it speaks: how many end its speech, and how
 * long after the end of the word it is silent, in the sound that it played. Without an echo, and with the loudspeaker in the
 * microphone. In the room's time, so that it is the same on every machine, plus what the engines took on this one.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { msToSamples, samplesToMs } from '../../src/audio/contract.js';
import { levelOf } from '../../src/audio/level.js';
import { withGain } from '../../src/audio/pcm.js';
import { writeWav } from '../../src/audio/wav/writer.js';
import { KeptEngines } from '../../src/scenario/keptEngines.js';
import { loadScenarios } from '../../src/scenario/load.js';
import { runScenario } from '../../src/scenario/run.js';
import { findClips, readClip } from '../../src/wake-word/clips.js';
import { KeptLog } from '../../test/support/keptLog.js';
import { machineLine, printTable, spread } from '../bench/machine.js';

const { values, positionals } = parseArgs({
  options: { most: { type: 'string', default: '1000' }, level: { type: 'string', default: '0' } },
  allowPositionals: true,
});

const SAY =
  'Here is a long story. Once upon a time a farmer had seven sheep and a little dog. Each morning they walked up the hill, and in the evening they came home again. One day it rained so much that the river rose over the bridge, and nobody knew how to get to the other side.';
const ECHOES = [undefined, '-30 dB', '-20 dB', '-12 dB'];
/** A stretch this much softer than the loudest one is no part of the word. */
const SOFTER = 0.06;
const STEP = msToSamples(20);

/** Where the word ends in its recording, ms. */
function endOfWord(samples: Int16Array): number {
  const levels = Array.from({ length: Math.floor(samples.length / STEP) }, (_, step) =>
    levelOf(samples.subarray(step * STEP, (step + 1) * STEP)),
  );
  const loudest = Math.max(...levels);
  return samplesToMs((levels.findLastIndex((level) => level > loudest * SOFTER) + 1) * STEP);
}

const clips = (await findClips(positionals)).slice(0, Number(values.most));
const folder = await mkdtemp(join(tmpdir(), 'tandem-interrupting-'));
const engines = new KeptEngines();
const rows: string[][] = [];
try {
  for (const echo of ECHOES) {
    const late: number[] = [];
    for (const [index, clip] of clips.entries()) {
      const gain = 10 ** (Number(values.level) / 20);
      const word = withGain(await readClip(clip), gain, gain);
      await writeWav(join(folder, 'word.wav'), word);
      const scenario = {
        name: clip,
        why: 'People interrupt.',
        settings: { audio: { earcons: false } },
        ...(echo === undefined ? {} : { echo }),
        turns: [{ say: SAY }, { hear: 'word.wav', after: 'sound', wait: `${800 + ((index * 1_237) % 3_000)} ms` }],
        expect: ['wake'],
        atMost: '25 s',
      };
      // JSON is YAML too.
      await writeFile(join(folder, 'scenario.yaml'), JSON.stringify(scenario));
      const [loaded] = await loadScenarios([join(folder, 'scenario.yaml')]);
      if (loaded === undefined) throw new Error('no scenario');
      const { moments } = await runScenario(loaded, { log: new KeptLog(), engines, signal: new AbortController().signal });
      const heard = moments.find(({ name }) => name === 'hear');
      const wake = moments.find(({ name, time }) => name === 'wake' && heard !== undefined && time > heard.time);
      // It may interrupt in a pause between two sentences.
      const silence = moments.findLast(({ name }) => name === 'silence');
      if (heard !== undefined && wake !== undefined && silence !== undefined) late.push(silence.time - heard.time - endOfWord(word));
    }
    rows.push([echo ?? 'none', `${late.length}/${clips.length}`, ...spread(late, 0)]);
    process.stderr.write(`echo ${echo ?? 'none'}: done\n`);
  }
} finally {
  await engines.close();
  await rm(folder, { recursive: true });
}
process.stdout.write(`${machineLine()}\nms from the end of the word to silence\n\n`);
printTable(['echo', 'heard', 'median', '95 %', 'most'], rows);
