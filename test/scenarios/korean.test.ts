import { afterAll, describe, expect, it } from 'vitest';
import type { Device } from '../../src/device/device.js';
import { languageOf } from '../../src/device/hearing/languageOf.js';
import type { DeviceProfile } from '../../src/profile/schema.js';
import type { Language } from '../../src/speech-to-text/contract.js';
import { answeringServer } from '../support/answeringServer.js';
import { audible, inSilence } from '../support/deviceInSilence.js';
import { recordEspeak } from '../support/recordedEspeak.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** Whole devices with real voices, asked in Korean and in English: which voice says what, in which words. */

const BOTH: readonly Language[] = ['en', 'ko'];
const ANSWER =
  '서울은 대한민국의 수도예요. 인구는 약 940만 명이고, 2026. 11. 23. 오후 3시 20분에 기온은 3.5°C예요. ' +
  'NASA는 미국 기관이에요. It is 3 km away from here. 사과 3개에 ₩10,000이에요.';

const espeak = recordEspeak(temporaryFolder());
const server = await answeringServer((messages) => {
  if (messages.at(-1)?.content.includes('고장') === true) return undefined;
  return messages[0]?.content.includes('탠덤') === true ? ANSWER : 'Flour and water.';
});
afterAll(() => {
  espeak.remove();
  server.close();
});

function speaking(languages: readonly Language[]): (profile: DeviceProfile) => DeviceProfile {
  return (profile) => {
    const { systemMessage, maxAnswerTokens, temperature, topP } = profile.languageModel;
    const languageModel: DeviceProfile['languageModel'] = {
      engine: 'openAiCompatible',
      url: server.url,
      model: 'any',
      contextTokens: 2048,
      maxAnswerTokens,
      temperature,
      topP,
      systemMessage,
      firstTextTimeoutMs: 60_000,
      idleTimeoutMs: 60_000,
    };
    const conversation = { ...profile.conversation, thinkingSoundAfterMs: 60_000, followUp: 'never' as const };
    return { ...profile, languages: [...languages], languageModel, conversation };
  };
}

async function ask(device: Device, text: string, languages: readonly Language[] = BOTH): Promise<void> {
  device.send({ type: 'ASK', question: { text, language: languageOf(text, languages) } });
  await device.idle();
}

describe('a device that speaks English and Korean', () => {
  it('answers each question in its own language, words and voice', async () => {
    const said: Record<string, ReturnType<typeof espeak.spoken>> = {};
    const { events } = await inSilence(speaking(BOTH), async (device) => {
      espeak.spoken();
      for (const question of [
        'what is twelve times twelve',
        '십이 곱하기 십이는',
        '서울은 어떤 곳이야?',
        '지금 몇 시야',
        'what is bread made of',
      ]) {
        await ask(device, question);
        said[question] = espeak.spoken();
      }
      await ask(device, '고장 났어?');
      said.fault = espeak.spoken();
      device.send({ type: 'SAY', text: '3시 20분이에요. 사과 3개, 10분, 3.5도.', language: 'ko' });
      await device.idle();
      said.announced = espeak.spoken();
    });
    expect(said['what is twelve times twelve']).toEqual([{ voice: 'en-us', text: "That's one hundred forty-four." }]);
    expect(said['십이 곱하기 십이는']).toEqual([{ voice: 'ko', text: '백사십사예요.' }]);
    expect(said['서울은 어떤 곳이야?']?.map(({ text }) => text)).toEqual([
      '서울은 대한민국의 수도예요.',
      '인구는 약 구백사십만 명이고, 이천이십육년 십일월 이십삼일 오후 세 시 이십 분에 기온은 섭씨 삼 점 오 도예요.',
      'NASA는 미국 기관이에요.',
      'It is three kilometers away from here.',
      '사과 세 개에 만 원이에요.',
    ]);
    expect(said['서울은 어떤 곳이야?']?.map(({ voice }) => voice)).toEqual(['ko', 'ko', 'ko', 'ko', 'ko']);
    expect(said['지금 몇 시야']?.[0]?.text).toMatch(
      /^지금은 오[전후] (?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|열한|열두) 시(?: [가-힣]+ 분이에요|예요)\.$/,
    );
    expect(said['what is bread made of']).toEqual([{ voice: 'en-us', text: 'Flour and water.' }]);
    expect(said.fault).toEqual([{ voice: 'ko', text: '대답해 주는 서버에 문제가 생겼어요. 다시 한번 물어봐 주세요.' }]);
    expect(said.announced).toEqual([{ voice: 'ko', text: '세 시 이십 분이에요. 사과 세 개, 십 분, 삼 점 오도.' }]);
    const prompts = server.asked.slice(0, 2).map(([system]) => system?.content ?? '');
    expect(prompts[0]).toMatch(/탠덤/);
    expect(prompts[1]).toMatch(/Tandem/);
    expect(events.flatMap((event) => (event.event === 'error' ? [event.code] : []))).toEqual(['server-failed']);
  }, 180_000);
});

describe('a device that speaks Korean only', () => {
  it('speaks Korean whatever it is asked, also of what went wrong', async () => {
    const gone = (profile: DeviceProfile): DeviceProfile => {
      const korean = speaking(['ko'])(profile);
      return { ...korean, languageModel: { ...korean.languageModel, url: 'http://127.0.0.1:9/v1' } as DeviceProfile['languageModel'] };
    };
    const { events, sound } = await inSilence(gone, async (device) => {
      await ask(device, '3분 타이머 맞춰 줘', ['ko']);
      await ask(device, '타이머 얼마나 남았어', ['ko']);
      await ask(device, '타이머 취소해 줘', ['ko']);
      await ask(device, 'Why is the sky blue?', ['ko']);
    });
    const spoken = espeak.spoken();
    expect(new Set(spoken.map(({ voice }) => voice))).toEqual(new Set(['ko']));
    expect(spoken.map(({ text }) => text)).toEqual([
      '삼 분 타이머를 맞췄어요.',
      expect.stringMatching(/^삼 분 타이머는 .*(?:분|초) 남았어요\.$/),
      '삼 분 타이머를 취소했어요.',
      '대답해 주는 서버에 연결할 수 없어요. 서버가 켜져 있는지 확인해 주세요.',
    ]);
    expect(events.flatMap((event) => (event.event === 'error' ? [event.code] : []))).toEqual(['server-unreachable']);
    expect(audible(sound)).toBeGreaterThan(5 * 16_000);
  }, 180_000);

  it('sounds different from one that says the same in English', async () => {
    const say = async (language: Language) =>
      await inSilence(speaking(BOTH), async (device) => {
        device.send({ type: 'SAY', text: '3 + 3 = 6', language });
        await device.idle();
      });
    const [korean, english] = [await say('ko'), await say('en')];
    expect(espeak.spoken()).toEqual([
      { voice: 'ko', text: '삼 더하기 삼은 육' },
      { voice: 'en-us', text: 'three plus three equals six' },
    ]);
    expect(audible(korean.sound)).toBeGreaterThan(4_000);
    expect(Buffer.compare(Buffer.from(korean.sound.buffer), Buffer.from(english.sound.buffer))).not.toBe(0);
  }, 180_000);
});
