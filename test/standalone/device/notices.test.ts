import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Notices } from '../../../src/device/speaking/notices.js';
import { TandemError } from '../../../src/errors.js';
import { projectRoot } from '../../../src/paths.js';

/** Where an error can come from that ends a turn or a start. What a host does wrong is answered by the device itself. */
const STAGES = [
  'src/audio',
  'src/device',
  'src/language-model',
  'src/onnxModel.ts',
  'src/skills',
  'src/speech-output',
  'src/speech-to-text',
  'src/voice-activity',
  'src/wake-word',
  'statecharts/answer.ts',
  'statecharts/conversation',
];

/** Codes that deliberately have no sentence of their own, by the reason. */
const WITHOUT_SENTENCE: Readonly<Record<string, readonly string[]>> = {
  'ended on purpose, or the device is ending': ['aborted', 'closed', 'input-ended'],
  'nothing can be heard without a loudspeaker': ['player-lost', 'player-missing'],
  'the voice of last resort itself': ['espeak-ng-missing'],
  'a file named on the command line, which tells about it itself': [
    'flac-unreadable',
    'recordings-unreadable',
    'wav-empty',
    'wav-format-unsupported',
    'wav-header-invalid',
    'wav-missing',
    'wav-not-wav',
    'wav-not-written',
    'wav-too-long',
    'wav-truncated',
    'wav-unreadable',
    'wav-without-sound',
  ],
  'the language model did not load: the device goes on without it, and says no-language-model': [
    'damaged',
    'kv-cache-unsupported',
    'model-cut-off',
    'model-damaged',
    'model-not-gguf',
    'model-wrong-architecture',
    'model-wrong-template',
  ],
  'a mistake in the profile or in a file of it: only the terminal can tell which': [
    'draft-model-unsuitable',
    'phrases-refused',
    'phrases-unreadable',
    'skill-sentences-wrong',
    'wake-model-unsuitable',
  ],
  'the second choice takes over, or the terminal tells what is wrong with the profile': [
    'porcupine-failed',
    'porcupine-key-missing',
    'porcupine-keyword-unknown',
    'porcupine-keyword-unsuitable',
    'porcupine-machine-unsupported',
  ],
  'answered by the device instead, or told as a notice of the log': ['broker-unreachable', 'host-none'],
  'a fault of the program itself, for which "something went wrong" is all that can be said': ['skill-not-matched'],
};

/** Sentences for codes that are put together where they are thrown, or are the system's own. */
const NOT_WRITTEN_OUT = ['microphone-missing', 'speech-to-text-failed', 'ENOSPC', 'EACCES', 'EROFS'];

function sources(path: string): readonly string[] {
  if (path.endsWith('.ts')) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? entry.name === 'testing'
        ? []
        : sources(join(path, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(path, entry.name)]
        : [],
  );
}

function codesThrown(): ReadonlySet<string> {
  const codes = new Set<string>(['aborted', 'timed-out', 'player-missing', 'unexpected']);
  for (const file of STAGES.flatMap((stage) => sources(join(projectRoot, stage)))) {
    const text = readFileSync(file, 'utf8');
    for (const [, code = ''] of text.matchAll(/\bcode(?::| =)\s*'([\w-]+)'/g)) codes.add(code);
    for (const [, code = ''] of text.matchAll(/(?<!Aborted|Timeout)[eE]rror\(\s*'([a-z]+(?:-[a-z]+)+)'/g)) codes.add(code);
    for (const [, code = ''] of text.matchAll(/toTandemError\([^()]*, '([a-z]+(?:-[a-z]+)+)'\)/g)) codes.add(code);
  }
  // Stages, not codes.
  for (const stage of ['language-model', 'speech-output', 'speech-to-text', 'voice-activity', 'wake-word']) codes.delete(stage);
  return codes;
}

const sentences = Object.fromEntries(
  ['en', 'ko'].map((language) => {
    const file = join(projectRoot, 'src', 'device', 'speaking', 'notices', `${language}.yaml`);
    const { errors }: { errors: Readonly<Record<string, string>> } = parse(readFileSync(file, 'utf8'));
    return [language, errors];
  }),
);

describe('what the device says when something went wrong', () => {
  it('is the same in both languages', () => {
    expect(Object.keys(sentences.ko ?? {})).toEqual(Object.keys(sentences.en ?? {}));
  });

  it('has a sentence for every code that can end a turn or a start, or a reason to have none', () => {
    const without = new Set(Object.values(WITHOUT_SENTENCE).flat());
    const told = new Set(Object.keys(sentences.en ?? {}));
    const forgotten = [...codesThrown()].filter((code) => !told.has(code) && !without.has(code)).sort();
    expect(forgotten, 'add a sentence to src/device/speaking/notices/{en,ko}.yaml, or a reason to this test').toEqual([]);
    expect([...without].filter((code) => told.has(code))).toEqual([]);
  });

  it('has no sentence that nothing can lead to', () => {
    const thrown = codesThrown();
    expect(Object.keys(sentences.en ?? {}).filter((code) => !thrown.has(code) && !NOT_WRITTEN_OUT.includes(code))).toEqual([]);
  });

  it.each(['en', 'ko'] as const)('is short, and whole sentences (%s)', (language) => {
    for (const sentence of Object.values(sentences[language] ?? {})) {
      expect(sentence).toMatch(language === 'en' ? /^[A-Z].*\.$/ : /요\.$/);
      expect(sentence.length).toBeLessThan(120);
    }
  });

  it('names the reason by code; anything else went wrong somehow', () => {
    const notices = Notices.load();
    const error = new TandemError({ code: 'server-unreachable', stage: 'language-model', message: '' });
    expect(notices.forError(error, 'en')).toMatch(/server/);
    expect(notices.forError(error, 'ko')).toMatch(/서버/);
    expect(notices.forError(new Error('what'), 'ko')).toBe(sentences.ko?.unexpected);
    expect(notices.ownSentence(new Error('what'), 'ko')).toBeUndefined();
  });
});
