/** How soon espeak-ng and festival speak and fall silent: `npx tsx scripts/bench/speechOutput.ts [RUNS]`. */
import type { EngineContext } from '../../src/engineContext.js';
import type { PcmSpeechOutput } from '../../src/speech-output/contract.js';
import { EspeakNg } from '../../src/speech-output/espeakNg.js';
import { Festival } from '../../src/speech-output/festival.js';
import { type EngineOptions, speechEngineOptions } from '../../src/speech-output/options.js';
import { makeSpeakable } from '../../src/speech-output/speakable/makeSpeakable.js';
import type { Language } from '../../src/speech-to-text/contract.js';
import { KeptLog } from '../../test/support/keptLog.js';
import { countArgument, machineLine, printTable, spread } from './machine.js';

const runs = countArgument(50);
const sentences: Readonly<Record<Language, string>> = {
  en: 'It is 5 °C in Seoul, and the bus leaves at 3:05 pm on 2026-11-23.',
  ko: '서울은 지금 5°C이고 버스는 오후 3:05에 2026-11-23에 출발합니다.',
};

const options = speechEngineOptions.parse({ engine: 'espeakNg' }) as EngineOptions<'espeakNg'>;
const sayOptions = speechEngineOptions.parse({ engine: 'say', voice: 'voice_kal_diphone' }) as EngineOptions<'say'>;
const context: EngineContext = {
  log: new KeptLog(),
  modelFile: () => Promise.reject(new Error('no model is needed')),
  secret: () => Promise.resolve(undefined),
  cacheFolder: '',
};

/** Milliseconds from the call to the first chunk, to the last one, and from a stop after the first one to the end. */
async function speak(
  output: PcmSpeechOutput,
  language: Language,
): Promise<{ readonly first: number; readonly all: number; readonly stop: number }> {
  const words = makeSpeakable(sentences[language], language);
  const begin = performance.now();
  let first: number | undefined;
  for await (const _ of output.synthesize(words, { language, signal: new AbortController().signal })) first ??= performance.now() - begin;
  const all = performance.now() - begin;

  const stopping = new AbortController();
  const sound = output.synthesize(Array(20).fill(words).join(' '), { language, signal: stopping.signal })[Symbol.asyncIterator]();
  await sound.next();
  const stoppedAt = performance.now();
  stopping.abort();
  while ((await sound.next()).done !== true);
  return { first: first ?? Number.NaN, all, stop: performance.now() - stoppedAt };
}

function addRow(name: string, values: readonly number[], digits = 1): void {
  rows.push([name, ...spread(values, digits)]);
}

const rows: (string | number)[][] = [];
await measure(await EspeakNg.load(options, context), ['en', 'ko'], runs);
await measure(await Festival.load(sayOptions), ['en'], Math.min(runs, 10));
for (const language of ['en', 'ko'] as const) {
  const written = sentences[language];
  const made: number[] = [];
  for (let run = 0; run < 20 * runs; run++) {
    const begin = performance.now();
    makeSpeakable(written, language);
    made.push(performance.now() - begin);
  }
  addRow(`made speakable, ${language}`, made, 2);
}

async function measure(output: PcmSpeechOutput, languages: readonly Language[], times: number): Promise<void> {
  for (const language of languages) {
    await speak(output, language);
    const measured: Awaited<ReturnType<typeof speak>>[] = [];
    for (let run = 0; run < times; run++) measured.push(await speak(output, language));
    const add = (what: string, pick: (one: Awaited<ReturnType<typeof speak>>) => number) =>
      addRow(`${output.label} ${language}: ${what}`, measured.map(pick));
    add('text to first chunk', ({ first }) => first);
    add('text to last chunk', ({ all }) => all);
    add('stop to nothing running', ({ stop }) => stop);
  }
  await output.close();
}

process.stdout.write(`${machineLine()}; ${runs} runs\n\n`);
printTable(['ms', 'median', '95 %', 'most'], rows);
