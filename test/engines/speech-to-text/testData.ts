import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recording } from '../../../src/speech-to-text/evaluate.js';

/** Debian's pocketsphinx-testdata: ten recordings of people with transcripts. */
const TEST_DATA = '/usr/share/pocketsphinx/test/data';

export function missingPocketsphinx(): string | undefined {
  return existsSync('/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict') ? undefined : 'pocketsphinx-en-us is not installed';
}

export function missingTestData(): string | undefined {
  return existsSync(join(TEST_DATA, 'librivox/fileids')) ? undefined : 'pocketsphinx-testdata is not installed';
}

export function testRecordings(): Recording[] {
  if (missingTestData() !== undefined) return [];
  return [...recordingsIn('cards', 'cards.fileids', 'cards.transcription'), ...recordingsIn('librivox', 'fileids', 'transcription')];
}

function recordingsIn(set: string, ids: string, transcripts: string): Recording[] {
  const lines = (name: string) =>
    readFileSync(join(TEST_DATA, set, name), 'utf8')
      .trim()
      .split('\n');
  const texts = lines(transcripts).map((line) => line.replace(/<\/?s>|\([^)]*\)\s*$/g, '').trim());
  return lines(ids).map((id, index) => ({ file: join(TEST_DATA, set, `${id.trim()}.wav`), text: texts[index] ?? '', language: 'en' }));
}
