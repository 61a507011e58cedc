import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TandemError } from '../../../src/errors.js';
import { projectRoot } from '../../../src/paths.js';
import { voiceActivityOptions } from '../../../src/voice-activity/options.js';
import { findClips } from '../../../src/wake-word/clips.js';
import { evaluateWake } from '../../../src/wake-word/evaluate.js';
import { type OpenWakeWordOptions, type PorcupineOptions, wakeWordOptions } from '../../../src/wake-word/options.js';
import { KeptLog } from '../../support/keptLog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const folder = temporaryFolder();
const positive = join(folder, 'positive');
const negative = join(folder, 'negative');

beforeAll(async () => {
  await mkdir(positive);
  await mkdir(negative);
  const copy = (name: string, to: string) => copyFile(join(projectRoot, 'test', 'fixtures', name), join(to, name));
  for (const name of ['wake-word-and-silence.wav', 'two-turns.wav', 'time-breath.wav']) await copy(name, positive);
  await copy('no-wake-word.wav', negative);
});

const openWakeWord = (section: object = {}): OpenWakeWordOptions => {
  const options = wakeWordOptions.parse({ engine: 'openWakeWord', ...section });
  if (options.engine !== 'openWakeWord') throw new Error('not openWakeWord');
  return options;
};

async function evaluate(
  wakeWord: OpenWakeWordOptions | PorcupineOptions,
  folders: { positive: readonly string[]; negative: readonly string[] },
) {
  const unreadable: TandemError[] = [];
  const progress: string[] = [];
  const result = await evaluateWake(
    {
      wakeWord,
      voiceActivity: voiceActivityOptions.parse(undefined),
      positive: await findClips(folders.positive),
      negative: await findClips(folders.negative),
      onProgress: (done, of) => progress.push(`${done}/${of}`),
      onUnreadable: (error) => unreadable.push(error),
    },
    { log: new KeptLog(), modelFile: async (path) => path, secret: async () => undefined, cacheFolder: folder },
  );
  return { result, unreadable, progress };
}

describe('recordings', () => {
  test('of the word are found, others raise no alarm', async () => {
    const { result, progress } = await evaluate(openWakeWord(), { positive: [positive], negative: [negative] });
    expect(result).toMatchObject({ clips: 3, found: 3, missRate: 0, falseAlarms: 0, unreadable: 0, missed: [], alarmed: [] });
    expect(result.negativeHours * 3600).toBeCloseTo(2.6, 0);
    expect(result.corePercent).toBeGreaterThan(0.1);
    expect(progress).toEqual(['0/4', '1/4', '2/4', '3/4']);
  });

  test('with the word among those without are alarms, each time that it is said; the curve is as if other thresholds were set', async () => {
    const both = { positive: [positive], negative: [positive] };
    const { result } = await evaluate(openWakeWord(), both);
    expect(result).toMatchObject({ found: 3, falseAlarms: 4 });
    expect(result.alarmed).toHaveLength(3);
    const at = (threshold: number) => result.curve.find((point) => point.threshold === threshold);
    expect(at(0.5)).toMatchObject({ found: 3, falseAlarms: 4 });
    const strict = await evaluate(openWakeWord({ threshold: 0.9 }), both);
    expect(at(0.9)).toMatchObject({ found: strict.result.found, falseAlarms: strict.result.falseAlarms });
  });

  test('without the word among those with it are missed', async () => {
    const { result } = await evaluate(openWakeWord({ words: ['hey_mycroft'] }), { positive: [negative], negative: [] });
    expect(result).toMatchObject({ clips: 1, found: 0, missRate: 1, negativeHours: 0 });
    expect(result.missed).toHaveLength(1);
  });

  test('that can not be read are left out, counted and named', async () => {
    const broken = join(folder, 'broken');
    await mkdir(broken);
    await writeFile(join(broken, 'a.wav'), 'not a recording');
    await writeFile(join(broken, 'b.flac'), 'not a recording either');
    const { result, unreadable } = await evaluate(openWakeWord(), { positive: [broken], negative: [negative] });
    expect(result).toMatchObject({ clips: 0, missRate: null, falseAlarms: 0, unreadable: 2 });
    expect(unreadable.map(({ message }) => message)).toEqual([expect.stringContaining('a.wav'), expect.stringContaining('b.flac')]);
    await expect(evaluate(openWakeWord(), { positive: [broken], negative: [] })).rejects.toMatchObject({ code: 'recordings-unreadable' });
  });
});

test('Porcupine without a key can not be measured, and its second choice is not measured in its place', async () => {
  const options = wakeWordOptions.parse({ engine: 'porcupine' });
  if (options.engine !== 'porcupine') throw new Error('not Porcupine');
  await expect(evaluate(options, { positive: [positive], negative: [] })).rejects.toMatchObject({ code: 'porcupine-key-missing' });
});
