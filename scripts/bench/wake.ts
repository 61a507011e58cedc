/**
 * What listening for a wake word costs: `npx tsx scripts/bench/wake.ts`. Processor time of each part for a step of 80 ms, as the device
 * asks for it, and of all together with the policy; in percent of one core.
 */
import { samplesToMs } from '../../src/audio/contract.js';
import { Silero } from '../../src/voice-activity/silero.js';
import { STEP_SAMPLES, WakeFeatures } from '../../src/wake-word/features.js';
import { OpenWakeWord } from '../../src/wake-word/openWakeWord.js';
import { BUILT_IN_WORDS } from '../../src/wake-word/options.js';
import { machineLine, printTable } from './machine.js';

const ROUNDS = 5;
const STEPS = 250;
const STEP_MS = samplesToMs(STEP_SAMPLES);

const context = { modelFile: async (path: string) => path };
const load = (words: readonly (typeof BUILT_IN_WORDS)[number][]) => OpenWakeWord.load({ words: [...words] }, context);
const features = await WakeFeatures.load(16);
const parts = [
  {
    name: 'spectrogram and embedding',
    add: async (step: Int16Array) => {
      await features.add(step);
      await features.complete();
    },
    close: () => features.close(),
  },
  ...(await Promise.all(
    [['alexa'] as const, ['alexa', 'hey_jarvis'] as const, BUILT_IN_WORDS].map(async (words) => {
      const engine = await load(words);
      return { name: engine.label, add: (step: Int16Array) => engine.process(step), close: () => engine.close() };
    }),
  )),
  await load(['alexa']).then((engine) => ({
    name: `${engine.label}, while the device speaks`,
    add: (step: Int16Array) => engine.process(step, { hurry: true }),
    close: () => engine.close(),
  })),
  await load(['alexa']).then((engine) => ({
    name: `${engine.label}, in silence`,
    add: (step: Int16Array) => engine.process(step.fill(0)),
    close: () => engine.close(),
  })),
  await Silero.load().then((voice) => ({
    name: 'Silero VAD (only while it matters)',
    add: (step: Int16Array) => voice.process(step),
    close: () => voice.close(),
  })),
];

const steps = Array.from({ length: STEPS }, (_, index) => noise(index + 1));
const best = new Map<string, number>();
for (let round = 0; round < ROUNDS; round++) {
  for (const { name, add } of parts) {
    const before = process.cpuUsage();
    for (const step of steps) await add(step.slice());
    const { user, system } = process.cpuUsage(before);
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, (user + system) / 1000 / STEPS));
  }
}
for (const { close } of parts) await close();

process.stdout.write(`${machineLine()}\nbest of ${ROUNDS} rounds of ${(STEPS * STEP_MS) / 1000} s\n\n`);
printTable(
  ['part', 'ms a step', 'of one core'],
  [...best].map(([name, ms]) => [name, ms.toFixed(2), `${((ms / STEP_MS) * 100).toFixed(2)} %`]),
);

/** A step of sound of its own. */
function noise(seed: number): Int16Array {
  let state = seed;
  return new Int16Array(STEP_SAMPLES).map(() => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return ((state >>> 16) % 8000) - 4000;
  });
}
