import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/paths.js';
import { whisperServerOptions } from '../../src/speech-to-text/options.js';
import { WhisperServer } from '../../src/speech-to-text/whisperServer.js';
import { KeptLog } from '../support/keptLog.js';
import { playScenario } from '../support/playScenario.js';
import { type ScriptedAnswer, said, scriptedWhisper } from '../support/scriptedWhisper.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/**
 * Whole devices that hear with Whisper, English and Korean. The server in the place of whisper.cpp's writes what Whisper is known to write;
 * everything else is real, from the microphone to the loudspeaker.
 */

const folder = temporaryFolder();
const fixture = (name: string): string => join(projectRoot, 'test', 'fixtures', `${name}.wav`);

/** `languages`: the one that is spoken first. */
async function play(
  languages: readonly ['ko' | 'en', 'ko' | 'en'],
  answers: readonly ScriptedAnswer[],
  scenario: Readonly<Record<string, unknown>>,
) {
  const place = mkdtempSync(join(folder, 'server-'));
  const { program, model } = scriptedWhisper(place, answers);
  const speechToText = { engine: 'whisperServer', model };
  const context = {
    log: new KeptLog(),
    modelFile: (file: string) => Promise.resolve(file),
    secret: () => Promise.resolve(undefined),
    cacheFolder: '',
  };
  const settings = { languages, speechToText, conversation: { followUp: 'always' }, endpointing: { longerAfterMs: 4000 } };
  const played = await playScenario(
    { settings, ...scenario },
    { speechToText: () => WhisperServer.load(whisperServerOptions.parse(speechToText), context, program) },
  );
  const asked = readFileSync(join(place, 'requests.jsonl'), 'utf8').trim().split('\n').length;
  return { ...played, asked };
}

describe('what Whisper makes up out of noise', () => {
  it.each([
    ['시청해주셔서 감사합니다.', {}],
    ['Thank you for watching!', {}],
    ['Thank you.', { noSpeech: 0.8 }],
    ['감사합니다.', { confidence: 0.3 }],
  ])('"%s" is no question: nothing is said, and the follow-up window is not opened again', { timeout: 300_000 }, async (text, doubts) => {
    const { differences, asked } = await play(['ko', 'en'], [said(text, doubts)], {
      turns: [
        { ask: '십이 곱하기 십이는' },
        // A voice in the room, which is not for the device.
        { hear: fixture('uh-huh'), after: 'follow-up', wait: '500 ms' },
        { press: 'talk' },
        { hear: fixture('uh-huh'), after: 'listening' },
      ],
      expect: ['follow-up', 'transcribing', 'asleep', 'listening', 'transcribing', { 'turn-end': 'nothing-heard' }, 'asleep'],
      never: [
        'error',
        { what: 'follow-up', after: 'transcribing' },
        { what: 'speaking', after: 'follow-up' },
        { what: 'sound', after: 'transcribing', before: { press: 'talk' } },
      ],
      goesOn: '2 s',
    });
    expect(differences).toBe('');
    expect(asked).toBeGreaterThanOrEqual(2);
  });
});

describe('a pause in the middle of a sentence', () => {
  it.each([
    [['ko', 'en'], '지금 몇 시야 그리고', '지금 몇 시야 그리고 오늘 며칠이야'],
    [['en', 'ko'], 'what time is it and', 'what time is it and what is the date'],
  ] as const)('is waited for in %s, and what is said after it belongs to it', { timeout: 300_000 }, async (languages, half, whole) => {
    const { differences, asked } = await play(languages, [said(half), said(whole)], {
      turns: [{ hear: fixture('hesitation') }],
      expect: [
        'wake',
        'transcribing',
        'listening',
        'transcribing',
        { transcript: { text: { is: whole }, language: languages[0] } },
        'asleep',
      ],
      never: ['error', 'barge-in', { 'turn-end': 'interrupted' }],
    });
    expect(differences).toBe('');
    expect(asked).toBe(2);
  });
});
