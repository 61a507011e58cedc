import { samplesToMs } from '../audio/contract.js';
import { readWav } from '../audio/wav/reader.js';
import { toTandemError } from '../errors.js';
import type { Language, SpeechToText } from './contract.js';
import { spokenWords } from './spokenWords.js';

/** How well a recogniser does on recordings with transcripts. */

export interface Recording {
  /** Path of a WAV file. */
  readonly file: string;
  /** What is said in it. */
  readonly text: string;
  readonly language: Language;
}

export interface JudgedRecording extends Recording {
  readonly heard: string;
  /** Words of the transcript. */
  readonly words: number;
  /** Words to put in, to leave out or to change until what was heard is what was said. */
  readonly errors: number;
  readonly audioMs: number;
  readonly decodingMs: number;
}

export interface SpeechFigures {
  readonly utterances: number;
  readonly words: number;
  /** Errors a word: 0 is perfect, above 1 is possible. */
  readonly wordErrorRate: number;
  /** Time to decode by length of the recordings: below 1 keeps up with speech. */
  readonly realTimeFactor: number;
}

/** Transcribes the recordings one after the other. `onJudged` is told of each. */
export async function evaluateSpeech(
  engine: SpeechToText,
  recordings: readonly Recording[],
  signal: AbortSignal,
  onJudged: (judged: JudgedRecording) => void = () => {},
): Promise<JudgedRecording[]> {
  const all: JudgedRecording[] = [];
  for (const recording of recordings) {
    const { file, text, language } = recording;
    const samples = await readWav(file).catch((error: unknown) => {
      throw toTandemError(error, 'audio');
    });
    const before = performance.now();
    const heard = await engine.transcribe(samples, { signal, languages: [language] });
    const decodingMs = performance.now() - before;
    const said = spokenWords(text, language);
    const errors = wordErrors(said, spokenWords(heard.text, language));
    const judged = { ...recording, heard: heard.text, words: said.length, errors, audioMs: samplesToMs(samples.length), decodingMs };
    all.push(judged);
    onJudged(judged);
  }
  return all;
}

export function figuresOf(judged: readonly JudgedRecording[]): SpeechFigures {
  const sum = (value: (one: JudgedRecording) => number) => judged.reduce((total, one) => total + value(one), 0);
  const words = sum((one) => one.words);
  return {
    utterances: judged.length,
    words,
    wordErrorRate: sum((one) => one.errors) / Math.max(1, words),
    realTimeFactor:
      sum((one) => one.decodingMs) /
      Math.max(
        1,
        sum((one) => one.audioMs),
      ),
  };
}

/** The least number of insertions, deletions and substitutions from one row of words to the other. */
export function wordErrors(said: readonly string[], heard: readonly string[]): number {
  let row = heard.map((_, index) => index + 1);
  for (const [index, word] of said.entries()) {
    // What the cells to the upper left, above and to the left cost.
    let diagonal = index;
    let left = index + 1;
    row = row.map((above, column) => {
      left = Math.min(above + 1, left + 1, diagonal + (word === heard[column] ? 0 : 1));
      diagonal = above;
      return left;
    });
  }
  return row.at(-1) ?? said.length;
}
