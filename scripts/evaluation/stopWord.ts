/**
 * How well stop words are heard, and what is taken for one: `npx tsx scripts/evaluation/stopWord.ts [--threshold=N] [--least-ms=N] [FOLDER…]`.
 * Synthetic voices say each word, loud and soft, alone and over the device's own voice; the device's own answers come back as an echo;
 * people talk (recordings in the folders). The thresholds of src/stop-word/pocketsphinx/words.yaml were chosen by this table; the options
 * put others in their place. English words only: the synthetic voice for Korean is no measure for its speakers.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { samplesToMs } from '../../src/audio/contract.js';
import { concatenate, withGain } from '../../src/audio/pcm.js';
import { readWav } from '../../src/audio/wav/reader.js';
import { projectRoot } from '../../src/paths.js';
import { knownWords } from '../../src/stop-word/pocketsphinx/words.js';
import { WorkerProcess } from '../../src/stop-word/pocketsphinx/workerProcess.js';
import { findClips, readClip } from '../../src/wake-word/clips.js';
import { machineLine, printTable, quantile } from '../bench/machine.js';
import { speak } from '../fixtures/voices.js';

const { values, positionals } = parseArgs({
  options: { threshold: { type: 'string' }, 'least-ms': { type: 'string' }, answers: { type: 'string', default: '150' } },
  allowPositionals: true,
});

const SECOND = 16_000;
const quiet = new Int16Array(SECOND);
/** What a quiet room and its microphone give, -60 dB: the same at each run. */
const room = hiss(60 * SECOND);

function hiss(length: number): Int16Array {
  let state = 1;
  const uniform = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  return new Int16Array(length).map(() => (uniform() + uniform() + uniform()) * 66);
}

/** 16 kHz, as loud as `peak` of full scale. */
function atPeak(samples: Int16Array, peak: number): Int16Array {
  const highest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  const gain = (peak * 32_767) / highest;
  return samples.map((sample) => sample * gain);
}

const decibels = (db: number): number => 10 ** (db / 20);

function mixed(one: Int16Array, other: Int16Array): Int16Array {
  return one.map((sample, at) => Math.max(-32_768, Math.min(32_767, sample + (other[at] ?? 0))));
}

/** flite's voices are real people's, unlike espeak-ng's; undefined where it is not installed. */
async function flite(text: string, voice: string): Promise<Int16Array | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-flite-'));
  try {
    const file = join(folder, 'speech.wav');
    if (spawnSync('flite', ['-voice', voice, '-t', text, '-o', file]).status !== 0) return undefined;
    return await readWav(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function sayings(text: string): Promise<Int16Array[]> {
  const espeak = ['en-gb', 'en-us', 'en-gb+m3', 'en-us+f3', 'en-gb-x-rp+f2'].map((voice) =>
    speak(text, { program: 'espeak-ng', voice, speed: 150 }),
  );
  const festival = ['voice_kal_diphone', 'voice_cmu_us_slt_arctic_hts'].map((voice) =>
    speak(text, { program: 'festival', voice, stretch: 1.1 }),
  );
  const flites = await Promise.all(['awb', 'rms', 'slt', 'kal16'].map((voice) => flite(text, voice)));
  const said = [...(await Promise.all([...espeak, ...festival])), ...flites.filter((samples) => samples !== undefined)];
  // The same silence around each.
  return said.map((samples) =>
    samples.subarray(
      samples.findIndex((s) => Math.abs(s) > 200),
      samples.findLastIndex((s) => Math.abs(s) > 200) + 1,
    ),
  );
}

const words = knownWords().en.map((word) => ({
  ...word,
  threshold: values.threshold === undefined ? word.threshold : Number(values.threshold),
  leastMs: values['least-ms'] === undefined ? word.leastMs : Number(values['least-ms']),
}));
const worker = await WorkerProcess.start(words);

/** Each word that is found, with the place where it is known. */
async function found(samples: Int16Array): Promise<{ readonly word: string; readonly known: number }[]> {
  const all: { word: string; known: number }[] = [];
  worker.forget();
  for (let at = 0; at < samples.length; at += 320) {
    const piece = samples.subarray(at, at + 320);
    for (const [word] of await worker.hear(piece)) all.push({ word, known: at + piece.length });
  }
  return all;
}

const answers = readdirAnswers().slice(0, Number(values.answers));
const own = concatenate(await inBatches(answers, (text) => speak(text, { program: 'espeak-ng', voice: 'en-gb', speed: 160 })));

process.stdout.write(`${machineLine()}\n\nfound of voices; ms from the word's end until it is known\n`);
const rows: string[][] = [];
for (const { name, threshold, leastMs } of words) {
  const said = await sayings(name);
  const row = [name, `${threshold}, ${leastMs} ms`];
  const late: number[] = [];
  for (const [level, echo] of [
    [-6, undefined],
    [-20, undefined],
    [-12, -26],
    [-12, -18],
    [-12, -12],
  ] as const) {
    let hits = 0;
    for (const [index, samples] of said.entries()) {
      const word = concatenate([quiet, atPeak(samples, decibels(level)), quiet]);
      const under =
        echo === undefined ? undefined : atPeak(own.subarray(index * 7 * SECOND, index * 7 * SECOND + word.length), decibels(echo));
      const heard = mixed(word, room.subarray(index * SECOND));
      const first = (await found(under === undefined ? heard : mixed(heard, under)))[0];
      if (first === undefined) continue;
      hits += 1;
      late.push(samplesToMs(first.known - quiet.length - samples.length));
    }
    row.push(`${hits}/${said.length}`);
  }
  rows.push([...row, ...[0.05, 0.5, 0.95].map((q) => (quantile(late, q) ?? Number.NaN).toFixed(0))]);
}
printTable(['word', 'threshold', '-6 dB', '-20 dB', '14 dB over own voice', '6 dB over', '0 dB over', '5 %', 'median', '95 %'], rows);

process.stdout.write('\ntaken for a stop word\n');
const others: [string, Int16Array][] = [
  ['own answers, an echo of -10 dB', withGain(own, decibels(-10), decibels(-10))],
  ['own answers, an echo of -20 dB', withGain(own, decibels(-20), decibels(-20))],
];
for (const folder of positionals) {
  const clips = await Promise.all((await findClips([folder])).map(readClip));
  others.push([folder, concatenate(clips.flatMap((clip) => [clip, quiet]))]);
}
const like = await ownVoiceLike();
const alarms: string[][] = [];
for (const [index, [name, samples]] of others.entries()) {
  const wrong = await found(samples);
  const by = words.flatMap((word) => {
    const times = wrong.filter((other) => other.word === word.name).length;
    return times === 0 ? [] : [`${word.name} ${times}`];
  });
  // The device knows where its own voice sounds like a stop word.
  const left = index < 2 ? String(wrong.filter(({ known }) => !isIgnored(known)).length) : '';
  alarms.push([name, (samples.length / SECOND / 60).toFixed(1), String(wrong.length), left, by.join(', ')]);
}
printTable(['sound', 'minutes', 'taken', 'left after comparing', 'for'], alarms);
const ignored =
  Array.from({ length: own.length / 1_600 }, (_, at) => isIgnored(at * 1_600)).filter((is) => is).length / (own.length / 1_600);
process.stdout.write(`\nown voice in which no stop word is heard, because it sounds like one itself: ${(100 * ignored).toFixed(0)} %\n`);
await worker.close();

function readdirAnswers(): string[] {
  const folder = join(projectRoot, 'scripts/starter-model/questions');
  const files = ['capitals', 'animals', 'household', 'jokes-and-riddles', 'geography', 'body'];
  const each = files.map((file) =>
    (parse(readFileSync(join(folder, `${file}.yaml`), 'utf8')) as { answer?: string }[]).flatMap(({ answer }) => answer ?? []),
  );
  // Some of each kind.
  return each[0]?.flatMap((_, at) => each.flatMap((of) => of[at] ?? [])) ?? [];
}

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += 8) done.push(...(await Promise.all(items.slice(at, at + 8).map(work))));
  return done;
}

/** In pieces, each with the end of the one before, as the device compares them; places of the words' ends in `own`. */
async function ownVoiceLike(): Promise<number[]> {
  const ends: number[] = [];
  for (let at = 0; at < own.length; at += 1.5 * SECOND) {
    const from = Math.max(0, at - SECOND / 2);
    const piece = own.slice(from, at + 1.5 * SECOND);
    for (const sound of [piece, withGain(piece, 0.33, 0.33)]) for (const [, end] of await worker.compare(sound)) ends.push(from + end);
  }
  return ends;
}

/** As `src/device/hearing/ownVoice.ts` does, with an echo that comes at once. */
function isIgnored(known: number): boolean {
  return like.some((end) => known > end - 0.4 * SECOND && known < end + 0.6 * SECOND);
}
