import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readWav } from '../../../src/audio/wav/reader.js';
import { packagedModel } from '../../../src/onnxModel.js';
import { projectRoot } from '../../../src/paths.js';
import type { WakeScore } from '../../../src/wake-word/contract.js';
import { STEP_SAMPLES, WakeFeatures } from '../../../src/wake-word/features.js';
import { OpenWakeWord } from '../../../src/wake-word/openWakeWord.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { conformsToWakeWord } from './conformance.js';

const fixture = (name: string) => readWav(join(projectRoot, 'test', 'fixtures', `${name}.wav`));
const folder = temporaryFolder();
const context = { modelFile: async (path: string) => path };
const sound = await fixture('wake-word-and-silence');
const other = await fixture('no-wake-word');
const load = (words: Parameters<typeof OpenWakeWord.load>[0]['words']) => OpenWakeWord.load({ words }, context);

conformsToWakeWord('openWakeWord', { load: () => load(['alexa']), sound, word: 'alexa', wordEndSample: 15_000, other });

test("a word of one's own by the path of its model gives the scores of that model", async () => {
  const own = await load([{ word: 'computer', model: packagedModel('alexa_v0.1.onnx') }]);
  const builtIn = await load(['alexa']);
  const scores = async (engine: OpenWakeWord) => (await engine.process(sound)).map(({ score }) => score);
  expect(await scores(own)).toEqual(await scores(builtIn));
  expect(own.capabilities.words).toEqual(['computer']);
  await Promise.all([own.close(), builtIn.close()]);
});

test('several words at once give each the scores that it gives alone', async () => {
  const [all, alone] = [await load(['hey_jarvis', 'alexa', 'hey_mycroft', 'hey_rhasspy']), await load(['alexa'])];
  const of = async (engine: OpenWakeWord) => (await engine.process(sound)).filter(({ word }) => word === 'alexa');
  expect(await of(all)).toEqual(await of(alone));
  await Promise.all([all.close(), alone.close()]);
});

test('"hey jarvis" is heard as such, and not as "alexa"', async () => {
  const engine = await load(['alexa', 'hey_jarvis']);
  const scores = await engine.process(await fixture('who-are-you-pause'));
  const highest = (name: string) => Math.max(...scores.filter(({ word }) => word === name).map(({ score }) => score));
  expect(highest('hey_jarvis')).toBeGreaterThan(0.5);
  expect(highest('alexa')).toBeLessThan(0.1);
  await engine.close();
});

test('after a silence in which nothing was computed, a word has the scores that it has after a faint hum', async () => {
  const engine = await load(['alexa']);
  const pause = (sample: number) => new Int16Array(64_000).fill(sample);
  const after = async (quiet: Int16Array) => {
    engine.reset();
    await engine.process(quiet);
    return (await engine.process(sound)).map(({ score }) => score);
  };
  // Both are inaudible and nearly the same; the second is just above what counts as silence.
  const [skipped, computed] = [await after(pause(0)), await after(pause(51))];
  for (const [index, score] of skipped.entries()) expect(Math.abs(score - (computed[index] ?? 0))).toBeLessThan(0.02);
  expect(Math.max(...skipped)).toBeGreaterThan(0.9);
  await engine.close();
});

test('in a hurry it gives a score each 40 ms: those that it gives anyway, and as good ones between them, also where it begins to hurry later', async () => {
  const engine = await load(['alexa']);
  const pieces = Array.from({ length: Math.floor(sound.length / 500) }, (_, at) => sound.subarray(at * 500, (at + 1) * 500));
  const hear = async (hurryFrom: number) => {
    engine.reset();
    const scores: WakeScore[] = [];
    for (const [at, piece] of pieces.entries()) scores.push(...(await engine.process(piece, { hurry: at >= hurryFrom })));
    return scores;
  };
  const [calm, hurried, later] = [await hear(Number.POSITIVE_INFINITY), await hear(0), await hear(10)];
  expect(hurried.map(({ endSample }) => endSample)).toEqual(hurried.map(({ endSample }) => endSample).toSorted((a, b) => a - b));
  expect(hurried.length).toBeGreaterThanOrEqual(2 * calm.length - 1);
  for (const score of [...calm, ...later]) expect(hurried).toContainEqual(score);
  expect(later.length).toBeGreaterThan(calm.length);
  const between = hurried.filter((score) => !calm.some(({ endSample }) => endSample === score.endSample));
  expect(Math.max(...between.map(({ score }) => score))).toBeGreaterThan(0.9);
  await engine.close();
});

test('embeddings do not depend on when they are asked for', async () => {
  const [late, eager] = [await WakeFeatures.load(16), await WakeFeatures.load(16)];
  for (let at = 0; at + STEP_SAMPLES <= sound.length; at += STEP_SAMPLES) {
    const step = sound.subarray(at, at + STEP_SAMPLES);
    await late.add(step);
    await eager.add(step);
    await eager.complete();
  }
  await late.complete();
  expect(late.embeddings).toEqual(eager.embeddings);
  await Promise.all([late.close(), eager.close()]);
});

test('a model that is not there', async () => {
  await expect(load([{ word: 'computer', model: join(folder, 'missing.onnx') }])).rejects.toMatchObject({
    code: 'model-missing',
    stage: 'wake-word',
    message: expect.stringContaining('missing.onnx'),
    remedy: expect.any(String),
  });
});

test.each([
  ['is no model', Buffer.from('hello')],
  ['is empty', Buffer.alloc(0)],
])('a file that %s', async (_, bytes) => {
  const file = join(folder, 'broken.onnx');
  await writeFile(file, bytes);
  await expect(load(['alexa', { word: 'computer', model: file }])).rejects.toMatchObject({
    code: 'model-unreadable',
    message: expect.stringContaining(file),
  });
});

test('a model of something else', async () => {
  for (const other of ['silero_vad.onnx', 'embedding_model.onnx', 'timer_v0.1.onnx']) {
    await expect(load([{ word: 'computer', model: packagedModel(other) }])).rejects.toMatchObject({ code: 'wake-model-unsuitable' });
  }
});

test('listening on and on keeps no memory', async () => {
  const engine = await load(['alexa']);
  const tenSeconds = new Int16Array(160_000).map((_, at) => (at * 7919) % 400);
  await engine.process(tenSeconds);
  const before = process.memoryUsage().rss;
  for (let times = 0; times < 5; times++) await engine.process(tenSeconds);
  expect(process.memoryUsage().rss - before).toBeLessThan(10_000_000);
  await engine.close();
});
