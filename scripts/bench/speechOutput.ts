/** How soon espeak-ng and festival (into a sound card that nobody hears) speak and fall silent: `npx tsx scripts/bench/speechOutput.ts [RUNS]`. */
import type { EngineContext } from '../../src/engineContext.js';
import { EspeakNg } from '../../src/speech-output/espeakNg.js';
import { type EngineOptions, speechEngineOptions } from '../../src/speech-output/options.js';
import { Say } from '../../src/speech-output/say.js';
import { makeSpeakable } from '../../src/speech-output/speakable/makeSpeakable.js';
import type { Language } from '../../src/speech-to-text/contract.js';
import { eventually } from '../../test/support/eventually.js';
import { startPulseAudio } from '../../test/support/pulseAudio.js';
import { loudSpan } from '../../test/support/tone.js';
import { machineLine, printTable, quantile } from './machine.js';

const runs = Number(process.argv[2] ?? 50);
const sentences: Readonly<Record<Language, string>> = {
  en: 'It is 5 °C in Seoul, and the bus leaves at 3:05 pm on 2026-11-23.',
  ko: '서울은 지금 5°C이고 버스는 오후 3:05에 2026-11-23에 출발합니다.',
};

const options = speechEngineOptions.parse({ engine: 'espeakNg' }) as EngineOptions<'espeakNg'>;
const sayOptions = speechEngineOptions.parse({ engine: 'say', voice: 'voice_kal_diphone' }) as EngineOptions<'say'>;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const context: EngineContext = {
  log: silent,
  modelFile: () => Promise.reject(new Error('no model is needed')),
  secret: () => Promise.resolve(undefined),
  cacheFolder: '',
};
const output = await EspeakNg.load(options, context);

/** Milliseconds from the call to the first chunk, to the last one, and from a stop after the first one to the end. */
async function speak(language: Language): Promise<{ readonly first: number; readonly all: number; readonly stop: number }> {
  const words = makeSpeakable(sentences[language], language);
  const begin = performance.now();
  let first: number | undefined;
  for await (const _ of output.synthesize(words, { language, signal: new AbortController().signal })) first ??= performance.now() - begin;
  const all = performance.now() - begin;

  const stopping = new AbortController();
  const sound = output.synthesize(Array(20).fill(words).join(' '), { language, signal: stopping.signal });
  await sound.next();
  const stoppedAt = performance.now();
  stopping.abort();
  while ((await sound.next()).done !== true);
  return { first: first ?? Number.NaN, all, stop: performance.now() - stoppedAt };
}

/** The wait until it is heard, and from a stop until nothing of it runs. */
async function measureSay(): Promise<void> {
  const pulse = await startPulseAudio();
  const say = await Say.load(sayOptions, context);
  const [heard, stop]: [number[], number[]] = [[], []];
  for (let run = 0; run < Math.min(runs, 10); run++) {
    const recording = await pulse.record();
    const stopping = new AbortController();
    const begin = performance.now();
    const speaking = say.speak('One, two, three, four, five, six, seven.', { language: 'en', signal: stopping.signal });
    await eventually('it is heard', () => loudSpan(recording.samples()) !== undefined, 20_000);
    heard.push(performance.now() - begin);
    const stoppedAt = performance.now();
    stopping.abort();
    await speaking;
    stop.push(performance.now() - stoppedAt);
    await recording.stop();
  }
  await say.close();
  await pulse.stop();
  addRow('say (festival, kal_diphone): text to sound heard', heard);
  addRow('say: stop to nothing running', stop);
}

function addRow(name: string, values: readonly number[], digits = 1): void {
  rows.push([name, ...[0.5, 0.95, 1].map((q) => (quantile(values, q) ?? Number.NaN).toFixed(digits))]);
}

const rows: (string | number)[][] = [];
for (const language of ['en', 'ko'] as const) {
  await speak(language);
  const times = [];
  for (let run = 0; run < runs; run++) times.push(await speak(language));
  addRow(
    `espeak-ng ${language}: text to first chunk`,
    times.map(({ first }) => first),
  );
  addRow(
    `espeak-ng ${language}: text to last chunk`,
    times.map(({ all }) => all),
  );
  addRow(
    `espeak-ng ${language}: stop to nothing running`,
    times.map(({ stop }) => stop),
  );

  const written = sentences[language];
  const made: number[] = [];
  for (let run = 0; run < 20 * runs; run++) {
    const begin = performance.now();
    makeSpeakable(written, language);
    made.push(performance.now() - begin);
  }
  addRow(`made speakable, ${language}`, made, 2);
}
await output.close();
await measureSay();

process.stdout.write(`${machineLine()}; ${runs} runs\n\n`);
printTable(['ms', 'median', '95 %', 'most'], rows);
