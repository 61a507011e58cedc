import { existsSync, readdirSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import { UsageError } from '../../src/errors.js';
import { projectRoot } from '../../src/paths.js';
import { findClips, readClip } from '../../src/wake-word/clips.js';
import { type FixtureVoice, speak } from '../fixtures/voices.js';

/** A recording, 16 kHz mono. */
export interface Clip {
  readonly name: string;
  /** That the recording is in; for a made one, what kind it is. */
  readonly folder: string;
  readonly samples: Int16Array;
}

/** What a household sounds like. */
export interface Material {
  /** The wake word and nothing after it. */
  readonly wakeWords: readonly Clip[];
  /** Wake word and question. */
  readonly questions: readonly Clip[];
  /** A minute of speech after the wake word. */
  readonly longTalk: Clip;
  /** Speech without the wake word. */
  readonly talk: readonly Clip[];
  /** Words that are close to a wake word; empty without a data folder. */
  readonly nearMisses: readonly Clip[];
  /** Kitchen, dishes; empty without a data folder, and then noise is made. */
  readonly noise: readonly Clip[];
  /** Sentences without the wake word, by their text. */
  readonly sentences: ReadonlyMap<string, Clip>;
}

export const SENTENCES = [
  'what time is it',
  'what is the date today',
  'tell me a joke',
  'what is the capital of france',
  'what is the largest planet',
  'how much is seven times eight',
  'what can you do',
  'set the volume to fifty percent',
  'repeat that',
  'how long is left on my timer',
  'cancel the timer',
  'how many feet are in a mile',
  'what day is it today',
  'who are you',
  'why is the sky blue',
] as const;
export const TIMERS = [
  { text: 'set a timer for ten minutes', minutes: 10 },
  { text: 'set a timer for one minute', minutes: 1 },
  { text: 'set a timer for three minutes', minutes: 3 },
] as const;
export const STOP = 'stop';
export const SET_A_TIMER = 'start a timer';
export const FIVE_MINUTES = 'five minutes';

/** What people say to each other. */
const TALK = [
  'have you seen my other shoe, it was right here yesterday',
  'the train was late again, and nobody told us why',
  'I think we should paint this wall, maybe green, or is that too dark',
  'he said that the meeting is on thursday, but I am not so sure about that',
  'could you pass me the salt please, and the big spoon',
  'my sister called, she says the garden is full of tomatoes this year',
];

/** For what is said to the device: PocketSphinx hardly understands espeak-ng. */
const ASKING: readonly FixtureVoice[] = [
  { program: 'festival', voice: 'voice_cmu_us_slt_arctic_hts', stretch: 1.1 },
  { program: 'festival', voice: 'voice_kal_diphone', stretch: 1.1 },
];
const TALKING: readonly FixtureVoice[] = ['en-gb', 'en-gb+f2', 'en-us+m3'].map((voice) => ({ program: 'espeak-ng', voice, speed: 165 }));

/**
 * The project's own fixtures, sentences spoken by festival and espeak-ng, and, with `data`, recordings of people and rooms: a folder with
 * `wake/WORD` (must wake where WORD is one of `words`, must not where it isn't), `noise` and `speech`.
 */
export async function loadMaterial(words: readonly string[], data: string | undefined): Promise<Material> {
  if (data !== undefined && ['wake', 'noise', 'speech'].every((name) => !existsSync(join(data, name)))) {
    throw new UsageError(`There is no folder wake, noise or speech in ${data}.`);
  }
  const fixtures = await clipsOf(join(projectRoot, 'test', 'fixtures'));
  const named = (name: string): Clip => {
    const clip = fixtures.find((one) => one.name === name);
    if (clip === undefined) throw new Error(`the fixture ${name} is missing`);
    return clip;
  };
  const sentences = new Map<string, Clip>();
  for (const text of [...SENTENCES, ...TIMERS.map((timer) => timer.text), STOP, SET_A_TIMER, FIVE_MINUTES]) {
    sentences.set(text, await spoken(text, ASKING[sentences.size % ASKING.length]));
  }
  const talk: Clip[] = [];
  for (const text of TALK) talk.push(await spoken(text, TALKING[talk.length % TALKING.length]));
  const wakeFolders = data === undefined ? [] : foldersOf(join(data, 'wake'));
  const waking = wakeFolders.filter((folder) => words.includes(basename(folder)));
  const near = wakeFolders.filter((folder) => !words.includes(basename(folder)));
  return {
    wakeWords: [named('wake-word-and-silence'), ...(await clipsOf(...waking))],
    questions: fixtures.filter(({ name }) => /-(breath|pause|noise)$/.test(name)),
    longTalk: named('long-talk'),
    talk: [named('no-wake-word'), ...talk, ...(await clipsOf(...optional(data, 'speech')))],
    nearMisses: await clipsOf(...near),
    noise: await clipsOf(...optional(data, 'noise')),
    sentences,
  };
}

async function clipsOf(...folders: readonly string[]): Promise<readonly Clip[]> {
  const clips: Clip[] = [];
  for (const path of await findClips(folders)) {
    const { dir, name } = parse(path);
    clips.push({ name, folder: basename(dir), samples: await readClip(path) });
  }
  return clips;
}

async function spoken(text: string, voice: FixtureVoice | undefined): Promise<Clip> {
  if (voice === undefined) throw new RangeError('there is a voice for each sentence');
  const samples = await speak(text, voice);
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  return { name: text, folder: 'spoken', samples: samples.map((sample) => Math.round((sample * 12_000) / peak)) };
}

function foldersOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => join(folder, name)).sort();
}

function optional(data: string | undefined, name: string): readonly string[] {
  return data !== undefined && existsSync(join(data, name)) ? [join(data, name)] : [];
}
