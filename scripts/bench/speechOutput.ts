/** How soon espeak-ng speaks and falls silent: `npx tsx scripts/bench/speechOutput.ts [RUNS]`. */
import type { EngineContext } from '../../src/engineContext.js';
import { EspeakNg } from '../../src/speech-output/espeakNg.js';
import { speechEngineOptions } from '../../src/speech-output/options.js';
import { makeSpeakable } from '../../src/speech-output/speakable/makeSpeakable.js';
import type { Language } from '../../src/speech-to-text/contract.js';
import { machineLine, printTable, quantile } from './machine.js';

const runs = Number(process.argv[2] ?? 50);
const sentences: Readonly<Record<Language, string>> = {
  en: 'It is 5 °C in Seoul, and the bus leaves at 3:05 pm on 2026-11-23.',
  ko: '서울은 지금 5°C이고 버스는 오후 3:05에 2026-11-23에 출발합니다.',
};

const options = speechEngineOptions.parse({ engine: 'espeakNg' });
if (options.engine !== 'espeakNg') throw new Error('the options name another engine');
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

const rows: (string | number)[][] = [];
for (const language of ['en', 'ko'] as const) {
  await speak(language);
  const times = [];
  for (let run = 0; run < runs; run++) times.push(await speak(language));
  const row = (name: string, values: readonly number[]) =>
    rows.push([`espeak-ng ${language}: ${name}`, ...[0.5, 0.95, 1].map((q) => (quantile(values, q) ?? Number.NaN).toFixed(1))]);
  row(
    'text to first chunk',
    times.map(({ first }) => first),
  );
  row(
    'text to last chunk',
    times.map(({ all }) => all),
  );
  row(
    'stop to nothing running',
    times.map(({ stop }) => stop),
  );

  const written = sentences[language];
  const made: number[] = [];
  for (let run = 0; run < 20 * runs; run++) {
    const begin = performance.now();
    makeSpeakable(written, language);
    made.push(performance.now() - begin);
  }
  rows.push([`made speakable, ${language}`, ...[0.5, 0.95, 1].map((q) => (quantile(made, q) ?? Number.NaN).toFixed(2))]);
}
await output.close();

process.stdout.write(`${machineLine()}; ${runs} runs\n\n`);
printTable(['ms', 'median', '95 %', 'most'], rows);
