/**
 * PocketSphinx with the starter profile's expected sentences, by what it believes: general English alone, the sentences alone, or what
 * explains the sound better. On the starter model's questions spoken by the fixture voices, on Debian's recordings of people, and on what
 * is given: `npx tsx scripts/bench/speechToText.ts [QUESTIONS] [MANIFEST.jsonl…]` (needs festvox-us-slt-hts and pocketsphinx-testdata).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { samplesToMs } from '../../src/audio/contract.js';
import { readWav } from '../../src/audio/wav/reader.js';
import { projectRoot } from '../../src/paths.js';
import { wordErrors } from '../../src/speech-to-text/evaluate.js';
import { readManifest } from '../../src/speech-to-text/manifest.js';
import { choose, plainWords } from '../../src/speech-to-text/pocketsphinx/hypotheses.js';
import { withNoiseFloor } from '../../src/speech-to-text/pocketsphinx/noiseFloor.js';
import { readPhrases } from '../../src/speech-to-text/pocketsphinx/phrases.js';
import { WorkerProcess } from '../../src/speech-to-text/pocketsphinx/workerProcess.js';
import { spokenWords } from '../../src/speech-to-text/spokenWords.js';
import { testRecordings } from '../../test/engines/speech-to-text/testData.js';
import { roomNoise } from '../fixtures/noise.js';
import { speak, voiceSchema } from '../fixtures/voices.js';
import { countArgument, machineLine, printTable } from './machine.js';

interface Spoken {
  readonly samples: Int16Array;
  readonly text: string;
}

const NOISE_DB = 10;
const questionCount = countArgument(40);
const signal = new AbortController().signal;
const itemSchema = z.array(z.object({ ask: z.array(z.string()), heldOut: z.array(z.string()).default([]) }));
const voices = Object.values(
  z.object({ voices: z.record(z.string(), voiceSchema) }).parse(readYaml('scripts/fixtures/recordings.yaml')).voices,
);

function readYaml(path: string): unknown {
  return parse(readFileSync(join(projectRoot, path), 'utf8'));
}

/** Evenly spread over all that there are, with one voice after the other. */
async function questions(kind: 'ask' | 'heldOut'): Promise<Spoken[]> {
  const folder = 'scripts/starter-model/questions';
  const all = readdirSync(join(projectRoot, folder))
    .sort()
    .flatMap((name) => itemSchema.parse(readYaml(`${folder}/${name}`)).flatMap((item) => item[kind]))
    .filter((text) => /^[ -~]+$/.test(text));
  const texts = Array.from({ length: questionCount }, (_, index) => all[Math.floor((index * all.length) / questionCount)] ?? '');
  const spoken: Spoken[] = [];
  for (const [index, text] of texts.entries()) {
    const voice = voices[index % voices.length];
    if (voice !== undefined) spoken.push({ samples: padded(await speak(`${text}?`, voice)), text });
  }
  return spoken;
}

/** 200 ms of silence before and 300 ms behind, as the endpointer leaves it. */
function padded(samples: Int16Array): Int16Array {
  const all = new Int16Array(samples.length + 8_000);
  all.set(samples, 3_200);
  return all;
}

function noisy({ samples, text }: Spoken, index: number): Spoken {
  const noise = roomNoise(samples, NOISE_DB, index);
  return { text, samples: samples.map((sample, at) => Math.max(-32_768, Math.min(32_767, sample + (noise[at] ?? 0)))) };
}

async function recordings(list: readonly { readonly file: string; readonly text: string }[]): Promise<Spoken[]> {
  return Promise.all(list.map(async ({ file, text }) => ({ samples: await readWav(file), text })));
}

async function measure(worker: WorkerProcess, name: string, spoken: readonly Spoken[]): Promise<readonly (string | number)[]> {
  const errors = { general: 0, phrases: 0, chosen: 0 };
  let [words, decodingMs, audioMs] = [0, 0, 0];
  for (const { samples, text } of spoken) {
    const before = performance.now();
    const heard = await worker.decode(withNoiseFloor(samples), signal);
    decodingMs += performance.now() - before;
    audioMs += samplesToMs(samples.length);
    const said = spokenWords(text);
    words += said.length;
    errors.general += wordErrors(said, spokenWords(plainWords(heard.general)));
    errors.phrases += wordErrors(said, spokenWords(heard.phrases === undefined ? '' : plainWords(heard.phrases)));
    errors.chosen += wordErrors(said, spokenWords(plainWords(choose(heard))));
  }
  const percent = (count: number) => `${((100 * count) / words).toFixed(1)} %`;
  return [
    name,
    spoken.length,
    words,
    percent(errors.general),
    percent(errors.phrases),
    percent(errors.chosen),
    (decodingMs / audioMs).toFixed(2),
  ];
}

const { worker } = await WorkerProcess.start(await readPhrases(join(projectRoot, 'device-profiles/starter/phrases.yaml')));
try {
  const [known, unheard] = [await questions('ask'), await questions('heldOut')];
  const people = testRecordings();
  const rows = [
    await measure(worker, 'questions, trained wordings', known),
    await measure(worker, `the same, noise ${NOISE_DB} dB`, known.map(noisy)),
    await measure(worker, 'questions, other wordings', unheard),
    await measure(worker, 'pocketsphinx-testdata, cards', await recordings(people.slice(0, 5))),
    await measure(worker, 'pocketsphinx-testdata, librivox', await recordings(people.slice(5))),
  ];
  for (const path of process.argv.slice(3))
    rows.push(await measure(worker, basename(path), await recordings(await readManifest(path, 'en'))));
  process.stdout.write(`${machineLine()}\n\n`);
  printTable(['set', 'utterances', 'words', 'general', 'phrases', 'chosen', 'real-time factor'], rows);
} finally {
  await worker.close();
}
