import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';
import { writeWhisperShape } from './whisperShape.js';

/** What a scripted server in the place of whisper.cpp's may answer, and how it may fail. */
export type ScriptedAnswer = 'hang' | 'die' | 'cut' | 'flood' | { readonly status?: number; readonly body: string };

/** Writes such a server, which gives these answers in turn, and a model for it into `place`. It notes what it was asked in `requests.jsonl`. */
export function scriptedWhisper(place: string, answers: readonly ScriptedAnswer[]): { readonly program: string; readonly model: string } {
  const program = join(place, 'whisper-server');
  copyFileSync(join(projectRoot, 'test/support/fakeWhisperServer.mjs'), `${program}.mjs`);
  writeFileSync(program, `#!/bin/sh\nexec ${process.execPath} ${program}.mjs "$@"\n`, { mode: 0o755 });
  writeFileSync(join(place, 'answers.json'), JSON.stringify(answers));
  return { program, model: writeWhisperShape(join(place, 'model.bin'), 'tiny', 'multilingual') };
}

interface Doubts {
  readonly confidence?: number;
  /** Probability that there was no speech at all. */
  readonly noSpeech?: number;
  readonly languages?: Readonly<Record<string, number>>;
}

/** One segment of this text, as sure as that. */
export function said(text: string, { confidence = 0.9, noSpeech = 0.01, languages }: Doubts = {}): ScriptedAnswer {
  const segments = [{ text, avg_logprob: Math.log(confidence), no_speech_prob: noSpeech }];
  return { body: JSON.stringify({ segments, ...(languages === undefined ? {} : { language_probabilities: languages }) }) };
}
