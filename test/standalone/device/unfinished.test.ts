import { expect, it } from 'vitest';
import { soundsUnfinished, withoutOpenWord } from '../../../src/device/hearing/unfinished.js';
import type { Language } from '../../../src/speech-to-text/contract.js';

it.each<[string, Language, boolean]>([
  ['add milk and', 'en', true],
  ['add milk and,', 'en', true],
  ['what is the', 'en', true],
  ['what is it made of', 'en', false],
  ['where is it', 'en', false],
  ['play the band', 'en', false],
  ['우유 그리고', 'ko', true],
  ['우유하고', 'ko', true],
  ['지금 몇 시야', 'ko', false],
  ['내가 지금 요리하는데', 'ko', true],
  ['서울에 가려면', 'ko', true],
  ['음', 'ko', true],
  ['비가 오니까', 'ko', true],
  ['그건 언제부터', 'ko', false],
  ['어디에서', 'ko', false],
  ['라면', 'ko', false],
  ['사과', 'ko', false],
  ['내일 아침에 일어나서', 'ko', true],
  ['불을 끄고', 'ko', true],
  ['커피를 마시고', 'ko', true],
  ['오늘 날씨가 추운데', 'ko', true],
  ['타이머를', 'ko', true],
  ['엄마한테', 'ko', true],
  ['내일 비가 오면', 'ko', true],
  ['밥을 먹으면서', 'ko', true],
  ['있잖아', 'ko', true],
  ['내일 아침 일곱 시에 깨워 줘', 'ko', false],
  ['이게 뭐야', 'ko', false],
  ['뭐 하는데', 'ko', false],
  ['뭐라고', 'ko', false],
  ['내일 비 온다고', 'ko', false],
  ['제일 좋은 냉장고', 'ko', false],
  ['경찰서', 'ko', false],
  ['한국의 수도는', 'ko', false],
  ['오만 원에서 이십 퍼센트 할인하면', 'ko', false],
  ['됐고', 'ko', false],
  ['조용히 해 이제', 'ko', false],
  ['그럼 그건 뭐야 그럼', 'ko', false],
])('"%s" (%s) sounds unfinished: %s', (text, language, unfinished) => {
  expect(soundsUnfinished(text, language)).toBe(unfinished);
});

it.each<[string, Language, string]>([
  ['what time is it and', 'en', 'what time is it'],
  ['what time is it, um…', 'en', 'what time is it,'],
  ['what time is it', 'en', 'what time is it'],
  ['지금 몇 시야 그리고', 'ko', '지금 몇 시야'],
  ['서울에서', 'ko', '서울에서'],
])('"%s" (%s) asks "%s"', (text, language, asked) => {
  expect(withoutOpenWord(text, language)).toBe(asked);
});
