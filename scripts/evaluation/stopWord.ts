/**
 * How well stop words are heard, and what is taken for one:
 * `npx tsx scripts/evaluation/stopWord.ts [--words=FILE] [--noise=WAV] [FOLDER…]`.
 * Synthetic voices say each word, loud and soft, alone, in noise and over the device's own voice; the device's own answers come back as an
 * echo; people talk (recordings in the folders). `--words`: a file like src/stop-word/pocketsphinx/words.yaml in its place. Voices made of
 * real people's recordings (festival; flite where it is installed) stand apart from espeak-ng's.
 * English words only: the synthetic voice for Korean is no measure for its speakers.
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
  options: { words: { type: 'string' }, noise: { type: 'string' }, answers: { type: 'string', default: '150' } },
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

interface Saying {
  readonly voice: string;
  readonly samples: Int16Array;
}

/** Undefined where it is not installed. */
async function flite(text: string, voice: string, stretch: number): Promise<Int16Array | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-flite-'));
  try {
    const file = join(folder, 'speech.wav');
    const said = spawnSync('flite', ['-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text, '-o', file]);
    return said.status === 0 ? await readWav(file) : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function sayings(text: string): Promise<Saying[]> {
  const people = [
    ...['voice_kal_diphone', 'voice_cmu_us_slt_arctic_hts'].flatMap((voice) =>
      [0.85, 1.1].map((stretch) => () => speak(text, { program: 'festival', voice, stretch })),
    ),
    ...['awb', 'rms', 'slt', 'kal16'].flatMap((voice) => [0.85, 1.1].map((stretch) => () => flite(text, voice, stretch))),
  ];
  const espeak = ['en-gb', 'en-us', 'en-gb+m3', 'en-us+f3', 'en-gb-x-rp+f2', 'en-gb-scotland+m7', 'en-us+f5'].flatMap((voice) =>
    [125, 165].map((speed) => () => speak(text, { program: 'espeak-ng', voice, speed })),
  );
  const said = await inBatches(
    [...people.map((say) => ({ voice: 'people', say })), ...espeak.map((say) => ({ voice: 'espeak-ng', say }))],
    async ({ voice, say }) => ({ voice, samples: await say() }),
  );
  // The same silence around each.
  return said.flatMap(({ voice, samples }) => (samples === undefined ? [] : [{ voice, samples: bare(samples) }]));
}

function bare(samples: Int16Array): Int16Array {
  const loud = (sample: number): boolean => Math.abs(sample) > 200;
  return samples.subarray(samples.findIndex(loud), samples.findLastIndex(loud) + 1);
}

const words = knownWords(values.words).en;
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

const noise = values.noise === undefined ? undefined : await readWav(values.noise);
/** How loud the word is, and what else is heard how loud: peaks, dB of full scale. */
const CONDITIONS = [
  { name: '-6 dB', level: -6 },
  { name: '-20 dB', level: -20 },
  ...(noise === undefined ? [] : [{ name: '10 dB over noise', level: -12, beside: noise, besideLevel: -22 }]),
  { name: '14 dB over own voice', level: -12, beside: own, besideLevel: -26 },
  { name: '6 dB over', level: -12, beside: own, besideLevel: -18 },
  { name: '0 dB over', level: -12, beside: own, besideLevel: -12 },
];

process.stdout.write(`${machineLine()}\n\nfound of voices; ms from the word's end until it is known\n`);
const rows: string[][] = [];
for (const { name, threshold, leastMs } of words) {
  const said = await sayings(name);
  for (const voice of new Set(said.map((saying) => saying.voice))) {
    const ofVoice = said.filter((saying) => saying.voice === voice);
    const late: number[] = [];
    const hits = CONDITIONS.map(() => 0);
    for (const [condition, { level, beside, besideLevel = 0 }] of CONDITIONS.entries()) {
      for (const [index, { samples }] of ofVoice.entries()) {
        const word = concatenate([quiet, atPeak(samples, decibels(level)), quiet]);
        const from = beside === undefined ? 0 : (index * 7 * SECOND) % (beside.length - word.length);
        const under = beside === undefined ? word.map(() => 0) : atPeak(beside.subarray(from, from + word.length), decibels(besideLevel));
        const first = (await found(mixed(mixed(word, room.subarray(index * SECOND)), under)))[0];
        if (first === undefined) continue;
        hits[condition] = (hits[condition] ?? 0) + 1;
        late.push(samplesToMs(first.known - quiet.length - samples.length));
      }
    }
    const counts = hits.map((count) => `${count}/${ofVoice.length}`);
    const times = [0.05, 0.5, 0.95].map((q) => (quantile(late, q) ?? Number.NaN).toFixed(0));
    rows.push([name, voice, `${threshold}, ${leastMs} ms`, ...counts, ...times]);
  }
}
printTable(['word', 'voices', 'threshold', ...CONDITIONS.map(({ name }) => name), '5 %', 'median', '95 %'], rows);

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
