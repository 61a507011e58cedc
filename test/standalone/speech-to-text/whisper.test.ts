import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readWav } from '../../../src/audio/wav/reader.js';
import { projectRoot } from '../../../src/paths.js';
import { isHallucination, withoutSoundNotes } from '../../../src/speech-to-text/hallucinations.js';
import { readAnswer } from '../../../src/speech-to-text/whisper/answer.js';
import { languagesOf } from '../../../src/speech-to-text/whisper/modelFile.js';
import { requestForm } from '../../../src/speech-to-text/whisper/requestForm.js';
import { audioContext, padded, requireLength, voiceIn } from '../../../src/speech-to-text/whisper/utterance.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { writeWhisperShape } from '../../support/whisperShape.js';

const SECOND = 16_000;
const folder = temporaryFolder();

function noise(seconds: number, level: number): Int16Array {
  let state = 7;
  return Int16Array.from({ length: seconds * SECOND }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state / 0x8000_0000) * level;
  });
}

describe('what Whisper makes up', () => {
  test.each([
    'Thanks for watching!',
    'Thank you for watching.',
    ' Please subscribe to my channel. ',
    'Subtitles by the Amara.org community',
    '시청해주셔서 감사합니다.',
    '시청해 주셔서 감사합니다!',
    '구독과 좋아요 부탁드립니다',
    'MBC 뉴스 이덕영입니다.',
    '지금까지 KBS 뉴스 김아무개였습니다.',
    '오늘도 시청해 주셔서 대단히 감사합니다.',
    '구독과 좋아요, 알림 설정까지 꼭 부탁드려요!',
    '그럼 저는 다음 영상에서 또 만나요~',
    '한글자막 by 아무개',
  ])('%s is dropped always', (text) => {
    expect(isHallucination(text, false)).toBe(true);
    expect(isHallucination(text.normalize('NFD'), false)).toBe(true);
  });

  test.each(['Thank you.', 'Bye!', 'you', '감사합니다.', '네'])('%s is dropped only where there is reason to doubt', (text) => {
    expect(isHallucination(text, true)).toBe(true);
    expect(isHallucination(text, false)).toBe(false);
  });

  test.each([
    'Thank you, what is the time?',
    'How do I subscribe to a channel?',
    '감사합니다를 영어로 뭐라고 해?',
    '구독 취소 좀 부탁해',
    'MBC 뉴스 몇 시에 해?',
    '자막은 어떻게 만들어?',
    '다음에 또 만나요',
    'Say thanks for watching in Korean.',
  ])('%s is kept: only a whole transcript is dropped', (text) => expect(isHallucination(text, true)).toBe(false));

  test.each([
    ['[BLANK_AUDIO]', ''],
    ['(음악) 지금 몇 시야?', '지금 몇 시야?'],
    [' What time\n is it? ♪♪', 'What time is it?'],
    ['*sighs* Never mind.', 'Never mind.'],
  ])('%j without sound notes is %j', (text, kept) => expect(withoutSoundNotes(text)).toBe(kept));
});

describe('how much of the encoder an utterance needs', () => {
  test('its length and a margin, in steps of 64', () => {
    expect(audioContext(2.3 * SECOND)).toBe(320);
    for (let samples = 0; audioContext(samples) > 0; samples += 1234) {
      const spare = audioContext(samples) - (samples / SECOND) * 50;
      expect(audioContext(samples) % 64).toBe(0);
      expect(spare).toBeGreaterThanOrEqual(192);
      expect(spare).toBeLessThan(192 + 65);
    }
  });

  test('all of it for a long one, which also gets timestamps to go on by', () => {
    expect(audioContext(26 * SECOND)).toBe(0);
    expect(requestForm(new Int16Array(40 * SECOND), 'ko', false).get('no_timestamps')).toBe('false');
    expect(requestForm(new Int16Array(2 * SECOND), 'ko', false).get('no_timestamps')).toBe('true');
  });

  test('a short one gets silence after it, since Whisper leaves out what is shorter than a second', () => {
    const word = new Int16Array(SECOND / 2).fill(100);
    const longer = padded(word);
    expect(longer.length).toBeGreaterThan(SECOND);
    expect(longer.subarray(0, word.length)).toEqual(word);
    expect(longer.subarray(word.length).every((sample) => sample === 0)).toBe(true);
  });

  test('more than five minutes are refused', () => {
    expect(() => requireLength(new Int16Array(300 * SECOND + 1))).toThrow(expect.objectContaining({ code: 'utterance-too-long' }));
  });
});

describe('whether there is a voice in it', () => {
  test.each([
    ['nothing', new Int16Array(0)],
    ['digital silence', new Int16Array(2 * SECOND)],
    ['a quiet room', noise(2, 40)],
    ['a fan', noise(3, 1500)],
    ['a hum', Int16Array.from({ length: 2 * SECOND }, (_, at) => 800 * Math.sin((at / SECOND) * 2 * Math.PI * 100))],
  ])('not in %s', (_, samples) => expect(voiceIn(samples).none).toBe(true));

  test.each(['no-wake-word', 'capital-spain-noise', 'time-noise', 'stop-breath', 'long-talk'])('in %s, softly and loudly', async (name) => {
    const samples = await readWav(join(projectRoot, 'test/fixtures', `${name}.wav`));
    expect(voiceIn(samples)).toEqual({ none: false, little: false });
    expect(voiceIn(samples.map((sample) => sample / 8))).toMatchObject({ none: false });
  });

  test('a tenth of a second of it is little', () => {
    const blip = new Int16Array(2 * SECOND);
    blip.set(noise(1, 8000).subarray(0, SECOND / 8), SECOND);
    expect(voiceIn(blip)).toEqual({ none: false, little: true });
  });
});

describe("whisper-server's answer", () => {
  test('segments are joined as they are; doubts are of the worst', () => {
    const segments = [
      { text: ' What is', avg_logprob: -0.1, no_speech_prob: 0.1 },
      { text: ' the time?', avg_logprob: -0.3, no_speech_prob: 0.6 },
    ];
    const answer = readAnswer(JSON.stringify({ segments, language_probabilities: { en: 0.9 }, more: [] }));
    expect(answer.text).toBe(' What is the time?');
    expect(answer.confidence).toBeCloseTo(Math.exp(-0.2));
    expect(answer.noSpeech).toBe(0.6);
    expect([answer.probability('en'), answer.probability('ko')]).toEqual([0.9, 0]);
  });

  test('no segments, or one without tokens', () => {
    expect(readAnswer('{"segments":[]}')).toMatchObject({ text: '', confidence: undefined, noSpeech: 0 });
    expect(readAnswer('{"segments":[{"text":"","avg_logprob":null}]}')).toMatchObject({ text: '', confidence: undefined });
  });

  test.each(['', 'null', '<html>', '{"text":"hello"}', '{"segments":[{"text":7}]}', '{"segments":{}}'])('%j is none', (body) => {
    expect(() => readAnswer(body)).toThrow(expect.objectContaining({ code: 'whisper-failed', stage: 'speech-to-text' }));
  });
});

describe('a model file', () => {
  test('tells its languages', async () => {
    expect(await languagesOf(writeWhisperShape(join(folder, 'en.bin'), 'tiny'))).toEqual(['en']);
    expect(await languagesOf(writeWhisperShape(join(folder, 'all.bin'), 'base', 'multilingual'))).toEqual(['en', 'ko']);
  });

  test.each(['', 'GGUF....', 'a text file'])('%j is none', async (content) => {
    const file = join(folder, 'wrong.bin');
    writeFileSync(file, content);
    await expect(languagesOf(file)).rejects.toMatchObject({ code: 'whisper-model-unusable', recoverable: false });
    await expect(languagesOf(join(folder, 'missing.bin'))).rejects.toMatchObject({ code: 'whisper-model-unusable' });
  });
});
